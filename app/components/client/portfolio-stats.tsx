import { type countPortfolio, SOON_DAYS } from '#app/services/portfolio.ts'
import { Stat, StatRow } from '../stat.tsx'

export function PortfolioStats({ counts }: { counts: ReturnType<typeof countPortfolio> }) {
  const { clients, contradicted, renewing, ready } = counts
  return (
    <StatRow>
      <Stat label="Active clients" value={clients} />
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
      <Stat label="Ready to sign" value={ready} />
    </StatRow>
  )
}
