/** Where a condition stands, who sees to it, and which day counts. */
import { SIDE_WORDS } from '#app/services/subjectivity-input.ts'
import type { ShownSubjectivity } from '#app/services/subjectivity-standing.ts'
import { countOf } from '../counts.ts'
import { DefinitionList } from '../definition-list.tsx'
import { Time } from '../time.tsx'
import { DueClock } from './standing.tsx'

export function SubjectivityFacts({ condition }: { condition: ShownSubjectivity }) {
  const { source, ownerName, ownerSide, controlLabel, timing, dueDays, firstDueOn, dueNow } = condition
  return (
    <div className="max-w-measure">
      <DefinitionList
        items={[
          {
            term: 'Due',
            value: (
              <>
                <DueClock condition={condition} />
                {timing === 'post-bind' && firstDueOn ? (
                  <span className="block text-caption text-ink-soft">
                    {countOf(dueDays ?? 0, 'day')} after the bind
                    {dueNow === firstDueOn ? null : (
                      <>
                        {' '}
                        would have been <Time at={firstDueOn} />
                      </>
                    )}
                  </span>
                ) : null}
                {timing === 'pre-bind' && firstDueOn && dueNow !== firstDueOn ? (
                  <span className="block text-caption text-ink-soft">
                    First due <Time at={firstDueOn} />
                  </span>
                ) : null}
              </>
            ),
          },
          { term: 'Source', value: <span className="wrap-anywhere">{source}</span> },
          {
            term: 'Owner',
            value: (
              <span className="wrap-anywhere">
                {ownerName}, {SIDE_WORDS[ownerSide].toLowerCase()}
              </span>
            ),
          },
          ...(controlLabel ? [{ term: 'Control', value: controlLabel }] : []),
        ]}
      />
    </div>
  )
}
