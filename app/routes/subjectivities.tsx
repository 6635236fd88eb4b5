import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { ListChecks } from 'lucide-react'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { countOf } from '#app/components/counts.ts'
import { DownloadLink } from '#app/components/download-link.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { SubjectivityTable } from '#app/components/subjectivity/subjectivity-table.tsx'
import { SelectField } from '#app/components/text-field.tsx'
import { requireMember } from '#app/http/member.server.ts'
import { listPortfolioSubjectivities } from '#app/services/subjectivity-portfolio.server.ts'
import {
  isInView,
  SUBJECTIVITY_VIEWS,
  SubjectivitySearch,
  type SubjectivityView,
} from '#app/services/subjectivity-table.ts'

const LABEL: Record<SubjectivityView, string> = {
  due: 'To be met',
  open: 'Open',
  submitted: 'Submitted',
  lapsed: 'Lapsed',
  closed: 'Closed',
  waived: 'Waived',
  all: 'All',
}

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { state } = SubjectivitySearch.parse(Object.fromEntries(new URL(request.url).searchParams))
  const all = await listPortfolioSubjectivities(member)
  return {
    state,
    counts: SUBJECTIVITY_VIEWS.map((view) => ({
      view,
      count: all.filter(({ condition }) => isInView(condition.standing, view)).length,
    })),
    rows: all
      .filter(({ condition }) => isInView(condition.standing, state))
      .map(({ condition: { responses: _r, decisions: _d, extensions: _e, ...condition }, ...of }) => ({
        condition,
        of: { ...of, applicationId: condition.applicationId },
      })),
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Subjectivities') }]

const hrefOf = (view: SubjectivityView) =>
  view === 'due' ? '/subjectivities' : `/subjectivities?state=${view}`

export default function SubjectivitiesPage() {
  const { state, counts, rows } = useLoaderData<typeof loader>()
  const of = (view: SubjectivityView) => counts.find((count) => count.view === view)?.count ?? 0
  return (
    <>
      <PageHeader
        title="Subjectivities"
        breadcrumb={[{ label: 'Clients', href: '/clients' }]}
        lead="What insurers make quotes and binders depend on, across all clients; the next due first."
        actions={
          of('all') > 0 ? (
            <DownloadLink href={`/subjectivities/export?state=${state}`}>Export as CSV</DownloadLink>
          ) : null
        }
      />
      {of('lapsed') > 0 ? (
        <div className="mb-5">
          <Notice
            kind="danger"
            title={`${countOf(of('lapsed'), 'condition')} past ${of('lapsed') === 1 ? 'its' : 'their'} day`}
          >
            A quote expires and a binder lapses over open conditions. Ask the insurer for more time, or for a
            decision on what was sent.
          </Notice>
        </div>
      ) : null}
      {of('all') > 0 ? (
        <Form method="get" key={state} className="mb-5 flex flex-wrap items-end gap-3">
          <SelectField
            name="state"
            id="state"
            label="State"
            className="max-sm:w-full sm:w-56"
            defaultValue={state}
            options={SUBJECTIVITY_VIEWS.map((view) => ({
              value: view,
              label: `${LABEL[view]} (${of(view)})`,
            }))}
          />
          <Button type="submit" className="max-sm:w-full">
            Show
          </Button>
        </Form>
      ) : null}
      {rows.length > 0 ? (
        <SubjectivityTable caption={`Conditions: ${LABEL[state].toLowerCase()}`} rows={rows} />
      ) : (
        <EmptyState
          icon={ListChecks}
          title={of('all') === 0 ? 'No conditions recorded' : 'None of this state'}
          action={
            of('all') === 0 ? (
              <ButtonLink to="/clients">See the clients</ButtonLink>
            ) : (
              <ButtonLink to={hrefOf('all')}>Show all</ButtonLink>
            )
          }
        >
          {of('all') === 0
            ? 'Open an application of a client and record there what the insurer asks for before or after the bind. Every condition then stands here by its day.'
            : 'Conditions appear here as soon as they are of this state.'}
        </EmptyState>
      )}
    </>
  )
}
