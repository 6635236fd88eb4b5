/** One answer: what was signed, what happened since, and what the officer says of it. */
import { Form, Link } from '@remix-run/react'
import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import type { z } from 'zod'
import { reattestWords } from '#app/report/language/reattestation/words.ts'
import { RESULTS } from '#app/report/statement-reattestation.ts'
import { resultInput } from '#app/services/reattestation-input.ts'
import type { OfficerSheet } from '#app/services/reattestation-visit.server.ts'
import type { DoorReply } from '../attestation/door.tsx'
import { SignerLayout } from '../attestation/signer-layout.tsx'
import { Button } from '../button.tsx'
import { ChoiceCards } from '../choice-field.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { Notice } from '../notice.tsx'
import { Said } from '../report/report-language.tsx'
import { useCheckedForm } from '../use-checked-form.ts'
import { MarkBadges } from './mark-badge.tsx'
import { BrokerFields, EndedFields, ExceptionFields } from './result-fields.tsx'

interface OfficerStepProps {
  sheet: OfficerSheet
  answer: OfficerSheet['steps'][number]
  /** From 1 among those that are gone through; 0 for one out of the list. */
  step: number
  reply: DoorReply | undefined
}

const FIELDS = [
  'result',
  'exceptions',
  'since',
  'cause',
  'plan',
  'planOwner',
  'planDue',
  'broker',
  'brokerOn',
] as const

export function OfficerStep({ sheet, answer, step, reply }: OfficerStepProps) {
  const { language, today } = sheet
  const words = reattestWords(language)
  const { say, date } = words
  const { field, summary, isSending, onSubmit } = useCheckedForm<Record<string, string>>(
    // What each result asks for differs; as a form they are all texts.
    resultInput(language, today) as unknown as z.ZodType<unknown, Record<string, string>>,
    FIELDS,
    reply?.fieldErrors,
  )
  const [result, setResult] = useState<string>(answer.given?.result ?? '')
  const [broker, setBroker] = useState<string>(answer.given?.broker ?? '')
  const choice = field('result')
  return (
    <SignerLayout
      language={language}
      kicker={
        step > 0
          ? say('step.kicker', { index: step, count: sheet.steps.length, section: answer.section })
          : answer.section
      }
      title={
        <>
          {answer.item}: <Said>{answer.prompt}</Said>
        </>
      }
    >
      {reply?.refusal ? (
        <div className="mb-5">
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        </div>
      ) : null}
      <p className="text-caption text-ink-soft">{say('step.stated', { day: date(sheet.signedOn) })}</p>
      <p className="mt-0.5 break-words border-accent border-s-4 ps-3 font-semibold text-section">
        <Said>{answer.shown}</Said>
      </p>
      <h2 className="mt-6 mb-2 font-semibold text-section">{say('step.what')}</h2>
      <MarkBadges marks={answer.marks} wordOf={(mark) => say(`mark.${mark}`)} />
      <ul className="mt-2 list-disc ps-5">
        {answer.since ? <li>{say('step.since', { day: date(answer.since) })}</li> : null}
        {answer.why.map((sentence) => (
          <li key={sentence} className="break-words">
            <Said>{sentence}</Said>
          </li>
        ))}
        {answer.why.length === 0 ? <li>{say('step.nothing')}</li> : null}
        {answer.isExcepted ? <li>{say('step.excepted')}</li> : null}
        {answer.earlier ? <li>{say('step.earlier', { result: say(`result.${answer.earlier}`) })}</li> : null}
      </ul>
      <Form method="post" noValidate onSubmit={onSubmit} className="mt-8 flex flex-col gap-5">
        <FormErrorSummary key={summary.key} title={say('step.problems')} problems={summary.problems} />
        <input type="hidden" name="intent" value="give-result" />
        <input type="hidden" {...field('questionId')} value={answer.questionId} />
        <input type="hidden" {...field('step')} value={step} />
        <ChoiceCards
          {...choice}
          label={say('step.question')}
          defaultValue={answer.given?.result}
          options={RESULTS.map((value) => ({
            value,
            label: say(`result.${value}`),
            disabled: value === 'still-true' && answer.mustNotStand,
          }))}
          onChange={(event) => {
            setResult(event.target.value)
            return choice.onChange(event)
          }}
        />
        {answer.mustNotStand ? (
          <p className="text-caption text-ink-soft">
            {say('step.contradicted', { organisation: sheet.organisationName })}
          </p>
        ) : null}
        {result === 'with-exceptions' ? <ExceptionFields {...{ field, words, answer }} /> : null}
        {result === 'no-longer-true' ? <EndedFields {...{ field, words, answer, today }} /> : null}
        {result === 'with-exceptions' || result === 'no-longer-true' ? (
          <BrokerFields {...{ field, words, answer, today, broker, onBroker: setBroker }} />
        ) : null}
        <Button
          type="submit"
          variant="primary"
          className="self-start"
          loading={isSending}
          loadingLabel={say('step.saving')}
        >
          {say('step.save')}
        </Button>
      </Form>
      <p className="mt-6">
        <Link
          to={step > 0 ? '?' : '?step=list'}
          className="inline-flex items-center gap-1 text-caption text-ink-soft hover:text-accent"
        >
          <ChevronLeft aria-hidden size={15} /> {say(step > 0 ? 'step.back' : 'list.title')}
        </Link>
      </p>
    </SignerLayout>
  )
}
