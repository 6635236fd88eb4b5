/** The part of a question that is typed into: a proposal to confirm, the answer's controls, and whether it is saved. */
import { Eraser } from 'lucide-react'
import { type FocusEvent, useEffect, useRef, useState } from 'react'
import { type Answer, needsExplanation } from '#questionnaires/answers.ts'
import type { Question } from '#questionnaires/definition.ts'
import type { Proposal } from '#questionnaires/proposal.ts'
import { Button } from '../button.tsx'
import { SaveState } from '../save-state.tsx'
import { TextAreaField } from '../text-field.tsx'
import { chosenSoFar, draftOf, isBlank, readDraft } from './answer-draft.ts'
import { AnswerFields } from './answer-fields.tsx'
import { ConflictNotice } from './conflict-notice.tsx'
import type { EvidenceChoice } from './evidence-picker.tsx'
import { GapFields } from './gap-fields.tsx'
import { type ProposalLack, ProposalPanel } from './proposal-panel.tsx'
import { watchUnfinishedAnswer } from './unsaved-work.ts'
import { useAnswerForm } from './use-answer-form.ts'
import { type HeldAnswer, useAnswerSaving } from './use-answer-saving.ts'
import { useAutosave } from './use-autosave.ts'

export interface AnswerEditorProps {
  question: Question
  /** null: a preview, in which nothing is sent. */
  saveUrl: string | null
  held: HeldAnswer
  proposal?: Proposal | null
  /** Where evidence for this question is added; null in a preview. */
  evidenceHref: string | null
  /** Where somebody else is asked for it. */
  askHref?: string
  evidenceChoices?: readonly EvidenceChoice[]
  /** Suggested when somebody does not know. */
  gapDefaults: { owner: string; dueOn: string }
  now: Date
  isFrozen: boolean
  /** What it means not to know, where whoever answers does not keep the form. */
  unknownMeans?: string
  onSaved: (questionId: string, answer: Answer | null, version: number) => void
}

const NO_EVIDENCE: readonly EvidenceChoice[] = []
/** A click on a label takes the focus away for a moment before the label's control has it. */
const LEAVING_MS = 200

