import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ButtonLink } from '#app/components/button.tsx'
import { DataTable } from '#app/components/data-table.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { RefusedError } from '#app/services/errors.ts'
import { fillForm } from '#app/services/form-filling.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const documentId = idParam(params.documentId)
  try {
    const { report, documentName } = await answering(() => fillForm(member, applicationId, documentId))
    return { applicationId, documentId, report, documentName }
  } catch (error) {
    if (error instanceof RefusedError) throw data({ sentence: error.message }, { status: 409 })
    throw error
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data ? `Fill ${data.documentName}` : 'Fill the insurer’s form') },
]

const WHY: Record<string, string> = {
  signature: 'A person signs here',
  unmapped: 'Not mapped',
  'no-answer': 'No confirmed answer',
  'hidden-question': 'The question does not apply',
  'read-only': 'The insurer fixed this field',
  'does-not-fit': 'The answer does not fit',
}

export default function FilledFormPage() {
  const { applicationId, documentId, report, documentName } = useLoaderData<typeof loader>()
  const here = `/applications/${applicationId}/forms/${documentId}`
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <h2 className="font-semibold text-section">{documentName}</h2>
          <p className="mt-1 max-w-measure text-ink-soft">
            {report.filled.length} fields filled, {report.leftEmpty.length} left empty.
          </p>
        </div>
        <div className="flex flex-wrap gap-2.5">
          <DownloadLink href={`${here}/file`}>Download filled form</DownloadLink>
          <ButtonLink to={`/applications/${applicationId}/files`}>Back</ButtonLink>
        </div>
      </div>
      {report.notices.length > 0 ? (
        <div className="mt-5">
          <Notice kind="info" title="About this file">
            <ul className="list-disc ps-5">
              {report.notices.map((notice) => (
                <li key={notice}>{notice}</li>
              ))}
            </ul>
          </Notice>
        </div>
      ) : null}
      <PageSection title="Left empty">
        <DataTable
          caption="Fields left empty"
          rows={report.leftEmpty}
          rowKey={(row) => row.field}
          empty={<p className="text-ink-soft">Every field is filled.</p>}
          columns={[
            { id: 'field', header: 'Field', isRowHeader: true, cell: (row) => row.label || row.field },
            { id: 'why', header: 'Why', cell: (row) => WHY[row.why] ?? row.why },
          ]}
        />
      </PageSection>
      <PageSection title="Filled">
        <DataTable
          caption="Fields filled"
          rows={report.filled}
          rowKey={(row) => row.field}
          empty={
            <p className="text-ink-soft">Nothing yet: none of the mapped questions has a confirmed answer.</p>
          }
          columns={[
            { id: 'field', header: 'Field', isRowHeader: true, cell: (row) => row.field },
            { id: 'text', header: 'With', cell: (row) => <span className="break-words">{row.text}</span> },
          ]}
        />
      </PageSection>
    </>
  )
}
