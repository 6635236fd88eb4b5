import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { Button } from '#app/components/button.tsx'
import { DataTable } from '#app/components/data-table.tsx'
import { FileDrop } from '#app/components/file-drop.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Time } from '#app/components/time.tsx'
import { takingFile } from '#app/http/form-upload.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listDocuments, receiveDocument } from '#app/services/carrier-documents.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return { documents: await listDocuments(member) }
}

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  return takingFile(request, member, async (stored, fileName) =>
    redirect(`/documents/${await receiveDocument(member, stored, fileName)}`),
  )
}

export const meta: MetaFunction = () => [{ title: pageTitle('Insurers’ own forms') }]

export default function DocumentsPage() {
  const { documents } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const navigation = useNavigation()
  return (
    <>
      <PageHeader
        title="Insurers’ own forms"
        breadcrumb={[{ label: 'Questionnaires', href: '/questionnaires' }]}
        lead="Upload the PDF or spreadsheet that an insurer wants back. Say once which question fills which field; from then on it is filled from the answers of any client."
      />
      {result && 'refusal' in result ? (
        <Notice kind="danger" title="The form was not taken" announce>
          {result.refusal.message}
        </Notice>
      ) : null}
      <Form method="post" encType="multipart/form-data" className="mt-6 max-w-measure space-y-5">
        <FileDrop
          name="file"
          label="Fillable form"
          accept=".pdf,.xlsx,application/pdf"
          invitation="A PDF with form fields, or an Excel workbook (.xlsx)"
        />
        <Button
          type="submit"
          variant="primary"
          loading={navigation.state !== 'idle'}
          loadingLabel="Reading its fields"
        >
          Read its fields
        </Button>
      </Form>
      <PageSection title="Forms of your organisation">
        <DataTable
          caption="Insurers’ forms"
          rows={documents}
          rowKey={(row) => row.id}
          empty={
            <p className="border-rule border-t pt-4 text-ink-faint">
              None yet. A form that you upload appears here, with the editions it is mapped to.
            </p>
          }
          columns={[
            {
              id: 'name',
              header: 'Form',
              isRowHeader: true,
              cell: (row) => (
                <TextLink quiet to={`/documents/${row.id}`}>
                  {row.fileName}
                </TextLink>
              ),
            },
            { id: 'fields', header: 'Fields', align: 'end', cell: (row) => row.fieldCount },
            {
              id: 'mapped',
              header: 'Mapped to',
              cell: (row) =>
                row.mappings.length === 0
                  ? 'Nothing yet'
                  : row.mappings.map(({ formCode, edition }) => `${formCode} ${edition}`).join(', '),
            },
            { id: 'received', header: 'Received', cell: (row) => <Time at={row.receivedAt} /> },
          ]}
        />
      </PageSection>
    </>
  )
}
