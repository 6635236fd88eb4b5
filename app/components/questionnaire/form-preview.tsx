/** A form as an applicant would meet it, gates included; nothing that is answered here leaves the page. */
import { startTransition, useCallback, useMemo, useState } from 'react'
import type { Answer, Answers } from '#questionnaires/answers.ts'
import { applicableQuestions } from '#questionnaires/branching.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { BlankRuleNotice } from './blank-rule-notice.tsx'
import { type HeldAnswer, QuestionCard } from './question-card.tsx'
import { QuestionList } from './question-list.tsx'
import { useSteady } from './use-steady.ts'

interface FormPreviewProps {
  edition: Edition
  /** What gates on revenue, cover and the like are to assume. */
  circumstances?: Circumstances
  now: Date
}

const NOTHING: HeldAnswer = { answer: null, version: 0, answeredAt: null }
const NOBODY = { owner: '', dueOn: '' }

export function FormPreview({ edition, circumstances, now }: FormPreviewProps) {
  const [given, setGiven] = useState<Record<string, Answer | null>>({})
  const day = useSteady(now)
  const takeAnswer = useCallback((questionId: string, answer: Answer | null) => {
    startTransition(() => setGiven((before) => ({ ...before, [questionId]: answer })))
  }, [])
  const applicable = useMemo(() => {
    const entries = Object.entries(given).filter((entry): entry is [string, Answer] => entry[1] !== null)
    return applicableQuestions(edition, Object.fromEntries(entries) as Answers, circumstances)
  }, [edition, given, circumstances])
  return (
    <div>
      <BlankRuleNotice edition={edition} />
      {edition.sections.map((section) => {
        const isEmpty = !section.questions.some(({ id }) => applicable.has(id))
        return (
          <section key={section.id} aria-labelledby={`${section.id}_title`} className="mt-8">
            <h2 id={`${section.id}_title`} className="font-semibold text-section">
              {section.title}
            </h2>
            {section.intro ? <p className="mt-1 mb-4 max-w-measure text-ink-soft">{section.intro}</p> : null}
            {isEmpty ? (
              <p className="mt-2 text-ink-soft">No question of this section applies so far.</p>
            ) : null}
            <QuestionList questions={section.questions} applicable={applicable}>
              {(question) => (
                <QuestionCard
                  key={question.id}
                  question={question}
                  terms={edition.terms}
                  saveUrl={null}
                  held={NOTHING}
                  readiness={null}
                  evidenceHref={null}
                  gapDefaults={NOBODY}
                  now={day}
                  isFrozen={false}
                  onSaved={takeAnswer}
                />
              )}
            </QuestionList>
          </section>
        )
      })}
    </div>
  )
}
