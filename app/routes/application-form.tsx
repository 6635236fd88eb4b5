import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ButtonLink } from '#app/components/button.tsx'
import { DataTable } from '#app/components/data-table.tsx'
import { FieldName } from '#app/components/document/field-name.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { tellingRefusals } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { fillForm } from '#app/services/form-filling.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const documentId = idParam(params.documentId)
  const { report, documentName } = await tellingRefusals(() => fillForm(member, applicationId, documentId))
  return { applicationId, documentId, report, documentName }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data ? `Fill ${data.documentName}` : 'Fill the insurer’s form') },
]

type Report = Awaited<ReturnType<typeof fillForm>>['report']

const WHY: Record<Report['leftEmpty'][number]['why'], string> = {
  signature: 'A person signs here',
  unmapped: 'Not mapped',
  'no-answer': 'No confirmed answer',
  'hidden-question': 'The question does not apply',
  'read-only': 'The insurer fixed this field',
  'does-not-fit': 'The answer does not fit',
}

/** Every field of the form stands in one of the lists, so that their sum is its number of fields. */
function summaryOf({ filled, leftEmpty, kept }: Report): string {
  const all = filled.length + leftEmpty.length + kept.length
  const signatures = leftEmpty.filter(({ why }) => why === 'signature').length
  const parts = [
    `${inWords(filled.length)} filled`,
    `${leftEmpty.length} left empty`,
    ...(kept.length > 0
      ? [`${kept.length} kept as the insurer’s file has ${kept.length === 1 ? 'it' : 'them'}`]
      : []),
  ]
  const signed =
    signatures > 0 ? `, ${signatures} of them for ${signatures === 1 ? 'a signature' : 'signatures'}` : ''
  return `${parts.join(', ')}. The form has ${inWords(all)}${signed}.`
}

const inWords = (fields: number) => `${fields} ${fields === 1 ? 'field' : 'fields'}`

const FIELD = {
  id: 'field',
  header: 'Field',
  isRowHeader: true,
  cell: (row: { field: string; label: string }) => <FieldName label={row.label} name={row.field} />,
}

export default function FilledFormPage() {
  const { applicationId, documentId, report, documentName } = useLoaderData<typeof loader>()
  const removed = report.leftEmpty.filter((row) => row.removed !== undefined).length
  const here = `/applications/${applicationId}/forms/${documentId}`
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <h2 className="font-semibold text-section">{documentName}</h2>
          <p className="mt-1 max-w-measure text-ink-soft">{summaryOf(report)}</p>
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
      {removed > 0 ? (
        <div className="mt-5">
          <Notice
            kind="warning"
            title={`${removed === 1 ? 'One value was' : `${removed} values were`} taken out of the insurer’s file`}
          >
            They stood in fields that are mapped to a question, and no confirmed answer supports them. Each is
            named below, under “Left empty”.
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
            FIELD,
            {
              id: 'why',
              header: 'Why',
              cell: ({ why, removed }) => (
                <>
                  {WHY[why]}
                  {removed === undefined ? null : (
                    <span className="block break-words text-caption text-ink-soft">
                      Taken out: “{removed}”, which the insurer’s file held.
                    </span>
                  )}
                </>
              ),
            },
          ]}
        />
      </PageSection>
      {report.kept.length > 0 ? (
        <PageSection
          title="Kept as the insurer’s file has it"
          lead="These fields came with something in them, and no question fills them. Look at each before you send the form."
        >
          <DataTable
            caption="Fields kept as the insurer’s file has them"
            rows={report.kept}
            rowKey={(row) => row.field}
            empty={null}
            columns={[
              FIELD,
              {
                id: 'value',
                header: 'Holds',
                cell: (row) => <span className="break-words">{row.value}</span>,
              },
              { id: 'why', header: 'Why', cell: (row) => WHY[row.why] },
            ]}
          />
        </PageSection>
      ) : null}
      <PageSection title="Filled">
        <DataTable
          caption="Fields filled"
          rows={report.filled}
          rowKey={(row) => row.field}
          empty={
            <p className="text-ink-soft">Nothing yet: none of the mapped questions has a confirmed answer.</p>
          }
          columns={[
            FIELD,
            { id: 'text', header: 'With', cell: (row) => <span className="break-words">{row.text}</span> },
          ]}
        />
      </PageSection>
    </>
  )
}
