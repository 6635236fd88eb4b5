/** Answers of one standing, each with its reasons and what can be done about it. */
import type { ComponentProps } from 'react'
import { PageSection } from '../page-header.tsx'
import { AnswerResult } from './answer-result.tsx'
import { ExceptionDialog } from './exception-dialog.tsx'

type Shown = Omit<ComponentProps<typeof AnswerResult>, 'sources' | 'children'>

interface AnswerGroupProps {
  title: string
  lead?: string
  answers: Shown[]
  page: {
    isFrozen: boolean
    sources: ComponentProps<typeof AnswerResult>['sources']
    exceptionDefaults: ComponentProps<typeof ExceptionDialog>['defaults']
  }
  /** Good news is long and seldom read: it opens on demand. */
  isFolded?: boolean
}

export function AnswerGroup({ title, lead, answers, page, isFolded = false }: AnswerGroupProps) {
  if (answers.length === 0) return null
  const list = (
    <div className="border-rule border-t">
      {answers.map((answer) => (
        <AnswerResult key={answer.result.questionId} {...answer} sources={page.sources}>
          {answer.result.status === 'contradicted' && !answer.result.exceptionId && !page.isFrozen ? (
            <ExceptionDialog
              questionId={answer.result.questionId}
              prompt={answer.prompt}
              defaults={page.exceptionDefaults}
            />
          ) : null}
        </AnswerResult>
      ))}
    </div>
  )
  return (
    <PageSection title={`${title} (${answers.length})`} lead={lead}>
      {isFolded ? (
        <details>
          <summary className="cursor-pointer py-2 text-accent">Show the answers with their evidence</summary>
          {list}
        </details>
      ) : (
        list
      )}
    </PageSection>
  )
}
