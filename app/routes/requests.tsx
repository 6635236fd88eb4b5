import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { MailQuestion } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { RequestTable } from '#app/components/request/request-table.tsx'
import { requireMember } from '#app/http/member.server.ts'
import { listRequests } from '#app/services/evidence-requests.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return { requests: await listRequests(member, { isUnsettled: true }) }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Requests') }]

export default function RequestsPage() {
  const { requests } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="Requests"
        breadcrumb={[{ label: 'Clients', href: '/clients' }]}
        lead="What clients were asked for and what came of it, the soonest due first."
        actions={
          requests.length > 0 ? (
            <DownloadLink look="small" href="/requests/export">
              Export as CSV
            </DownloadLink>
          ) : undefined
        }
      />
      {requests.length === 0 ? (
        <EmptyState
          icon={MailQuestion}
          title="Nothing waits for anybody"
          action={<ButtonLink to="/clients">Choose a client</ButtonLink>}
        >
          Ask for evidence on the page of a client: whoever is asked needs no account.
        </EmptyState>
      ) : (
        <RequestTable requests={requests} withClient />
      )}
    </>
  )
}
