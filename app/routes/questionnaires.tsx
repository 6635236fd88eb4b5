import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FilePlus2, FileText } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { DataTable } from '#app/components/data-table.tsx'
import { editionHref } from '#app/components/edition/addresses.ts'
import { EditionStateBadge } from '#app/components/edition/edition-state-badge.tsx'
import { TextLink } from '#app/components/link.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Time } from '#app/components/time.tsx'
import { requireMember } from '#app/http/member.server.ts'
import { listDefinitionDrafts } from '#app/services/definitions.server.ts'
import { listAllEditions } from '#app/services/editions.server.ts'
import { listQuestions } from '#questionnaires/definition.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const [editions, drafts] = await Promise.all([listAllEditions(member), listDefinitionDrafts(member)])
  return {
    editions: editions.map(({ edition, state, origin }) => ({
      formCode: edition.form.code,
      edition: edition.edition,
      title: edition.form.title,
      issuer: edition.form.issuer,
      publishedOn: edition.publishedOn,
      questionCount: listQuestions(edition).length,
      state,
      origin,
    })),
    drafts: drafts.map(({ id, name, changedAt, changedByName }) => ({ id, name, changedAt, changedByName })),
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Questionnaires') }]

export default function QuestionnairesPage() {
  const { editions, drafts } = useLoaderData<typeof loader>()
  const own = editions.filter(({ origin }) => origin === 'own')
  const builtIn = editions.filter(({ origin }) => origin === 'built-in')
  return (
    <>
      <PageHeader
        title="Questionnaires"
        lead="Insurers’ forms as published editions. An edition never changes: a new one is published beside it, and applications move on when you decide."
        actions={
          <>
            <ButtonLink icon={FileText} to="/documents">
              Insurers’ own forms
            </ButtonLink>
            <ButtonLink variant="primary" icon={FilePlus2} to="/questionnaires/new">
              Write a questionnaire
            </ButtonLink>
          </>
        }
      />
      {drafts.length > 0 ? (
        <PageSection title="Under work">
          <DataTable
            caption="Drafts"
            rows={drafts}
            rowKey={(row) => row.id}
            empty={null}
            columns={[
              {
                id: 'name',
                header: 'Draft',
                isRowHeader: true,
                cell: (row) => (
                  <TextLink quiet to={`/questionnaires/drafts/${row.id}`}>
                    {row.name}
                  </TextLink>
                ),
              },
              { id: 'by', header: 'Changed by', cell: (row) => row.changedByName },
              { id: 'at', header: 'Changed', cell: (row) => <Time at={row.changedAt} /> },
            ]}
          />
        </PageSection>
      ) : null}
      {own.length > 0 ? (
        <PageSection title="Published by your organisation">
          <EditionTable caption="Published by your organisation" editions={own} />
        </PageSection>
      ) : null}
      <PageSection
        title="Built-in library"
        lead="Invented insurers and our own words, built like the forms that insurers really use."
      >
        <EditionTable caption="Built-in library" editions={builtIn} />
      </PageSection>
    </>
  )
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['editions'][number]

function EditionTable({ caption, editions }: { caption: string; editions: Row[] }) {
  return (
    <DataTable
      caption={caption}
      rows={editions}
      rowKey={(row) => `${row.formCode} ${row.edition}`}
      empty={null}
      columns={[
        {
          id: 'title',
          header: 'Form and edition',
          isRowHeader: true,
          cell: (row) => (
            <TextLink quiet to={editionHref(row)}>
              {row.title}, edition {row.edition}
            </TextLink>
          ),
        },
        { id: 'issuer', header: 'Issuer', cell: (row) => row.issuer },
        { id: 'questions', header: 'Questions', align: 'end', cell: (row) => row.questionCount },
        { id: 'published', header: 'Published', cell: (row) => <Time at={row.publishedOn} /> },
        { id: 'state', header: 'State', cell: (row) => <EditionStateBadge state={row.state} /> },
      ]}
    />
  )
}
