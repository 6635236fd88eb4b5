import { Download, FolderOpen, Plus } from 'lucide-react'
import type { AnswerStatus } from '#app/readiness/status.ts'
import { Button, ButtonLink } from '../button.tsx'
import { CopyableHash } from '../copyable-hash.tsx'
import { answerCoverage, CoverageBar, controlCoverage } from '../coverage-bar.tsx'
import { type Column, DataTable } from '../data-table.tsx'
import { DefinitionList } from '../definition-list.tsx'
import { EmptyState } from '../empty-state.tsx'
import { FileSize } from '../file-size.tsx'
import { TextLink } from '../link.tsx'
import { PageHeader, PageSection } from '../page-header.tsx'
import { Pagination } from '../pagination.tsx'
import { SectionProgress } from '../section-progress.tsx'
import { Stat, StatRow } from '../stat.tsx'
import { AnswerStatusBadge, StatusBadge } from '../status-badge.tsx'
import { TabsNav } from '../tabs-nav.tsx'
import { Time } from '../time.tsx'

const hash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

interface EvidenceRow {
  id: string
  title: string
  kind: string
  observedAt: string
  status: AnswerStatus
  sizeBytes: number
}

const rows: EvidenceRow[] = [
  {
    id: '1',
    title: 'External scan of the head office',
    kind: 'Vulnerability scan',
    observedAt: '2026-11-12T08:30:00Z',
    status: 'contradicted',
    sizeBytes: 48_221_004,
  },
  {
    id: '2',
    title: 'Restore test, file server',
    kind: 'Restore record',
    observedAt: '2025-09-03T14:00:00Z',
    status: 'stale',
    sizeBytes: 181_400,
  },
  {
    id: '3',
    title: 'Conditional access policies',
    kind: 'Identity export',
    observedAt: '2026-11-20T09:12:00Z',
    status: 'supported',
    sizeBytes: 22_918,
  },
]

const columns: Column<EvidenceRow>[] = [
  {
    id: 'title',
    header: 'Evidence',
    isRowHeader: true,
    sort: { href: '?sort=title', direction: null },
    cell: (row) => (
      <TextLink quiet to={`?evidence=${row.id}`}>
        {row.title}
      </TextLink>
    ),
  },
  { id: 'kind', header: 'Kind', cell: (row) => row.kind },
  {
    id: 'observed',
    header: 'Observed',
    sort: { href: '?sort=observed', direction: 'descending' },
    cell: (row) => <Time at={row.observedAt} />,
  },
  { id: 'status', header: 'Effect', cell: (row) => <AnswerStatusBadge status={row.status} /> },
  { id: 'size', header: 'Size', align: 'end', cell: (row) => <FileSize sizeBytes={row.sizeBytes} /> },
]

export function GalleryPages() {
  return (
    <>
      <PageHeader
        title="Harbour Street Dental"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: 'Applications', href: '/applications' },
        ]}
        meta={
          <>
            <StatusBadge word="Draft" shape="stamp" />
            <span>Core cyber application, edition 1</span>
            <span>
              Renewal due <Time at="2027-01-15" />
            </span>
          </>
        }
        lead="Answer the remaining questions and settle the contradicted one; then the application can be signed."
        actions={
          <>
            <Button icon={Download}>Download draft</Button>
            <ButtonLink to="?sign" variant="primary">
              Review and sign
            </ButtonLink>
          </>
        }
      />
      <TabsNav
        label="Application"
        tabs={[
          { to: '/_gallery', label: 'Readiness', end: true },
          { to: '/a', label: 'Answers', count: 38 },
          { to: '/b', label: 'Evidence', count: 12 },
          { to: '/c', label: 'Exceptions', count: 1 },
          { to: '/d', label: 'Reports' },
        ]}
      />
      <StatRow>
        <Stat label="Answers supported" value="29" detail="of 38 that claim something" />
        <Stat label="Contradicted" value="1" tone="bad" detail="Blocks signing" />
        <Stat label="Evidence going stale" value="3" tone="warn" detail="within 30 days" />
        <Stat label="Application due" value="52 days" detail={<Time at="2027-01-15" />} />
      </StatRow>
      <PageSection title="Readiness" lead="What the evidence says about each control and each answer.">
        <div className="grid gap-8 md:grid-cols-2">
          <CoverageBar
            label="24 controls"
            segments={controlCoverage({ met: 14, partly: 4, unmet: 2, unknown: 3, 'not-applicable': 1 })}
          />
          <CoverageBar
            label="38 answers"
            segments={answerCoverage({ supported: 29, stale: 3, contradicted: 1, unsupported: 5 })}
          />
        </div>
      </PageSection>
      <PageSection
        title="Evidence"
        actions={
          <Button size="small" icon={Plus}>
            Add evidence
          </Button>
        }
      >
        <DataTable
          caption="Evidence of this application"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          empty={null}
        />
        <Pagination label="evidence" page={2} pageSize={25} total={212} hrefOf={(page) => `?page=${page}`} />
      </PageSection>
      <PageSection title="A wide table">
        <DataTable
          narrow="scroll"
          caption="Evidence, wide"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          empty={null}
        />
      </PageSection>
      <div className="grid gap-x-12 lg:grid-cols-2">
        <PageSection title="Sections">
          <SectionProgress
            sections={[
              { id: 'a', title: 'The organisation', href: '?s=a', answered: 8, total: 8 },
              {
                id: 'b',
                title: 'Identity and access',
                href: '?s=b',
                answered: 7,
                total: 12,
                current: true,
                attention: 1,
              },
              { id: 'c', title: 'Backup and recovery', href: '?s=c', answered: 0, total: 9 },
            ]}
          />
        </PageSection>
        <PageSection title="Report">
          <DefinitionList
            items={[
              { term: 'Signed by', value: 'Wren Okafor, technical contributor' },
              { term: 'Signed at', value: <Time at="2026-11-24T14:05:00Z" show="moment" /> },
              { term: 'File', value: <FileSize sizeBytes={1_204_882} /> },
              { term: 'SHA-256', value: <CopyableHash value={hash} /> },
              { term: 'Ledger head', value: <CopyableHash value={hash} label="ledger head" whole /> },
            ]}
          />
        </PageSection>
      </div>
      <PageSection title="Nothing yet">
        <EmptyState
          icon={FolderOpen}
          title="No evidence yet"
          action={
            <Button variant="primary" icon={Plus}>
              Add evidence
            </Button>
          }
        >
          Scans, exports and documents that show what is in place. Add the last vulnerability scan first: it
          speaks about the most answers.
        </EmptyState>
      </PageSection>
    </>
  )
}
