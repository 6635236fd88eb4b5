/** What was decided about findings last, each with its undo. */
import { Form, useNavigation } from '@remix-run/react'
import { Button } from '../button.tsx'
import { countOf } from '../counts.ts'
import { PageSection } from '../page-header.tsx'
import { Time } from '../time.tsx'
import { standingLook } from './standing.tsx'

interface Decision {
  id: string
  decision: 'accepted' | 'false-positive' | null
  untilDay: string | null
  reason: string
  decidedByName: string
  decidedAt: Date | string
  undoneByName: string | null
  count: number
}

export function DecisionList({ decisions }: { decisions: Decision[] }) {
  const sending = useNavigation().formData?.get('decisionId')
  if (decisions.length === 0) return null
  return (
    <PageSection title="Decided last">
      <ul className="border-rule border-t">
        {decisions.map((row) => (
          <li
            key={row.id}
            className="flex flex-wrap items-center justify-between gap-3 border-hairline border-b py-3"
          >
            <div className="min-w-0 max-w-measure">
              <p>
                {countOf(row.count, 'finding')}:{' '}
                {row.decision ? standingLook[row.decision].word.toLowerCase() : 'open after all'}
                {row.untilDay ? (
                  <>
                    {' '}
                    until <Time at={row.untilDay} />
                  </>
                ) : null}
              </p>
              <p className="text-caption text-ink-soft wrap-anywhere">
                {row.decidedByName}, <Time at={row.decidedAt} />: {row.reason}
              </p>
            </div>
            {row.undoneByName ? (
              <p className="text-caption text-ink-soft">Undone by {row.undoneByName}</p>
            ) : (
              <Form method="post" preventScrollReset>
                <input type="hidden" name="intent" value="undo" />
                <input type="hidden" name="decisionId" value={row.id} />
                <Button type="submit" size="small" loading={sending === row.id} loadingLabel="Undoing">
                  Undo<span className="sr-only">, {row.reason}</span>
                </Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
    </PageSection>
  )
}
