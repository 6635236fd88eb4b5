import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Plus } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { DataTable } from '#app/components/data-table.tsx'
import { TextLink } from '#app/components/link.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { Time } from '#app/components/time.tsx'
import { requireMember } from '#app/http/member.server.ts'
import { listWaiverTemplates } from '#app/services/waiver-templates.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  return { templates: await listWaiverTemplates(await requireMember(request)) }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Templates of waivers') }]

export default function WaiverTemplatesPage() {
  const { templates } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="Templates of waivers"
        breadcrumb={[{ label: 'Account', href: '/account' }]}
        lead="What a waiver of a declined service starts from. Change the words to yours and have them read by your lawyer; a waiver keeps the text with which it was signed."
        actions={
          <ButtonLink icon={Plus} variant="primary" to="/waiver-templates/new">
            New template
          </ButtonLink>
        }
      />
      <DataTable
        caption="Templates"
        rows={templates}
        rowKey={({ key }) => key}
        empty={null}
        columns={[
          {
            id: 'name',
            header: 'Template',
            isRowHeader: true,
            cell: ({ key, name, service }) => (
              <>
                <TextLink to={`/waiver-templates/${key}`}>{name}</TextLink>
                <span className="wrap-anywhere block font-normal text-caption text-ink-soft">{service}</span>
              </>
            ),
          },
          {
            id: 'state',
            header: 'State',
            cell: ({ isRetired, version }) => (
              <StatusBadge
                word={isRetired ? 'Not used any more' : version === 0 ? 'Built in' : `Version ${version}`}
                tone={isRetired ? 'neutral' : version === 0 ? 'info' : 'accent'}
              />
            ),
          },
          {
            id: 'changed',
            header: 'Changed',
            cell: ({ changedAt, changedByName }) =>
              changedAt ? (
                <>
                  <Time at={changedAt} /> by {changedByName}
                </>
              ) : (
                'Never'
              ),
          },
        ]}
      />
    </>
  )
}
