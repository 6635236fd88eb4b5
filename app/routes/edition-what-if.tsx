import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { UsersRound } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { editionHref } from '#app/components/edition/addresses.ts'
import { EmptyState } from '#app/components/empty-state.tsx'
import { TextLink } from '#app/components/link.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Stat, StatRow } from '#app/components/stat.tsx'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { editionParam } from '#app/http/edition-params.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { lookAhead, type Shortfall } from '#app/services/what-if.server.ts'

const SHOWN = 12

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { edition, rows } = await answering(() => lookAhead(member, editionParam(params)))
  return {
    formCode: edition.form.code,
    title: edition.form.title,
    edition: edition.edition,
    rows: rows.map((row) => ({
      ...row,
      shortfalls: row.shortfalls.slice(0, SHOWN),
      hidden: row.shortfalls.length - SHOWN,
    })),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: pageTitle(
      data ? `Who would fall short: ${data.title}, edition ${data.edition}` : 'Who would fall short',
    ),
  },
]

const WHY: Record<Shortfall['why'], { word: string; tone: 'bad' | 'warn' | 'info' | 'neutral' }> = {
  contradicted: { word: 'Contradicted', tone: 'bad' },
  'not-in-place': { word: 'Not in place', tone: 'warn' },
  unsupported: { word: 'Unsupported', tone: 'info' },
  unanswered: { word: 'Unanswered', tone: 'neutral' },
}

export default function WhatIfPage() {
  const { formCode, title, edition, rows } = useLoaderData<typeof loader>()
  const falling = rows.filter(({ counts }) => counts.contradicted + counts['not-in-place'] > 0)
  const sum = (why: Shortfall['why']) => rows.reduce((total, { counts }) => total + counts[why], 0)
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
              value={`${falling.length} of ${rows.length}`}
              tone={falling.length > 0 ? 'bad' : 'ok'}
            />
            <Stat label="Contradicted" value={sum('contradicted')} />
            <Stat label="Not in place" value={sum('not-in-place')} />
            <Stat label="Unsupported" value={sum('unsupported')} />
            <Stat label="Unanswered" value={sum('unanswered')} />
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
                    : 'No application on this form: from the answer bank and the evidence.'}{' '}
                  {row.counts.contradicted} contradicted, {row.counts['not-in-place']} not in place,{' '}
                  {row.counts.unsupported} unsupported, {row.counts.unanswered} unanswered.
                </p>
                {row.shortfalls.length > 0 ? (
                  <details className="mt-2" open={row.counts.contradicted + row.counts['not-in-place'] > 0}>
                    <summary className="cursor-pointer py-1 text-accent text-caption">
                      Questions<span className="sr-only"> of {row.client.legalName}</span>
                    </summary>
                    <ul className="mt-1 space-y-2.5">
                      {row.shortfalls.map((shortfall) => (
                        <li key={shortfall.questionId} className="max-w-measure">
                          <StatusBadge {...WHY[shortfall.why]} />{' '}
                          <span className="text-caption text-ink-faint">Item {shortfall.item}</span>
                          <p>{shortfall.prompt}</p>
                          <p className="text-caption text-ink-soft">{shortfall.sentence}</p>
                        </li>
                      ))}
                    </ul>
                    {row.hidden > 0 ? (
                      <p className="mt-2 text-caption text-ink-soft">And {row.hidden} more.</p>
                    ) : null}
                  </details>
                ) : (
                  <p className="mt-1">Would stand as it is.</p>
                )}
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  )
}
