/** What the organisation has opened to insurers and assessment firms. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Handshake } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { EngagementTable } from '#app/components/engagement/engagement-table.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listEngagements } from '#app/services/engagements.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const engagements = await listEngagements(member)
  return {
    engagements: engagements.map(({ id, kind, state, guestName, recipientEmail, ...row }) => ({
      id,
      kind,
      state,
      whom: guestName ?? recipientEmail,
      clients: row.clients,
      applications: row.applications,
      expiresAt: row.expiresAt,
    })),
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Engagements') }]

export default function EngagementsPage() {
  const { engagements } = useLoaderData<typeof loader>()
  const offer = (
    <ButtonLink to="/engagements/new" variant="primary" icon={Handshake}>
      Offer applications
    </ButtonLink>
  )
  return (
    <>
      <PageHeader
        title="Engagements"
        lead="Applications that you opened to an insurer’s or an assessment firm’s organisation, whose members sign in with accounts of their own."
        actions={engagements.length > 0 ? offer : undefined}
      />
      {engagements.length === 0 ? (
        <EmptyState icon={Handshake} title="Nothing is open to another organisation" action={offer}>
          Offer one application or a whole portfolio. An owner of the other organisation accepts; you see what
          they open and decide, and end it whenever you want. A single assessor needs no account: invite them
          from the page of the application instead.
        </EmptyState>
      ) : (
        <EngagementTable engagements={engagements} />
      )}
    </>
  )
}
