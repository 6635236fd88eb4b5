import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { UsersRound } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { editionHref } from '#app/components/edition/addresses.ts'
import { ShortfallList } from '#app/components/edition/shortfall-list.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { TextLink } from '#app/components/link.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Stat, StatRow } from '#app/components/stat.tsx'
import { editionParam } from '#app/http/edition-params.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { lookAhead, type Outlook } from '#app/services/what-if.server.ts'

const SHOWN = 12

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { edition, rows } = await answering(() => lookAhead(member, editionParam(params)))
  // One client's list is sent whole when asked for: all of every client would be long for a page and for a network.
  const wholeClient = new URL(request.url).searchParams.get('client')
  return {
    formCode: edition.form.code,
    title: edition.form.title,
    edition: edition.edition,
    rows: rows.map((row) => {
      const isWhole = row.client.id === wholeClient
      return {
        ...row,
        isWhole,
        short: isWhole ? row.short : row.short.slice(0, SHOWN),
        unknown: isWhole ? row.unknown : row.unknown.slice(0, SHOWN),
      }
    }),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: pageTitle(
      data ? `Who would fall short: ${data.title}, edition ${data.edition}` : 'Who would fall short',
    ),
  },
]

export default function WhatIfPage() {
  const { formCode, title, edition, rows } = useLoaderData<typeof loader>()
  const clientsThat = (outlook: Outlook) => rows.filter((row) => row.outlook === outlook).length
  const questionsThat = (outlook: Outlook) => rows.reduce((sum, { counts }) => sum + counts[outlook], 0)
  return (
    <>
      <PageHeader
        title={`Who would fall short: ${title}, edition ${edition}`}
        breadcrumb={[
          { label: 'Questionnaires', href: '/questionnaires' },
          { label: `${title}, edition ${edition}`, href: editionHref({ formCode, edition }) },
        ]}
        lead="Each client as it would stand on this edition today, from answers already given and the evidence on file. Proposed answers are read as if they were confirmed; nothing is written."
      />
      {rows.length === 0 ? (
        <EmptyState
          icon={UsersRound}
          title="No clients yet"
          action={<ButtonLink to="/clients/new">Add a client</ButtonLink>}
        >
          Once you look after clients, this page says which of them a new edition would catch out, and on
          which question.
        </EmptyState>
      ) : (
        <>
          <StatRow>
            <Stat
              label="Would fall short"
              value={`${clientsThat('short')} of ${rows.length}`}
              detail={`On ${inQuestions(questionsThat('short'))}: contradicted by the evidence, or known not to be in place`}
              tone={clientsThat('short') > 0 ? 'bad' : 'ok'}
            />
            <Stat
              label="Not known yet"
              value={`${clientsThat('unknown')} of ${rows.length}`}
              detail={`${inQuestions(questionsThat('unknown'))}, all clients together: without an answer, or without fresh evidence`}
              tone={clientsThat('unknown') > 0 ? 'warn' : undefined}
            />
            <Stat
              label="Would stand as they are"
              value={`${clientsThat('fine')} of ${rows.length}`}
              detail={`${inQuestions(questionsThat('fine'))}, all clients together, are fine`}
            />
          </StatRow>
          <ol className="mt-10 border-rule border-t">
            {rows.map((row) => (
              <li key={row.client.id} className="border-hairline border-b py-5">
                <h2 className="font-semibold text-lead">
                  <TextLink quiet to={`/clients/${row.client.id}`}>
                    {row.client.legalName}
                  </TextLink>
                </h2>
                <p className="mt-0.5 text-caption text-ink-soft">
                  {row.applicationId
                    ? `From the application on edition ${row.fromEdition}.`
                    : 'No application on this form: from the answer bank and the evidence.'}
                </p>
                <p className="mt-1">
                  {row.outlook === 'fine'
                    ? `Would stand as it is: ${inQuestions(row.counts.fine)}, all fine.`
                    : `${inQuestions(row.counts.short)} would fall short, ${row.counts.unknown} not known yet, ${row.counts.fine} fine.`}
                </p>
                <ShortfallList
                  title="Would fall short"
                  clientName={row.client.legalName}
                  shortfalls={row.short}
                  hidden={row.counts.short - row.short.length}
                  allHref={`?client=${row.client.id}`}
                  isOpen
                />
                <ShortfallList
                  title="Not known yet"
                  clientName={row.client.legalName}
                  shortfalls={row.unknown}
                  hidden={row.counts.unknown - row.unknown.length}
                  allHref={`?client=${row.client.id}`}
                  isOpen={row.isWhole}
                />
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  )
}

function inQuestions(count: number): string {
  return count === 1 ? '1 question' : `${count} questions`
}
