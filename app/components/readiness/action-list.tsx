/** What to do next, the step that moves most answers first. */
import type { Action } from '#app/readiness/summary.ts'
import { countOf } from '../counts.ts'
import { PageSection } from '../page-header.tsx'

export function ActionList({ actions }: { actions: Action[] }) {
  if (actions.length === 0) return null
  return (
    <PageSection
      title="What would change most"
      lead="Grouped by what has to be done; the first clears the most answers."
    >
      <ol className="border-rule border-t">
        {actions.map((step, index) => (
          <li key={step.remedy} className="grid grid-cols-[2rem_1fr] border-hairline border-b py-3">
            <span aria-hidden className="font-medium text-accent">
              {index + 1}
            </span>
            <div className="min-w-0 max-w-measure">
              <p>{step.remedy}</p>
              <p className="mt-0.5 text-caption text-ink-soft">
                Unlocks {countOf(step.questionIds.length, 'answer')}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </PageSection>
  )
}
