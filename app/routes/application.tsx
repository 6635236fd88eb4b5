import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Outlet, useLoaderData } from '@remix-run/react'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { TabsNav } from '#app/components/tabs-nav.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getApplication } from '#app/services/applications.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { application, client, edition } = await answering(() =>
    getApplication(member, idParam(params.applicationId)),
  )
  return {
    id: application.id,
    state: application.state,
    client: { id: client.id, legalName: client.legalName },
    form: { title: edition.form.title, issuer: edition.form.issuer, edition: edition.edition },
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data ? `${data.form.title}, ${data.client.legalName}` : 'Application') },
]

export default function ApplicationPage() {
  const { id, state, client, form } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={form.title}
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: `/clients/${client.id}` },
        ]}
        meta={
          <>
            <span>
              {form.issuer}, edition {form.edition}
            </span>
            {state === 'frozen' ? (
              <StatusBadge word="Closed by signature" tone="neutral" />
            ) : (
              <StatusBadge word="Draft" tone="info" />
            )}
          </>
        }
      />
      <TabsNav
        label="Application"
        tabs={[
          { to: `/applications/${id}/sections`, label: 'Questions' },
          { to: `/applications/${id}/readiness`, label: 'Readiness' },
          { to: `/applications/${id}/sign`, label: 'Sign' },
        ]}
      />
      <Outlet />
    </>
  )
}
