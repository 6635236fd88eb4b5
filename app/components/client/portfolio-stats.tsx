import type { PortfolioRow } from '#app/services/portfolio.ts'
import { Stat, StatRow } from '../stat.tsx'
import { SOON_DAYS } from './standing.tsx'

/** The whole portfolio in four figures. */
export function PortfolioStats({ rows }: { rows: PortfolioRow[] }) {
  const count = (holds: (row: PortfolioRow) => boolean) => rows.filter(holds).length
  const contradicted = count(({ application }) => (application?.standing?.contradicted ?? 0) > 0)
  const renewing = count(({ daysToRenewal: days }) => days !== null && days >= 0 && days <= SOON_DAYS)
  return (
    <StatRow>
      <Stat label="Active clients" value={rows.length} />
      <Stat
        label="With contradicted answers"
        value={contradicted}
        tone={contradicted > 0 ? 'bad' : undefined}
        detail={contradicted > 0 ? 'Keep an application from being signed' : undefined}
      />
      <Stat
        label="Renewing soon"
        value={renewing}
        tone={renewing > 0 ? 'warn' : undefined}
        detail={`Within ${SOON_DAYS} days`}
      />
      <Stat label="Ready to sign" value={count(({ application }) => application?.standing?.blocking === 0)} />
    </StatRow>
  )
}
