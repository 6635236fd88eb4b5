/** Title of a scan's page, with what tells it from other scans. */
import { ButtonLink } from '../button.tsx'
import { PageHeader } from '../page-header.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import type { ImportState } from './import-progress.tsx'
import { ImportStateBadge } from './import-state-badge.tsx'
import { viewpointWords } from './viewpoint.ts'

interface ScanHeaderProps {
  scan: {
    state: ImportState['state']
    tool: string | null
    toolVersion: string | null
    scanDate: Date | null
    viewpoint: 'internal' | 'external'
  }
  client: { id: string; legalName: string }
  evidence: { id: string; title: string; isWithdrawn: boolean }
  fileName: string
}

export function ScanHeader({ scan, client, evidence, fileName }: ScanHeaderProps) {
  return (
    <PageHeader
      title={evidence.title}
      breadcrumb={[
        { label: 'Clients', href: '/clients' },
        { label: client.legalName, href: `/clients/${client.id}` },
        { label: 'Scans', href: `/clients/${client.id}/scans` },
      ]}
      meta={
        <>
          {evidence.isWithdrawn ? (
            <StatusBadge word="Withdrawn" shape="stamp" />
          ) : (
            <ImportStateBadge state={scan.state} shape="stamp" />
          )}
          {scan.tool ? <span>{[scan.tool, scan.toolVersion].filter(Boolean).join(' ')}</span> : null}
          {scan.scanDate ? (
            <span>
              Scanned <Time at={scan.scanDate} />
            </span>
          ) : null}
          <span>{viewpointWords[scan.viewpoint]}</span>
          {fileName === evidence.title ? null : <span className="break-all">{fileName}</span>}
        </>
      }
      actions={<ButtonLink to={`/evidence/${evidence.id}`}>Open the evidence</ButtonLink>}
    />
  )
}
