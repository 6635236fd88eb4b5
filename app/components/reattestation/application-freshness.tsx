/** An application in force: who signed it last and when, its periods, and what is to be done. */
import type { ApplicationFreshness } from '#app/services/reattestation-list.server.ts'
import { TextLink } from '../link.tsx'
import { Time } from '../time.tsx'
import { PeriodList, PeriodStrip } from './period-strip.tsx'

type Shown = Omit<ApplicationFreshness, 'attestedAt'> & { attestedAt: Date | string }

/** Who signed last and when, in a sentence. */
export function LastSigned({ one }: { one: Shown }) {
  return (
    <>
      {one.last.number === 0 ? (
        <>
          Signed by {one.attestedBy} on <Time at={one.attestedAt} />, not re-attested since
        </>
      ) : (
        <>
          Signed on <Time at={one.attestedAt} />, last re-attested by {one.last.by} on{' '}
          <Time at={one.last.on} />
        </>
      )}
    </>
  )
}

export function PeriodsOfApplication({ one }: { one: Shown }) {
  return (
    <>
      <p className="mb-3 text-ink-soft">
        <TextLink to={`/reports/${one.reportId}`}>{one.formTitle}</TextLink>. <LastSigned one={one} />.
        {one.nextOn ? (
          <>
            {' '}
            The next re-attestation can begin on <Time at={one.nextOn} />.
          </>
        ) : null}
      </p>
      <PeriodStrip periods={one.periods} label={one.formTitle} />
      <PeriodList periods={one.periods} />
    </>
  )
}
