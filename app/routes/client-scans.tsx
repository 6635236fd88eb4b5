import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Plus, Radar } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { ScanTable } from '#app/components/scan/scan-table.tsx'
import { useRefreshing } from '#app/components/use-refreshing.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listScans } from '#app/services/scans.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const rows = await answering(() => listScans(member, clientId))
  return {
    clientId,
    scans: rows.map(({ scan, fileName, withdrawnAt }) => ({
      id: scan.id,
      fileName,
      isWithdrawn: withdrawnAt !== null,
      tool: scan.tool,
      toolVersion: scan.toolVersion,
      scanDate: scan.scanDate,
      viewpoint: scan.viewpoint,
      state: scan.state,
      assetCount: scan.assetCount,
      severityCounts: scan.severityCounts,
    })),
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Scans') }]

export default function ClientScansPage() {
  const { clientId, scans } = useLoaderData<typeof loader>()
  useRefreshing(scans.some(({ state }) => state === 'queued' || state === 'running'))
  const add = (
    <ButtonLink variant="primary" icon={Plus} to={`/clients/${clientId}/evidence#add`}>
      Add a scan
    </ButtonLink>
  )
  if (scans.length === 0) {
    return (
      <EmptyState icon={Radar} title="No scans yet" action={add}>
        Export a scan from Nessus in its own format (.nessus) and add it as evidence. Attested takes hosts,
        findings and facts out of it, and shows which answers it supports and which it contradicts.
      </EmptyState>
    )
  }
  return (
    <>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-3">
        <h2 className="font-semibold text-section">Scans ({scans.length})</h2>
        {add}
      </div>
      <ScanTable scans={scans} />
    </>
  )
}
