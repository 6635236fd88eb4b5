/** From findings to answers: what was read out of a scan, and what that does to what the client states. */
import type { ScanEffects } from '#app/services/scan-effects.server.ts'
import type { Fact } from '#evidence/facts.ts'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { EffectList } from './effect-list.tsx'
import { FactList } from './fact-list.tsx'

interface ScanMeaningProps {
  facts: (Fact & { id: string })[]
  effects: ScanEffects[]
  warnings: string[]
  clientId: string
  isWithdrawn: boolean
}

export function ScanMeaning({ facts, effects, warnings, clientId, isWithdrawn }: ScanMeaningProps) {
  return (
    <>
      {warnings.length > 0 ? (
        <div className="mt-8">
          <Notice
            kind="warning"
            title={
              warnings.length === 1
                ? 'The file was read, with one remark'
                : `The file was read, with ${warnings.length} remarks`
            }
          >
            <ul className="list-disc space-y-1 ps-5">
              {warnings.slice(0, 10).map((warning) => (
                <li key={warning} className="break-words">
                  {warning}
                </li>
              ))}
            </ul>
            {warnings.length > 10 ? <p className="mt-1">and {warnings.length - 10} more</p> : null}
          </Notice>
        </div>
      ) : null}
      <PageSection
        title="What it says about your answers"
        lead="A scan speaks only about what it looked at, and from where it looked."
      >
        {isWithdrawn ? (
          <Notice kind="info">The evidence is withdrawn: nothing that it says counts any more.</Notice>
        ) : (
          <div className="grid gap-x-12 gap-y-8 *:min-w-0 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
            <div>
              <h3 className="mb-2 font-semibold text-lead">Facts</h3>
              <FactList facts={facts} />
            </div>
            <EffectList effects={effects} clientId={clientId} />
          </div>
        )}
      </PageSection>
    </>
  )
}
