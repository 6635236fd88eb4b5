/** One question: prompt, what counts, the answer's controls, whether it is saved and what the evidence says. */
import { zodResolver } from '@hookform/resolvers/zod'
import { CircleHelp } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { type Resolver, useForm } from 'react-hook-form'
import type { AnswerReadiness } from '#app/readiness/status.ts'
import { type Answer, answerSchemaFor, needsExplanation } from '#questionnaires/answers.ts'
import type { Question } from '#questionnaires/definition.ts'
import { ReasonList } from '../reason-list.tsx'
import { SaveState } from '../save-state.tsx'
import { AnswerStatusBadge } from '../status-badge.tsx'
import { DateField, TextAreaField, TextField } from '../text-field.tsx'
import { type AnswerDraft, AnswerFields, type AnswerForm } from './answer-fields.tsx'
import { ConflictNotice } from './conflict-notice.tsx'
import { useAnswerSaving } from './use-answer-saving.ts'

export interface HeldAnswer {
  answer: Answer | null
  version: number
  answeredAt: string | null
}

interface QuestionCardProps {
  question: Question
  saveUrl: string
  held: HeldAnswer
  readiness: AnswerReadiness | null
  /** Where evidence for this question is added. */
  evidenceHref: string
  /** Suggested when somebody does not know. */
  gapDefaults: { owner: string; dueOn: string }
  now: Date
  isFrozen: boolean
  onSaved: (questionId: string, answer: Answer | null, version: number) => void
}

const TYPING_PAUSE_MS = 700

export function QuestionCard(props: QuestionCardProps) {
  const { question, held, readiness, isFrozen, gapDefaults, now } = props
  const { onSaved: tellSaved } = props
  const onSaved = useCallback(
    (answer: Answer | null, version: number) => tellSaved(question.id, answer, version),
    [tellSaved, question.id],
  )
  const saving = useAnswerSaving({
    url: props.saveUrl,
    version: held.version,
    savedAt: held.answer ? held.answeredAt : null,
    onSaved,
  })
  const schema = useMemo(() => answerSchemaFor(question, now), [question, now])
  const form: AnswerForm = useForm<AnswerDraft, unknown, Answer>({
    defaultValues: draftOf(question, held.answer, gapDefaults),
    // The draft is looser than the answer: the schema decides what of it is one.
    resolver: zodResolver(schema as never) as unknown as Resolver<AnswerDraft, unknown, Answer>,
    mode: 'onBlur',
    reValidateMode: 'onChange',
  })
  useAutosave(form, saving.save, saving.markUnsaved)

  const [state, value] = form.watch(['state', 'value'])
  const fieldId = `q-${question.id}`
  const isUnknown = state === 'dont-know'
  const wantsExplanation =
    !isUnknown && needsExplanation(question, (value ?? { kind: question.kind }) as never)
  const hasExplanation = Boolean(form.getValues('explanation'))

  const takeTheirs = (answer: Answer | null) => form.reset(draftOf(question, answer, gapDefaults))

  return (
    <section
      id={question.id}
      aria-labelledby={`${fieldId}-prompt`}
      className="scroll-mt-20 border-hairline border-t py-7"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="text-caption text-ink-faint">
          Item {question.reference.item}
          {question.required ? '' : ' (optional)'}
        </p>
        {readiness && readiness.status !== 'not-claimed' ? (
          <AnswerStatusBadge
            status={readiness.status}
            detail={readiness.weakened ? '(weakened)' : undefined}
          />
        ) : null}
      </div>
      <h3 id={`${fieldId}-prompt`} className="mt-1 max-w-measure font-semibold text-lead">
        {question.prompt}
      </h3>
      {question.scope ? (
        <p className="mt-1 max-w-measure text-caption text-ink-soft">Covers: {question.scope}</p>
      ) : null}
      {question.help ? (
        <details className="mt-2 max-w-measure text-caption">
          <summary className="inline-flex cursor-pointer items-center gap-1.5 py-1 text-accent">
            <CircleHelp aria-hidden size={14} />
            What counts, and what does not
          </summary>
          <p className="mt-1 text-ink-soft">{question.help}</p>
        </details>
      ) : null}

      <form className="mt-4 flex flex-col gap-4" onSubmit={(event) => event.preventDefault()} noValidate>
        {isUnknown ? null : <AnswerFields {...{ question, form, fieldId }} disabled={isFrozen} />}
        <label className="inline-flex min-h-8 items-center gap-2.5 self-start text-ink-soft">
          <input
            type="checkbox"
            className="size-4"
            disabled={isFrozen}
            checked={isUnknown}
            onChange={(event) =>
              form.setValue('state', event.target.checked ? 'dont-know' : 'answered', { shouldDirty: true })
            }
          />
          I don’t know
        </label>
        {isUnknown ? <GapFields form={form} fieldId={fieldId} disabled={isFrozen} /> : null}
        {wantsExplanation || hasExplanation ? (
          <TextAreaField
            {...form.register('explanation')}
            id={`${fieldId}-explanation`}
            label="Explanation"
            hint={
              wantsExplanation
                ? 'What is not covered, why, and what is planned. The answer is saved together with it.'
                : undefined
            }
            optional={!wantsExplanation}
            rows={3}
            maxLength={4000}
            disabled={isFrozen}
            error={form.formState.errors.explanation?.message}
            className="max-w-measure"
          />
        ) : null}
      </form>

      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-4">
        <SaveState
          status={saving.status}
          onRetry={saving.retry}
          onReview={() => document.getElementById(`${fieldId}-conflict`)?.focus()}
        />
        {question.control && !isFrozen ? (
          <a href={props.evidenceHref} className="text-link py-1 text-caption">
            Add evidence<span className="sr-only"> for item {question.reference.item}</span>
          </a>
        ) : null}
      </div>
      {saving.conflict ? (
        <ConflictNotice
          id={`${fieldId}-conflict`}
          question={question}
          mine={saving.conflict.mine}
          theirs={saving.conflict.theirs}
          onResolve={(choice) => {
            if (choice === 'theirs') takeTheirs(saving.conflict?.theirs.answer ?? null)
            saving.resolve(choice)
          }}
        />
      ) : null}
      {readiness && readiness.reasons.length > 0 && readiness.status !== 'not-claimed' ? (
        <details className="mt-3" open={readiness.status === 'contradicted'}>
          <summary className="cursor-pointer py-1 text-caption text-ink-soft">What the evidence says</summary>
          <ReasonList reasons={readiness.reasons} />
        </details>
      ) : null}
    </section>
  )
}

