import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Outlet, useLoaderData, useLocation } from '@remix-run/react'
import { ButtonLink } from '#app/components/button.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { TabsNav } from '#app/components/tabs-nav.tsx'
import { Time } from '#app/components/time.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getApplication } from '#app/services/applications.server.ts'
import { getMoveOf, listMoveTargets } from '#app/services/edition-moves.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const { application, client, edition } = await answering(() => getApplication(member, applicationId))
  const [newest] = await listMoveTargets(member, applicationId)
  return {
    id: application.id,
    state: application.state,
    client: { id: client.id, legalName: client.legalName },
    form: {
      code: edition.form.code,
      title: edition.form.title,
      issuer: edition.form.issuer,
      edition: edition.edition,
    },
    newest: newest ?? null,
    move: await getMoveOf(member, applicationId),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data ? `${data.form.title}, ${data.client.legalName}` : 'Application') },
]

export default function ApplicationPage() {
  const { id, state, client, form, newest, move } = useLoaderData<typeof loader>()
  const isMoving = useLocation().pathname.endsWith('/move')
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
            {move.movedFrom ? (
              <span>
                Begun with the answers of{' '}
                <TextLink to={`/applications/${move.movedFrom.id}`}>
                  edition {move.movedFrom.edition}
                </TextLink>
              </span>
            ) : null}
            {move.successors.map((successor) => (
              <span key={successor.id}>
                Continued on{' '}
                <TextLink to={`/applications/${successor.id}`}>edition {successor.edition}</TextLink>
              </span>
            ))}
          </>
        }
      />
      {newest && !isMoving && move.successors.length === 0 ? (
        <NextEdition {...{ id, state, newest }} />
      ) : null}
      <TabsNav
        label="Application"
        tabs={[
          { to: `/applications/${id}/sections`, label: 'Questions' },
          { to: `/applications/${id}/people`, label: 'Who answers' },
          { to: `/applications/${id}/readiness`, label: 'Readiness' },
          { to: `/applications/${id}/review`, label: 'Review' },
          { to: `/applications/${id}/sign`, label: 'Sign' },
          { to: `/applications/${id}/subjectivities`, label: 'Subjectivities' },
          { to: `/applications/${id}/files`, label: 'Forms and workbooks' },
          { to: `/applications/${id}/circumstances`, label: 'Circumstances' },
        ]}
      />
      <Outlet />
    </>
  )
}

function NextEdition({
  id,
  state,
  newest,
}: {
  id: string
  state: 'draft' | 'frozen'
  newest: { edition: string; countsFrom: string | null }
}) {
  const isSigned = state === 'frozen'
  return (
    <div className="mb-6">
      <Notice
        kind="info"
        title={
          isSigned
            ? `Renew on edition ${newest.edition}`
            : `Edition ${newest.edition} of this form is published`
        }
        action={
          <ButtonLink size="small" to={`/applications/${id}/move`}>
            {isSigned ? 'Look at the renewal' : 'See what would change'}
          </ButtonLink>
        }
      >
        {isSigned
          ? 'A new draft is begun with today’s answers as proposals. What was signed stays as it is.'
          : 'Look first what becomes of each answer. This draft stays as it is.'}
        {newest.countsFrom ? (
          <>
            {' '}
            The insurer takes that edition from <Time at={newest.countsFrom} /> on.
          </>
        ) : null}
      </Notice>
    </div>
  )
}
