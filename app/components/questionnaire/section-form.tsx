/** A section of an application: the questions that apply, each saved by itself, and the way on. */
import { ArrowRight } from 'lucide-react'
import { memo, useMemo, useRef } from 'react'
import type { AnswerReadiness } from '#app/readiness/status.ts'
import { progressOf } from '#questionnaires/answers.ts'
import { applicableQuestions } from '#questionnaires/branching.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import type { Edition } from '#questionnaires/definition.ts'
import type { Proposal } from '#questionnaires/proposal.ts'
import { waitingBySection } from '#questionnaires/waiting-proposals.ts'
import { ButtonLink } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { BlankRuleNotice } from './blank-rule-notice.tsx'
import type { EvidenceChoice } from './evidence-picker.tsx'
import type { HeldAnswer } from './question-card.tsx'
import type { QuestionHolder } from './question-holder.tsx'
import { SectionMenu } from './section-menu.tsx'
import { SectionQuestions } from './section-questions.tsx'
import { Reloader, useSectionAnswers } from './use-section-answers.tsx'
import { useSteady, useSteadyMembers, useSteadySet } from './use-steady.ts'

export interface SectionFormProps {
  applicationId: string
  clientId: string
  edition: Edition
  sectionId: string
  held: Readonly<Record<string, HeldAnswer>>
  readiness: readonly AnswerReadiness[]
  /** By question. */
  proposals?: Readonly<Record<string, Proposal>>
  /** Who at the client has which question. */
  holders?: Readonly<Record<string, QuestionHolder>>
  circumstances?: Circumstances
  evidenceChoices?: readonly EvidenceChoice[]
  gapDefaults: { owner: string; dueOn: string }
  now: Date
  isFrozen: boolean
}

const NO_PROPOSALS: Readonly<Record<string, Proposal>> = {}
const NO_HOLDERS: Readonly<Record<string, QuestionHolder>> = {}
const NO_EVIDENCE: readonly EvidenceChoice[] = []
const HOUR_MS = 3_600_000

/** A page whose data is reloaded is drawn at each step of it; this form only when its own data changed. */
export const SectionForm = memo(function SectionForm(props: SectionFormProps) {
  const { applicationId, clientId, sectionId, isFrozen } = props
  // A published edition never changes, though each reload brings it as a new object.
  const edition = useSteadyEdition(props.edition)
  const held = useSteadyMembers(props.held)
  const judged = useSteadyMembers(useMemo(() => byQuestion(props.readiness), [props.readiness]))
  const proposals = useSteadyMembers(props.proposals ?? NO_PROPOSALS)
  const holders = useSteadyMembers(props.holders ?? NO_HOLDERS)
  const circumstances = useSteady(props.circumstances)
  const evidenceChoices = useSteady(props.evidenceChoices ?? NO_EVIDENCE)
  const gapDefaults = useSteady(props.gapDefaults)
  const hour = Math.floor(props.now.getTime() / HOUR_MS) * HOUR_MS
  const now = useMemo(() => new Date(hour), [hour])

  const { answers, takeAnswer, reload } = useSectionAnswers(held)
  const applicable = useSteadySet(
    useMemo(() => applicableQuestions(edition, answers, circumstances), [edition, answers, circumstances]),
  )
  const progress = useMemo(
    () => progressOf(edition, answers, circumstances),
    [edition, answers, circumstances],
  )
  const waiting = useMemo(
    () => waitingBySection(edition, { applicable, answers, proposals }),
    [edition, applicable, answers, proposals],
  )
  const section = edition.sections.find(({ id }) => id === sectionId)
  if (!section) return null

  const address = `/applications/${applicationId}`
  const next = edition.sections
    .slice(edition.sections.indexOf(section) + 1)
    .find(({ id }) => (progress.find(({ sectionId: other }) => other === id)?.applicable ?? 0) > 0)
  const attentionIn = (questionIds: string[]) =>
    questionIds.filter((id) => judged[id]?.status === 'contradicted' && !judged[id]?.exceptionId).length

  return (
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[17rem_minmax(0,1fr)]">
      <SectionMenu
        sections={edition.sections.map((other, index) => ({
          id: other.id,
          title: other.title,
          href: `${address}/sections/${other.id}`,
          answered: (progress[index]?.answered ?? 0) + (progress[index]?.dontKnow ?? 0),
          total: progress[index]?.applicable ?? 0,
          current: other.id === sectionId,
          attention: attentionIn(other.questions.map(({ id }) => id)),
          waiting: isFrozen ? 0 : waiting[other.id],
        }))}
      />
      <div className="min-w-0">
        <h2 className="font-semibold text-section">{section.title}</h2>
        {section.intro ? <p className="mt-1 mb-4 max-w-measure text-ink-soft">{section.intro}</p> : null}
        {isFrozen ? (
          <Notice kind="info" title="Closed by signature">
            A report of this application was signed. The answers stay as they were signed.
          </Notice>
        ) : (
          <BlankRuleNotice edition={edition} />
        )}
        <div className="mt-4">
          <SectionQuestions
            {...{ applicationId, clientId, applicable, held, judged, proposals, holders, evidenceChoices }}
            {...{ gapDefaults, now, isFrozen }}
            questions={section.questions}
            terms={edition.terms}
            onSaved={takeAnswer}
          />
          <Reloader reload={reload} />
        </div>
        <div className="flex flex-wrap gap-3 border-hairline border-t pt-6">
          {next ? (
            <ButtonLink variant="primary" icon={ArrowRight} to={`${address}/sections/${next.id}`}>
              Next: {next.title}
            </ButtonLink>
          ) : (
            <ButtonLink variant="primary" icon={ArrowRight} to={`${address}/readiness`}>
              See what the evidence says
            </ButtonLink>
          )}
        </div>
      </div>
    </div>
  )
})

function byQuestion(readiness: readonly AnswerReadiness[]): Record<string, AnswerReadiness> {
  return Object.fromEntries(readiness.map((item) => [item.questionId, item]))
}

function useSteadyEdition(next: Edition): Edition {
  const nameOf = ({ form, edition }: Edition) => `${form.code} ${edition}`
  const kept = useRef(next)
  if (nameOf(kept.current) !== nameOf(next)) kept.current = next
  return kept.current
}
