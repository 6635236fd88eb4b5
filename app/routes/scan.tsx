import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useRevalidator } from '@remix-run/react'
import { pageTitle } from '#app/components/page-title.ts'
import { FindingSection } from '#app/components/scan/finding-section.tsx'
import { ImportProgress } from '#app/components/scan/import-progress.tsx'
import { RefusedScan } from '#app/components/scan/refused-scan.tsx'
import { ScanHeader } from '#app/components/scan/scan-header.tsx'
import { ScanMeaning } from '#app/components/scan/scan-meaning.tsx'
import { ScanSummary } from '#app/components/scan/scan-summary.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { FindingSearch } from '#app/services/finding-query.ts'
import { listScanEffects } from '#app/services/scan-effects.server.ts'
import { FINDINGS_PER_PAGE, getScan, listFindings } from '#app/services/scans.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const importId = idParam(params.importId)
  const search = FindingSearch.parse(Object.fromEntries(new URL(request.url).searchParams))
  return answering(async () => {
    const { scan, client, evidence, revision, facts } = await getScan(member, importId)
    const isDone = scan.state === 'done'
    const query = { severity: search.severity, text: search.q || undefined, page: search.page }
    const findings = isDone ? await listFindings(member, importId, query) : { rows: [], total: 0 }
    return {
      scan: {
        id: scan.id,
        state: scan.state,
        bytesRead: scan.bytesRead,
        bytesTotal: scan.bytesTotal,
        failure: scan.failure,
        tool: scan.tool,
        toolVersion: scan.toolVersion,
        scanDate: scan.scanDate,
        viewpoint: scan.viewpoint,
        assetCount: scan.assetCount,
        credentialedCount: scan.credentialedCount,
        recordCount: scan.recordCount,
        severityCounts: scan.severityCounts,
        warnings: scan.warnings,
      },
      client: { id: client.id, legalName: client.legalName },
      evidence: { id: evidence.id, title: evidence.title, isWithdrawn: evidence.withdrawnAt !== null },
      fileName: revision.fileName,
      facts: facts.map(({ id, fact }) => ({ ...fact, id })),
      effects: isDone && evidence.withdrawnAt === null ? await listScanEffects(member, importId) : [],
      search: { severity: search.severity ?? '', text: search.q, page: search.page },
      findings: {
        total: findings.total,
        pageSize: FINDINGS_PER_PAGE,
        rows: findings.rows.map((row) => ({
          number: row.number,
          assetKey: row.assetKey,
          checkId: row.checkId,
          title: row.title,
          severity: row.severity,
          port: row.port,
          protocol: row.protocol,
          service: row.service,
          cves: row.cves,
          solution: row.solution,
          fixAvailableOn: row.fixAvailableOn,
          output: row.output,
        })),
      },
    }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(...(data ? [`Scan ${data.fileName}`, data.client.legalName] : ['Scan'])) },
]

export default function ScanPage() {
  const page = useLoaderData<typeof loader>()
  const revalidator = useRevalidator()
  const { scan, client, evidence } = page
  return (
    <>
      <ScanHeader scan={scan} client={client} evidence={evidence} fileName={page.fileName} />
      {scan.state === 'queued' || scan.state === 'running' ? (
        <ImportProgress importId={scan.id} initial={scan} onOver={() => revalidator.revalidate()} />
      ) : null}
      {scan.state === 'failed' ? <RefusedScan failure={scan.failure} evidenceId={evidence.id} /> : null}
      {scan.state === 'done' ? (
        <>
          <ScanSummary scan={scan} />
          <ScanMeaning
            facts={page.facts}
            effects={page.effects}
            warnings={scan.warnings}
            clientId={client.id}
            isWithdrawn={evidence.isWithdrawn}
          />
          <FindingSection scanId={scan.id} search={page.search} {...page.findings} />
        </>
      ) : null}
    </>
  )
}
