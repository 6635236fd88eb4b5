/** The cards of a section's questions, drawn again only when something that they show has changed. */
import { memo } from 'react'
import type { AnswerReadiness } from '#app/readiness/status.ts'
import type { Answer } from '#questionnaires/answers.ts'
import type { Question, Term } from '#questionnaires/definition.ts'
import type { Proposal } from '#questionnaires/proposal.ts'
import type { EvidenceChoice } from './evidence-picker.tsx'
import { type HeldAnswer, QuestionCard } from './question-card.tsx'
import type { QuestionHolder } from './question-holder.tsx'
import { QuestionList } from './question-list.tsx'

interface SectionQuestionsProps {
  applicationId: string
  clientId: string
  questions: readonly Question[]
  applicable: ReadonlySet<string>
  terms: readonly Term[]
  held: Readonly<Record<string, HeldAnswer>>
  judged: Readonly<Record<string, AnswerReadiness>>
  proposals: Readonly<Record<string, Proposal>>
  holders: Readonly<Record<string, QuestionHolder>>
  evidenceChoices: readonly EvidenceChoice[]
  gapDefaults: { owner: string; dueOn: string }
  now: Date
  isFrozen: boolean
  onSaved: (questionId: string, answer: Answer | null, version: number) => void
}

const NOTHING: HeldAnswer = { answer: null, version: 0, answeredAt: null }

export const SectionQuestions = memo(function SectionQuestions(props: SectionQuestionsProps) {
  const { applicationId, clientId, questions, applicable, held, judged, proposals, holders, ...shared } =
    props
  return (
    <QuestionList questions={questions} applicable={applicable}>
      {(question) => (
        <QuestionCard
          question={question}
          saveUrl={`/applications/${applicationId}/answers/${question.id}`}
          held={held[question.id] ?? NOTHING}
          proposal={proposals[question.id] ?? null}
          readiness={judged[question.id] ?? null}
          holder={holders[question.id] ?? null}
          peopleHref={`/applications/${applicationId}/people`}
          evidenceHref={`/clients/${clientId}/evidence?question=${applicationId}/${question.id}&control=${question.control ?? ''}#add`}
          askHref={`/clients/${clientId}/requests/new?question=${applicationId}/${question.id}`}
          {...shared}
        />
      )}
    </QuestionList>
  )
})
