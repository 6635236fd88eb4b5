/** What came out of the client's room: each beside the answer on file, to be accepted or returned. */
import { Form, Link, useNavigation } from '@remix-run/react'
import { Check, Undo2 } from 'lucide-react'
import type { WaitingAnswer } from '#app/services/assignment-page.server.ts'
import { Button } from '../button.tsx'
import { Disclosure } from '../disclosure.tsx'
import { PageSection } from '../page-header.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { TextAreaField } from '../text-field.tsx'
import { Time } from '../time.tsx'
import { assignmentLook, TRAIL_WORDS } from './assignment-words.ts'

interface WaitingAnswersProps {
  applicationId: string
  waiting: readonly WaitingAnswer[]
  /** Of the last try. */
  wrong: { assignmentId: string; fieldErrors: Record<string, string> } | undefined
}

export function WaitingAnswers({ applicationId, waiting, wrong }: WaitingAnswersProps) {
  return (
    <PageSection
      title="To be checked"
      lead="What people at the client gave. None of it counts, for readiness or for the report, before you accept it."
    >
      <ul className="border-rule border-t">
        {waiting.map((answer) => (
          <li
            key={answer.assignmentId}
            id={`check-${answer.questionId}`}
            className="scroll-mt-6 border-hairline border-b py-5"
          >
            <Waiting
              answer={answer}
              applicationId={applicationId}
              errors={wrong?.assignmentId === answer.assignmentId ? wrong.fieldErrors : {}}
            />
          </li>
        ))}
      </ul>
    </PageSection>
  )
}

function Waiting({
  answer,
  applicationId,
  errors,
}: {
  answer: WaitingAnswer
  applicationId: string
  errors: Record<string, string>
}) {
  const { item, prompt, recipientName, answeredAt, proposed, explanation, reason, onFile, trail } = answer
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="min-w-0 max-w-measure font-semibold">
          <Link
            to={`/applications/${applicationId}/sections/${answer.sectionId}#${answer.questionId}`}
            className="hover:text-accent hover:underline"
          >
            {item}: {prompt}
          </Link>
        </h3>
        <StatusBadge {...assignmentLook(answer)} />
      </div>
      <dl className="mt-3 grid gap-x-6 gap-y-3 sm:grid-cols-2">
        <div className="min-w-0 border-hairline border-t pt-2">
          <dt className="text-caption text-ink-soft">
            {recipientName} ({answer.recipientEmail})
            {answeredAt ? (
              <>
                , <Time at={answeredAt} show="moment" />
              </>
            ) : null}
          </dt>
          <dd className="wrap-anywhere mt-1 whitespace-pre-line font-semibold">
            {proposed ?? `Not mine: ${reason ?? ''}`}
          </dd>
          {explanation ? (
            <dd className="wrap-anywhere mt-1 whitespace-pre-line text-ink-soft">{explanation}</dd>
          ) : null}
        </div>
        <div className="min-w-0 border-hairline border-t pt-2">
          <dt className="text-caption text-ink-soft">On file now</dt>
          <dd className="wrap-anywhere mt-1 whitespace-pre-line">
            {onFile ?? <span className="text-ink-soft">No answer yet</span>}
          </dd>
        </div>
      </dl>
      <div className="mt-4 flex flex-wrap items-start gap-3">
        {proposed ? <Accept answer={answer} /> : null}
        <Disclosure
          title={proposed ? 'Return it' : 'Ask them once more'}
          isOpen={errors.reason !== undefined}
        >
          <Form method="post" noValidate className="flex max-w-measure flex-col gap-3">
            <Named intent="return" answer={answer} />
            <TextAreaField
              id={`return-${answer.assignmentId}`}
              name="reason"
              label="What is missing"
              hint={`${recipientName} reads it in their room.`}
              rows={2}
              maxLength={1000}
              error={errors.reason}
            />
            <Button
              type="submit"
              icon={Undo2}
              className="self-start"
              loading={useIsSending(answer, 'return')}
            >
              Return to {recipientName}
            </Button>
          </Form>
        </Disclosure>
        <Disclosure title="What happened so far">
          <ol className="text-caption">
            {trail.map((entry) => (
              <li key={`${String(entry.at)} ${entry.kind}`} className="wrap-anywhere mt-1">
                <Time at={entry.at} show="moment" /> {entry.authorName} {TRAIL_WORDS[entry.kind]}
                {entry.text ? `: “${entry.text}”` : ''}
              </li>
            ))}
          </ol>
        </Disclosure>
      </div>
    </>
  )
}

function useIsSending({ assignmentId }: WaitingAnswer, intent: string): boolean {
  const { state, formData } = useNavigation()
  return (
    state !== 'idle' && formData?.get('intent') === intent && formData.get('assignmentId') === assignmentId
  )
}

function Accept({ answer }: { answer: WaitingAnswer }) {
  const isSending = useIsSending(answer, 'accept')
  return (
    <Form method="post">
      <Named intent="accept" answer={answer} />
      <input type="hidden" name="answerVersion" value={answer.answerVersion} />
      <Button type="submit" variant="primary" icon={Check} loading={isSending} loadingLabel="Accepting">
        {answer.onFile ? 'Accept in place of it' : 'Accept'}
        <span className="sr-only"> the answer to item {answer.item}</span>
      </Button>
    </Form>
  )
}

function Named({ intent, answer }: { intent: string; answer: WaitingAnswer }) {
  return (
    <>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="assignmentId" value={answer.assignmentId} />
      <input type="hidden" name="seenVersion" value={answer.version} />
    </>
  )
}
