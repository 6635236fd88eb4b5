import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Outlet, useLoaderData, useNavigation } from '@remix-run/react'
import { Pencil } from 'lucide-react'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { ArchiveClient } from '#app/components/client/archive-client.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { GroupedTabs } from '#app/components/tabs-nav.tsx'
import { Time } from '#app/components/time.tsx'
import { unknownAct } from '#app/http/error-reply.ts'
import { answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { ArchiveIntent } from '#app/services/client-input.ts'
import { getClient, setClientArchived } from '#app/services/clients.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const client = await answering(() => getClient(member, idParam(params.clientId)))
  const { id, legalName, tradingName, policyInceptionOn, policyRenewalOn, archivedAt } = client
  return { id, legalName, tradingName, policyInceptionOn, policyRenewalOn, archivedAt }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const parsed = parseWith(ArchiveIntent, formValues(await readForm(request)))
  if (!parsed.ok) throw unknownAct()
  const { intent } = parsed.input
  await answering(() => setClientArchived(member, clientId, intent === 'archive'))
  return { outcome: intent }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? page.legalName : 'Client') },
]

export default function ClientPage() {
  const client = useLoaderData<typeof loader>()
  const here = `/clients/${client.id}`
  return (
    <>
      <PageHeader
        title={client.legalName}
        breadcrumb={[{ label: 'Clients', href: '/clients' }]}
        meta={
          <>
            {client.archivedAt ? <StatusBadge word="Archived" shape="stamp" /> : null}
            {client.tradingName ? <span>Trading as {client.tradingName}</span> : null}
            {client.policyInceptionOn ? (
              <span>
                Policy since <Time at={client.policyInceptionOn} />
              </span>
            ) : null}
            {client.policyRenewalOn ? (
              <span>
                Renewal <Time at={client.policyRenewalOn} />
              </span>
            ) : (
              <span>No renewal date yet</span>
            )}
          </>
        }
        actions={
          client.archivedAt ? null : (
            <>
              <ButtonLink icon={Pencil} to={`${here}/edit`}>
                Edit
              </ButtonLink>
              <ArchiveClient action={here} legalName={client.legalName} />
            </>
          )
        }
      />
      {client.archivedAt ? <ArchivedNotice action={here} at={client.archivedAt} /> : null}
      <GroupedTabs
        label="Client"
        groups={[
          { label: 'Overview', tabs: [{ to: here, label: 'Overview', end: true }] },
          {
            label: 'Evidence',
            tabs: [
              { to: `${here}/evidence`, label: 'On file' },
              { to: `${here}/requests`, label: 'Requests' },
              { to: `${here}/people`, label: 'People' },
            ],
          },
          {
            label: 'By the clock',
            tabs: [
              { to: `${here}/schedules`, label: 'Schedules' },
              { to: `${here}/reminders`, label: 'Reminders' },
            ],
          },
          {
            label: 'Findings',
            tabs: [
              { to: `${here}/findings`, label: 'Register' },
              { to: `${here}/assets`, label: 'Assets' },
              { to: `${here}/scans`, label: 'Scans' },
              { to: `${here}/live-checks`, label: 'Live checks' },
            ],
          },
          {
            label: 'Agreed in writing',
            tabs: [
              { to: `${here}/policy`, label: 'Policy' },
              { to: `${here}/exceptions`, label: 'Exceptions' },
              { to: `${here}/responsibility`, label: 'Responsibility' },
              { to: `${here}/waivers`, label: 'Declined services' },
            ],
          },
          {
            label: 'Record',
            tabs: [
              { to: `${here}/history`, label: 'History' },
              { to: `${here}/review-pack`, label: 'Review pack' },
              { to: `${here}/incidents`, label: 'Incidents' },
              { to: `${here}/conversations`, label: 'Conversations' },
            ],
          },
          {
            label: 'Signed',
            tabs: [
              { to: `${here}/reports`, label: 'Reports' },
              { to: `${here}/re-attestation`, label: 'Re-attestation' },
            ],
          },
        ]}
      />
      <Outlet />
    </>
  )
}

/** The undo of archiving, for as long as the client is archived. */
function ArchivedNotice({ action, at }: { action: string; at: Date }) {
  const isRestoring = useNavigation().formData?.get('intent') === 'restore'
  return (
    <div className="mb-6">
      <Notice
        kind="info"
        title="This client is archived"
        announce
        action={
          <Form method="post" action={action}>
            <input type="hidden" name="intent" value="restore" />
            <Button type="submit" size="small" loading={isRestoring} loadingLabel="Restoring">
              Restore
            </Button>
          </Form>
        }
      >
        Archived on <Time at={at} />. It is left out of the client list; applications, evidence and reports
        are all kept. Restore it to work on it again.
      </Notice>
    </div>
  )
}
