/** The figures of one scan. */
import { countOf, formatCount } from '../counts.ts'
import { Stat, StatRow } from '../stat.tsx'
import { Time } from '../time.tsx'
import { countAll, SeverityBar, type SeverityCounts } from './severity.tsx'

interface ScanSummaryProps {
  scan: {
    assetCount: number
    credentialedCount: number | null
    recordCount: number
    scanDate: Date | null
    severityCounts: SeverityCounts | null
  }
}

export function ScanSummary({ scan }: ScanSummaryProps) {
  const { assetCount, credentialedCount, severityCounts } = scan
  return (
    <div className="flex flex-col gap-8">
      <StatRow>
        <Stat
          label="Hosts"
          value={formatCount(assetCount)}
          detail={
            credentialedCount === null
              ? 'The file does not say whether the scanner signed in'
              : `${formatCount(credentialedCount)} of ${formatCount(assetCount)} scanned with credentials`
          }
        />
        {severityCounts ? (
          <>
            <Stat
              label="Critical and high"
              value={formatCount(severityCounts.critical + severityCounts.high)}
              detail={`of ${countOf(countAll(severityCounts), 'finding')}`}
              tone={severityCounts.critical + severityCounts.high > 0 ? 'bad' : undefined}
            />
            <Stat
              label="Records in the file"
              value={formatCount(scan.recordCount)}
              detail="all of them were read"
            />
          </>
        ) : null}
        <Stat
          label="Scan date"
          value={
            <span className="text-section">{scan.scanDate ? <Time at={scan.scanDate} /> : 'Not stated'}</span>
          }
          detail={scan.scanDate ? 'as the file tells it' : 'The day entered with the evidence counts'}
        />
      </StatRow>
      {severityCounts && countAll(severityCounts) > 0 ? <SeverityBar counts={severityCounts} /> : null}
    </div>
  )
}
