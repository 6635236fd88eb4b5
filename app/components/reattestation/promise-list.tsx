/** What an officer promised of each answer, and the acts that say that it was kept. */
import { Form } from '@remix-run/react'
import { CircleCheck, CircleDot, OctagonX, Undo2 } from 'lucide-react'
import type { OnePromise } from '#app/services/promise-standing.ts'
import type { PromisedAnswerRow } from '#app/services/promises.server.ts'
import { Button } from '../button.tsx'
import { Disclosure } from '../disclosure.tsx'
import { TextLink } from '../link.tsx'
import { StatusBadge, type StatusLook } from '../status-badge.tsx'
import { DateField, TextField } from '../text-field.tsx'
import { Time } from '../time.tsx'

interface Wrong {
  fieldErrors: Record<string, string>
  /** Kind and question that the errors are about. */
  of: string
}

interface PromiseListProps {
  answers: readonly PromisedAnswerRow[]
  /** YYYY-MM-DD. */
  today: string
  wrong?: Wrong | undefined
  /** Where several re-attestations stand in one list. */
  withNumber?: boolean
}

const SAID = {
  'still-true': 'still true',
  'with-exceptions': 'true with exceptions',
  'no-longer-true': 'no longer true',
} as const

const WORDS = {
  plan: { open: 'Plan', act: 'Plan done', on: 'Done on', done: 'Done' },
  broker: { open: 'Broker', act: 'Broker told', on: 'Told on', done: 'Told' },
} as const

export function PromiseList({ answers, today, wrong, withNumber = false }: PromiseListProps) {
  if (answers.length === 0)
    return (
      <p className="text-ink-soft">
        Nothing is promised. Where an officer says that an answer is no longer true, or only with exceptions,
        the plan and the duty to tell the broker stand here once it is signed.
      </p>
    )
  return (
    <ol className="border-rule border-t">
      {answers.map((answer) => (
        <li key={`${answer.reattestationId} ${answer.questionId}`} className="border-hairline border-b py-4">
          <h3 className="wrap-anywhere font-medium">
            {answer.item}: {answer.prompt}
          </h3>
          <p className="wrap-anywhere text-ink-soft">
            {withNumber ? (
              <>
                <TextLink to={`/reattestations/${answer.reattestationId}`}>
                  Re-attestation {answer.number}
                </TextLink>
                {': '}
              </>
            ) : null}
            {answer.since ? (
              <>
                no longer true since <Time at={answer.since} />
              </>
            ) : (
              'true with exceptions'
            )}
            . {answer.cause ?? answer.exceptions}
          </p>
          <ul className="mt-2 flex flex-col gap-3">
            {answer.promises.map((one) => (
              <li key={one.key} className="grid gap-x-6 gap-y-1 sm:grid-cols-[8rem_1fr]">
                <OneOf {...{ answer, one, today, wrong }} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

function lookOf({ promise, kept, saidAgain, dueOn }: OnePromise, today: string): StatusLook {
  if (kept) return { word: WORDS[promise].done, icon: CircleCheck, tone: 'ok' }
  if (saidAgain) return { word: 'Said again', icon: Undo2, tone: 'neutral' }
  return dueOn < today
    ? { word: 'Overdue', icon: OctagonX, tone: 'bad' }
    : { word: 'Open', icon: CircleDot, tone: 'warn' }
}

interface OneProps {
  answer: PromisedAnswerRow
  one: OnePromise
  today: string
  wrong: Wrong | undefined
}

function OneOf({ answer, one, today, wrong }: OneProps) {
  const { promise, dueOn, owner, kept, saidAgain, isOpen } = one
  return (
    <>
      <div>
        <StatusBadge {...lookOf(one, today)} />
        <p className="text-caption text-ink-soft">
          until <Time at={dueOn} />
        </p>
      </div>
      <div className="min-w-0">
        <p className="wrap-anywhere">
          {promise === 'plan' ? `${WORDS.plan.open}: ${answer.plan} (${owner})` : 'The broker is to be told.'}
        </p>
        {kept ? (
          <p className="wrap-anywhere text-caption text-ink-soft">
            {WORDS[promise].on} <Time at={kept.keptOn} />, recorded by {kept.recordedByName}. {kept.note}
          </p>
        ) : null}
        {saidAgain ? (
          <p className="text-caption text-ink-soft">
            Re-attestation {saidAgain.number} says of it: {SAID[saidAgain.result]}.
          </p>
        ) : null}
        {isOpen ? <KeepForm {...{ answer, one, today, wrong }} /> : null}
        {kept ? (
          <Form
            method="post"
            action={`/reattestations/${answer.reattestationId}/promises`}
            className="no-print mt-1"
          >
            <Hidden intent="reopen-promise" answer={answer} one={one} />
            <Button
              type="submit"
              size="small"
              variant="quiet"
              aria-label={`Open again: ${WORDS[promise].act}, ${answer.item}`}
            >
              Open again
            </Button>
          </Form>
        ) : null}
      </div>
    </>
  )
}

function KeepForm({ answer, one, today, wrong }: OneProps) {
  const { promise } = one
  const id = `${answer.reattestationId}-${promise}-${answer.questionId}`
  const errors = wrong?.of === `${promise}:${answer.questionId}` ? wrong.fieldErrors : undefined
  return (
    <div className="no-print mt-1">
      <Disclosure title={WORDS[promise].act} isOpen={errors !== undefined}>
        <Form
          method="post"
          noValidate
          action={`/reattestations/${answer.reattestationId}/promises`}
          className="flex max-w-measure flex-col items-start gap-4"
        >
          <Hidden intent="keep-promise" answer={answer} one={one} />
          <DateField
            name="keptOn"
            id={`${id}-on`}
            label={WORDS[promise].on}
            max={today}
            defaultValue={today}
            error={errors?.keptOn}
          />
          <TextField
            name="note"
            id={`${id}-note`}
            label={promise === 'plan' ? 'What was done' : 'Whom and how'}
            optional
            className="w-full"
            autoComplete="off"
            error={errors?.note}
          />
          <Button type="submit" size="small" aria-label={`Record: ${WORDS[promise].act}, ${answer.item}`}>
            Record
          </Button>
        </Form>
      </Disclosure>
    </div>
  )
}

function Hidden({ intent, answer, one }: { intent: string; answer: PromisedAnswerRow; one: OnePromise }) {
  return (
    <>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="questionId" value={answer.questionId} />
      <input type="hidden" name="promise" value={one.promise} />
    </>
  )
}
