import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Plus, Webhook } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { DataTable } from '#app/components/data-table.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { TextLink } from '#app/components/link.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { lookOf } from '#app/components/webhook/webhook-states.ts'
import { requireMember } from '#app/http/member.server.ts'
import { forOwners } from '#app/http/webhook-page.server.ts'
import { WEBHOOK_FORMAT_LIST } from '#app/services/webhook-formats.ts'
import { listWebhooks } from '#app/services/webhooks.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return { webhooks: await forOwners(() => listWebhooks(member)) }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Webhooks') }]

export default function WebhooksPage() {
  const { webhooks } = useLoaderData<typeof loader>()
  const add = (
    <ButtonLink icon={Plus} variant="primary" to="/webhooks/new">
      New webhook
    </ButtonLink>
  )
  return (
    <>
      <PageHeader
        title="Webhooks"
        breadcrumb={[{ label: 'Account', href: '/account' }]}
        lead="What happens here becomes a ticket in your PSA tool, or a message to a program of yours."
        actions={webhooks.length > 0 ? add : null}
      />
      <DataTable
        caption="Webhooks"
        rows={webhooks}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={Webhook} title="Nobody is told anything yet" action={add}>
            A webhook calls an address of yours when a request is due, an assessor asks for more, evidence
            contradicts an answer, or a report is signed. You choose which of these.
          </EmptyState>
        }
        columns={[
          {
            id: 'name',
            header: 'Webhook',
            isRowHeader: true,
            cell: ({ id, name, url }) => (
              <>
                <TextLink to={`/webhooks/${id}`}>{name}</TextLink>
                <span className="wrap-anywhere block font-normal text-caption text-ink-soft">
                  {new URL(url).host}
                </span>
              </>
            ),
          },
          { id: 'format', header: 'Written as', cell: ({ format }) => WEBHOOK_FORMAT_LIST[format].label },
          { id: 'failed', header: 'Given up', align: 'end', cell: ({ failed }) => failed },
          { id: 'state', header: 'State', cell: ({ state }) => <StatusBadge {...lookOf(state)} /> },
        ]}
      />
    </>
  )
}
