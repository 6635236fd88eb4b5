import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useLoaderData, useSubmit } from '@remix-run/react'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { ConfirmDialog } from '#app/components/confirm-dialog.tsx'
import { DataTable } from '#app/components/data-table.tsx'
import { FieldName } from '#app/components/document/field-name.tsx'
import { EditionStateBadge } from '#app/components/edition/edition-state-badge.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Time } from '#app/components/time.tsx'
import { countFillable, fieldsInWords } from '#app/documents/field-counts.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getDocument, removeDocument } from '#app/services/carrier-documents.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return answering(() => getDocument(member, idParam(params.documentId)))
}

/** The one thing to do here is to remove it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  return acting(async () => {
    await removeDocument(member, idParam(params.documentId))
    return redirect('/documents')
  })
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data?.document.fileName ?? 'Insurer’s form') },
]

export default function DocumentPage() {
  const { document, editions } = useLoaderData<typeof loader>()
  const submit = useSubmit()
  const { reading } = document
  const here = `/documents/${document.id}`
  return (
    <>
      <PageHeader
        title={document.fileName}
        breadcrumb={[
          { label: 'Questionnaires', href: '/questionnaires' },
          { label: 'Insurers’ own forms', href: '/documents' },
        ]}
        meta={
          <>
            <span>
              {fieldsInWords(reading.fields)}, on{' '}
              {count(reading.pages, reading.kind === 'pdf' ? 'page' : 'sheet')}
            </span>
            <span>
              Received <Time at={document.receivedAt} /> from {document.receivedByName}
            </span>
          </>
        }
        actions={
          <ConfirmDialog
            trigger={<Button variant="quiet">Remove</Button>}
            title={`Remove ${document.fileName}?`}
            confirmLabel="Remove form"
            onConfirm={() => submit({}, { method: 'post' })}
            danger
          >
            It is no longer offered to be filled. Upload the same file again to bring it back with its
            mappings.
          </ConfirmDialog>
        }
      />
      {reading.notices.length > 0 ? (
        <Notice kind="info" title="About this file">
          <ul className="list-disc ps-5">
            {reading.notices.map((notice) => (
              <li key={notice}>{notice}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <PageSection
        title="Which questionnaire fills it"
        lead="A mapping belongs to one edition: another edition may ask the same thing differently."
      >
        <DataTable
          caption="Editions this form can be mapped to"
          rows={editions}
          rowKey={(row) => `${row.formCode} ${row.edition}`}
          empty={null}
          columns={[
            {
              id: 'edition',
              header: 'Edition',
              isRowHeader: true,
              cell: (row) => `${row.title}, edition ${row.edition}`,
            },
            { id: 'state', header: 'State', cell: (row) => <EditionStateBadge state={row.state} /> },
            {
              id: 'mapped',
              header: 'Mapped',
              cell: (row) =>
                row.mapped === null ? (
                  <span className="text-ink-faint">Not yet</span>
                ) : (
                  <>
                    {row.mapped} of {countFillable(reading.fields)} fields, {row.savedByName}
                  </>
                ),
            },
            {
              id: 'do',
              header: 'Mapping',
              cell: (row) => (
                <ButtonLink size="small" to={`${here}/mapping?to=${row.formCode}/${row.edition}`}>
                  {row.mapped === null ? 'Map fields' : 'Change'}
                  <span className="sr-only">
                    {' '}
                    for {row.title}, edition {row.edition}
                  </span>
                </ButtonLink>
              ),
            },
          ]}
        />
      </PageSection>
      <PageSection title="Its fields">
        <DataTable
          caption="Fields of the form"
          rows={reading.fields}
          rowKey={(row) => row.name}
          empty={null}
          columns={[
            {
              id: 'label',
              header: 'Field',
              isRowHeader: true,
              cell: (row) => <FieldName label={row.label} name={row.name} />,
            },
            { id: 'kind', header: 'Kind', cell: (row) => row.kind },
            {
              id: 'place',
              header: 'Place',
              cell: (row) =>
                'page' in row.place ? `Page ${row.place.page}` : `${row.place.sheet}, ${row.place.cell}`,
            },
            { id: 'options', header: 'Choices', cell: (row) => row.options.join(', ') },
          ]}
        />
      </PageSection>
    </>
  )
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`
