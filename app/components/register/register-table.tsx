/** Findings of a register, to be looked at and chosen. Everything in it comes from files: shown as text, never as markup. */
import type { ShownDispute } from '#app/services/dispute-standing.ts'
import { DataTable } from '../data-table.tsx'
import { answerClock, disputeLook } from '../dispute/dispute-words.ts'
import { TextLink } from '../link.tsx'
import { type Severity, SeverityBadge } from '../scan/severity.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { type Standing, StandingBadge } from './standing.tsx'

export interface RegisterItem {
  id: string
  title: string
  tool: string
  checkId: string
  severity: Severity
  port: number
  protocol: string
  service: string | null
  cves: string[]
  fixAvailableOn: string | null
  firstSeenAt: string
  lastSeenAt: string
  fixedAt: string | null
  standing: Standing
  isExternal: boolean
  decision: 'accepted' | 'false-positive' | null
  decisionUntil: string | null
  decisionReason: string | null
  decidedBy: string | null
  kevDueOn: string | null
  kevRansomware: boolean
  epss: number | null
  assetId: string
  assetName: string
  lastImportId: string
  solution: string | null
  output: string | null
  /** The newest one. */
  dispute: Pick<ShownDispute, 'insurer' | 'state' | 'isLate' | 'daysLeft'> | null
}

interface RegisterTableProps {
  findings: RegisterItem[]
  clientId: string
  chosen: ReadonlySet<string>
  onChoose: (id: string, isChosen: boolean) => void
}

export function RegisterTable({ findings, clientId, chosen, onChoose }: RegisterTableProps) {
  return (
    <DataTable
      caption="Findings"
      rows={findings}
      rowKey={({ id }) => id}
      empty={null}
      columns={[
        {
          id: 'choose',
          header: 'Choose',
          cell: ({ id, title, assetName }) => (
            <input
              type="checkbox"
              aria-label={`Choose ${title} on ${assetName}`}
              checked={chosen.has(id)}
              onChange={(event) => onChoose(id, event.currentTarget.checked)}
              className="size-4"
            />
          ),
        },
        {
          id: 'finding',
          header: 'Finding',
          isRowHeader: true,
          cell: (finding) => (
            <Titled finding={finding} href={`/clients/${clientId}/findings/${finding.id}`} />
          ),
        },
        { id: 'severity', header: 'Severity', cell: ({ severity }) => <SeverityBadge severity={severity} /> },
        {
          id: 'asset',
          header: 'Asset',
          cell: (finding) => (
            <>
              <TextLink quiet to={`/clients/${clientId}/assets/${finding.assetId}`} className="wrap-anywhere">
                {finding.assetName}
              </TextLink>
              <span className="wrap-anywhere block text-caption text-ink-soft">{placeOf(finding)}</span>
            </>
          ),
        },
        { id: 'state', header: 'State', cell: (finding) => <State finding={finding} /> },
        {
          id: 'seen',
          header: 'Seen',
          cell: ({ firstSeenAt, lastSeenAt }) => (
            <span className="text-caption">
              <Time at={firstSeenAt} />
              <span className="block text-ink-soft">
                last <Time at={lastSeenAt} />
              </span>
            </span>
          ),
        },
      ]}
    />
  )
}

function Titled({ finding, href }: { finding: RegisterItem; href: string }) {
  const { kevDueOn, epss, fixAvailableOn, cves } = finding
  return (
    <>
      <TextLink quiet to={href} className="wrap-anywhere">
        {finding.title}
      </TextLink>
      <span className="block font-normal text-caption text-ink-faint">
        {finding.tool}, check {finding.checkId}
      </span>
      {kevDueOn ? (
        <span className="block font-normal text-bad text-caption">
          Known to be exploited{finding.kevRansomware ? ', by extortionists too' : ''}; due{' '}
          <Time at={kevDueOn} />
        </span>
      ) : null}
      <span className="block font-normal text-caption text-ink-soft">
        {[
          cves.length > 0
            ? `${cves.slice(0, 3).join(', ')}${cves.length > 3 ? ` and ${cves.length - 3} more` : ''}`
            : null,
          epss === null ? null : `EPSS ${(epss * 100).toFixed(1)} %`,
          fixAvailableOn ? `fix since ${fixAvailableOn}` : null,
        ]
          .filter(Boolean)
          .join('; ')}
      </span>
      <details className="mt-1 font-normal">
        <summary className="py-1 text-caption text-ink-soft">
          What to do and what was seen<span className="sr-only">, {finding.title}</span>
        </summary>
        <Excerpt label="Solution" text={finding.solution ?? 'The tool names none.'} />
        {finding.output ? <Excerpt label="Output of the scanner" text={finding.output} /> : null}
        <TextLink to={`/scans/${finding.lastImportId}`} className="text-caption">
          The scan that reported it last
        </TextLink>
      </details>
    </>
  )
}

function Excerpt({ label, text }: { label: string; text: string }) {
  return (
    <div className="mt-2">
      <p className="text-caption text-ink-soft">{label}</p>
      <p className="max-h-80 max-w-measure overflow-y-auto whitespace-pre-wrap wrap-anywhere text-caption">
        {text}
      </p>
    </div>
  )
}

function State({ finding }: { finding: RegisterItem }) {
  const { standing, decision, decisionUntil, decisionReason, decidedBy, fixedAt, dispute } = finding
  const hasEnded = standing === 'open' && decision === 'accepted'
  return (
    <>
      <StandingBadge standing={standing} />
      {fixedAt && standing === 'fixed' ? (
        <span className="block text-caption text-ink-soft">
          on <Time at={fixedAt} />
        </span>
      ) : null}
      {decision ? (
        <span className="block text-caption text-ink-soft wrap-anywhere">
          {decisionUntil ? (
            <>
              {hasEnded ? 'acceptance ended' : 'until'} <Time at={decisionUntil} />.{' '}
            </>
          ) : null}
          {decidedBy}: {decisionReason}
        </span>
      ) : null}
      {dispute ? (
        <span className="mt-1 block">
          <StatusBadge {...disputeLook(dispute)} />
          <span className="wrap-anywhere block text-caption text-ink-soft">
            {[dispute.insurer, answerClock(dispute)].filter(Boolean).join('. ')}
          </span>
        </span>
      ) : null}
    </>
  )
}

function placeOf({ port, protocol, service, isExternal }: RegisterItem): string {
  const place =
    port === 0
      ? 'the machine itself'
      : `${port}${protocol ? `/${protocol}` : ''}${service ? ` ${service}` : ''}`
  return isExternal ? `${place}, from the internet` : place
}