export function AnswerEditor(props: AnswerEditorProps) {
  const { question, held, proposal, isFrozen, gapDefaults, now, evidenceHref, askHref } = props
  // No id of a question holds an underscore, so that no two fields of a page share an id.
  const fieldId = `${question.id}_answer`
  const [hasAnswer, setHasAnswer] = useState(held.answer !== null)
  const [lacks, setLacks] = useState<ProposalLack | null>(null)
  const [announced, setAnnounced] = useState('')
  const focusAfter = useFocusAfter()
  const { form, show, showing } = useAnswerForm({ question, answer: held.answer, gapDefaults, now })
  const saving = useAnswerSaving({
    url: props.saveUrl,
    held,
    onSaved: (answer, version) => {
      setHasAnswer(answer !== null)
      setLacks(null)
      // What is right and saved is not shown as wrong until the focus moves on.
      if (readDraft(question, form.getValues(), now) !== null) form.clearErrors()
      props.onSaved(question.id, answer, version)
    },
    onReplaced: (answer) => {
      setHasAnswer(answer !== null)
      setAnnounced('')
      show(answer)
    },
  })
  const saveNow = useAutosave({
    question,
    form,
    now,
    save: saving.save,
    markUnsaved: () => {
      // "The answer is cleared" no longer holds, and has to be heard anew the next time.
      setAnnounced('')
      saving.markUnsaved()
    },
  })

  const isUnfinished = useRef<() => boolean>(() => false)
  isUnfinished.current = () => {
    const typed = form.getValues()
    return saving.isUnsaved() && !isBlank(question, typed) && readDraft(question, typed, now) === null
  }
  useEffect(() => watchUnfinishedAnswer(() => isUnfinished.current()), [])

  const draft = form.watch()
  const { state, value } = draft
  const isUnknown = state === 'dont-know'
  const wantsExplanation = !isUnknown && needsExplanation(question, chosenSoFar(question, value))
  const canClear = !isFrozen && (hasAnswer || !isBlank(question, draft))

  const clear = () => {
    show(null)
    setLacks(null)
    saving.save(null)
    setAnnounced('The answer is cleared.')
    focusAfter(fieldId)
  }
  const confirm = (proposed: Answer) => {
    show(proposed)
    const answer = readDraft(question, draftOf(question, proposed, gapDefaults), now)
    if (answer) {
      setAnnounced('Confirmed.')
      saving.save(answer)
      focusAfter(fieldId)
      return
    }
    const explains = proposed.state === 'answered' && needsExplanation(question, proposed.value)
    const lack = explains && !proposed.explanation ? 'explanation' : 'part'
    setLacks(lack)
    setAnnounced(
      `Not confirmed yet: ${lack === 'part' ? 'a part of the answer' : 'its explanation'} is missing.`,
    )
    saving.markUnsaved()
    if (lack === 'part') void form.trigger()
    focusAfter(lack === 'part' ? fieldId : `${fieldId}-explanation`)
  }
  const leave = (event: FocusEvent<HTMLDivElement>) => {
    const element = event.currentTarget
    setTimeout(() => {
      if (saving.isUnsaved() && !element.contains(document.activeElement)) saveNow()
    }, LEAVING_MS)
  }

  return (
    <>
      {proposal && !hasAnswer && !isFrozen ? (
        <ProposalPanel
          id={`${fieldId}-proposal`}
          question={question}
          proposal={proposal}
          lacks={lacks}
          onConfirm={confirm}
          onDiffer={() => focusField(fieldId)}
        />
      ) : null}
      <p role="status" className="sr-only">
        {announced}
      </p>
      {/*
        No form element, which nothing here needs: the browser's autofill reads every form anew whenever a field
        appears, and lays out for it what is far from the screen. In a long section that takes longer than all else.
      */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only notices that the focus has left the question. */}
      <div className="mt-4 flex flex-col gap-4" onBlur={leave}>
        {isUnknown ? null : (
          <AnswerFields
            key={showing}
            {...{ question, form, fieldId, evidenceHref }}
            evidenceChoices={props.evidenceChoices ?? NO_EVIDENCE}
            disabled={isFrozen}
          />
        )}
        <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
          <label className="inline-flex min-h-8 items-center gap-2.5 text-ink-soft">
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
          {canClear ? (
            <Button variant="quiet" size="small" icon={Eraser} onClick={clear}>
              Clear answer<span className="sr-only"> to item {question.reference.item}</span>
            </Button>
          ) : null}
        </div>
        {isUnknown ? (
          <GapFields form={form} fieldId={fieldId} disabled={isFrozen} meaning={props.unknownMeans} />
        ) : null}
        {wantsExplanation || draft.explanation ? (
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
      </div>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-4">
        <SaveState
          status={saving.status}
          onRetry={saving.retry}
          onReview={() => document.getElementById(`${fieldId}-conflict`)?.focus()}
        />
        {question.control && evidenceHref && !isFrozen ? (
          <span className="flex flex-wrap gap-x-4 text-caption">
            <a href={evidenceHref} className="text-link py-1">
              Add evidence<span className="sr-only"> for item {question.reference.item}</span>
            </a>
            {askHref ? (
              <a href={askHref} className="text-link py-1">
                Ask somebody<span className="sr-only"> for evidence of item {question.reference.item}</span>
              </a>
            ) : null}
          </span>
        ) : null}
      </div>
      {saving.conflict ? (
        <ConflictNotice
          id={`${fieldId}-conflict`}
          question={question}
          mine={saving.conflict.mine}
          theirs={saving.conflict.theirs}
          onResolve={saving.resolve}
        />
      ) : null}
    </>
  )
}

/** Puts the focus on an element that the next rendering shows. */
function useFocusAfter() {
  const wanted = useRef<string | null>(null)
  useEffect(() => {
    if (!wanted.current || !document.getElementById(wanted.current)) return
    focusField(wanted.current)
    wanted.current = null
  })
  return (id: string) => {
    wanted.current = id
  }
}

/** A field by its id: the control itself, or the chosen, else the first control of a group. */
function focusField(id: string) {
  const element = document.getElementById(id)
  const controls = 'input:not(:disabled), select:not(:disabled), textarea:not(:disabled)'
  const target = element?.matches(controls)
    ? element
    : (element?.querySelector<HTMLElement>('input:checked') ?? element?.querySelector<HTMLElement>(controls))
  target?.focus()
}
