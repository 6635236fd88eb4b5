import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { MailQuestion, Plus } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { RequestTable } from '#app/components/request/request-table.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listRequests } from '#app/services/evidence-requests.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const requests = await answering(() => listRequests(member, { clientId }))
  return { clientId, requests }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Requests') }]

export default function ClientRequestsPage() {
  const { clientId, requests } = useLoaderData<typeof loader>()
  const here = `/clients/${clientId}/requests`
  const ask = (
    <ButtonLink icon={Plus} variant="primary" to={`${here}/new`}>
      Ask for evidence
    </ButtonLink>
  )
  if (requests.length === 0) {
    return (
      <EmptyState icon={MailQuestion} title="Nobody was asked yet" action={ask}>
        <p>
          Ask the person who has it: finance for the call-back procedure, HR for the training records. They
          get a link to this one request, upload or write back without an account, and you look at it before
          it counts.
        </p>
      </EmptyState>
    )
  }
  const waiting = requests.filter(({ state }) => state === 'open' || state === 'answered')
  const settled = requests.filter(({ state }) => state === 'fulfilled' || state === 'cancelled')
  return (
    <>
      <PageSection
        title={`Waiting (${waiting.length})`}
        actions={
          <>
            {ask}
            <DownloadLink look="small" href={`${here}/export`}>
              Export as CSV
            </DownloadLink>
          </>
        }
      >
        <RequestTable
          requests={waiting}
          empty={<p className="text-ink-soft">Nothing waits for anybody.</p>}
        />
      </PageSection>
      {settled.length > 0 ? (
        <PageSection title={`Settled (${settled.length})`}>
          <RequestTable requests={settled} />
        </PageSection>
      ) : null}
    </>
  )
}