function GapFields({ form, fieldId, disabled }: { form: AnswerForm; fieldId: string; disabled: boolean }) {
  const errors = form.formState.errors.gap
  return (
    <fieldset className="max-w-measure border-info border-s-2 ps-4">
      <legend className="sr-only">Who will find out, and by when</legend>
      <p className="mb-3 text-caption text-ink-soft">
        This opens a gap. It never counts as met, and the report says who will close it and when.
      </p>
      <div className="flex flex-wrap gap-4">
        <TextField
          {...form.register('gap.owner')}
          id={`${fieldId}-owner`}
          label="Who will find out"
          disabled={disabled}
          autoComplete="off"
          error={errors?.owner?.message}
        />
        <DateField
          {...form.register('gap.dueOn')}
          id={`${fieldId}-due`}
          label="By when"
          disabled={disabled}
          error={errors?.dueOn?.message}
        />
      </div>
    </fieldset>
  )
}

/** Saves after each choice, and a moment after the last keystroke; whatever is not yet an answer waits. */
function useAutosave(form: AnswerForm, save: (answer: Answer | null) => void, markUnsaved: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => {
    const submit = form.handleSubmit((answer) => save(answer))
    const subscription = form.watch((_draft, { name, type }) => {
      if (!name) return
      markUnsaved()
      clearTimeout(timer.current)
      const isChoice = type !== 'change' || name === 'value.choice' || name === 'value.choices'
      timer.current = setTimeout(() => void submit(), isChoice ? 0 : TYPING_PAUSE_MS)
    })
    return () => {
      subscription.unsubscribe()
      clearTimeout(timer.current)
    }
  }, [form, save, markUnsaved])
}

function draftOf(question: Question, answer: Answer | null, gapDefaults: AnswerDraft['gap']): AnswerDraft {
  const empty: AnswerDraft['value'] = {
    kind: question.kind,
    ...(question.kind === 'currency' ? { currency: question.currency } : {}),
    ...(question.kind === 'multiple-choice' ? { choices: [] } : {}),
    ...(question.kind === 'yes-no' || question.kind === 'single-choice' || question.kind === 'band'
      ? { choice: '' }
      : {}),
  }
  return {
    state: answer?.state ?? 'answered',
    value: answer?.state === 'answered' ? { ...empty, ...answer.value } : empty,
    gap: answer?.state === 'dont-know' ? answer.gap : gapDefaults,
    explanation: answer?.explanation ?? '',
  }
}
