import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FileX2, Plus } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { countOf } from '#app/components/counts.ts'
import { DownloadLink } from '#app/components/download-link.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { WaiverTable } from '#app/components/waiver/waiver-table.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listClientWaivers } from '#app/services/waiver-pages.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const { client, waivers } = await answering(() => listClientWaivers(member, clientId))
  return { clientId, isArchived: client.archivedAt !== null, waivers }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Declined services') }]

export default function ClientWaiversPage() {
  const { clientId, isArchived, waivers } = useLoaderData<typeof loader>()
  const here = `/clients/${clientId}/waivers`
  const add = isArchived ? null : (
    <ButtonLink icon={Plus} variant="primary" to={`${here}/new`}>
      Write a waiver
    </ButtonLink>
  )
  if (waivers.length === 0) {
    return (
      <EmptyState icon={FileX2} title="No declined service on record" action={add}>
        <p>
          Where a client declines a service that you recommended, such as MFA or a backup out of reach, a
          waiver says so in plain words: what was offered, what can happen without it, which answers to
          insurers it concerns, who at the client decided and why. The decision-maker signs it.
        </p>
        <p className="mt-2">
          While it is in force, an answer that claims the control in place is contradicted.
        </p>
      </EmptyState>
    )
  }
  const overdue = waivers.filter(({ standing }) => standing === 'overdue').length
  return (
    <PageSection
      title="Declined services"
      lead="What was offered and declined in writing. A waiver stays in force past its review day until it is withdrawn or signed again."
      actions={
        <>
          {add}
          <DownloadLink href={`${here}/export`}>Export as CSV</DownloadLink>
        </>
      }
    >
      {overdue > 0 ? (
        <div className="mb-5">
          <Notice kind="warning" title={`${countOf(overdue, 'waiver')} to look at again`}>
            Ask the client whether it still declines. Then have the waiver signed again, or withdraw it.
          </Notice>
        </div>
      ) : null}
      <WaiverTable caption="Declined services" waivers={waivers} empty={null} />
    </PageSection>
  )
}
