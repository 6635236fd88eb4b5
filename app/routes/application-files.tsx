import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation, useRouteLoaderData } from '@remix-run/react'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { DataTable } from '#app/components/data-table.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { ArchiveLinks } from '#app/components/evidence/archive-links.tsx'
import { FileDrop } from '#app/components/file-drop.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Time } from '#app/components/time.tsx'
import { answering } from '#app/http/faults.server.ts'
import { takingFile } from '#app/http/form-upload.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getApplication } from '#app/services/applications.server.ts'
import { getArchiveCount } from '#app/services/evidence-archive.server.ts'
import { listFillable } from '#app/services/form-filling.server.ts'
import { listWorkbooks, receiveWorkbook } from '#app/services/workbooks.server.ts'
import type { loader as applicationLoader } from './application.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  return answering(async () => ({
    applicationId,
    archive: await getArchiveCount(member, applicationId),
    documents: await listFillable(member, applicationId),
    workbooks: await listWorkbooks(member, applicationId),
  }))
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  // Asked before the first byte is taken: a stranger's file has no place here.
  await answering(() => getApplication(member, applicationId))
  return takingFile(request, member, async (stored, fileName) =>
    redirect(`/workbooks/${await receiveWorkbook(member, applicationId, stored, fileName)}`),
  )
}

export const meta: MetaFunction = () => [{ title: pageTitle('Forms and workbooks') }]

const STATES = { read: 'To be decided', applied: 'Taken over', discarded: 'Thrown away' } as const

export default function ApplicationFilesPage() {
  const { applicationId, archive, documents, workbooks } = useLoaderData<typeof loader>()
  const application = useRouteLoaderData<typeof applicationLoader>('routes/application')
  const result = useActionData<typeof action>()
  const navigation = useNavigation()
  const here = `/applications/${applicationId}`
  const to = application ? `${application.form.code}/${application.form.edition}` : ''
  return (
    <>
      <PageSection
        title="The insurer’s own form"
        lead="Filled from the confirmed answers. Signature fields stay empty, and fields without an answer are listed."
        actions={<ButtonLink to="/documents">All insurers’ forms</ButtonLink>}
      >
        <DataTable
          caption="Forms that can be filled"
          rows={documents}
          rowKey={(row) => row.id}
          empty={
            <p className="border-rule border-t pt-4 text-ink-faint">
              None yet. Upload the insurer’s PDF or spreadsheet under “Insurers’ own forms”, map its fields
              once, and fill it here for every client.
            </p>
          }
          columns={[
            { id: 'name', header: 'Form', isRowHeader: true, cell: (row) => row.fileName },
            {
              id: 'fill',
              header: 'Fill',
              cell: (row) =>
                row.isMapped ? (
                  <ButtonLink size="small" to={`${here}/forms/${row.id}`}>
                    Look and download<span className="sr-only"> {row.fileName}</span>
                  </ButtonLink>
                ) : (
                  <ButtonLink size="small" to={`/documents/${row.id}/mapping?to=${to}`}>
                    Map fields first<span className="sr-only"> of {row.fileName}</span>
                  </ButtonLink>
                ),
            },
          ]}
        />
      </PageSection>
      <PageSection
        title="Answered offline"
        lead="Give the questions to somebody without an account as an Excel workbook, and bring their answers back. You see what changes before anything does."
      >
        {result && 'refusal' in result ? (
          <Notice kind="danger" title="The workbook was not taken" announce>
            {result.refusal.message}
          </Notice>
        ) : null}
        <div className="grid gap-8 lg:grid-cols-2">
          <div>
            <h3 className="font-semibold">1. Send it out</h3>
            <p className="mt-1 mb-3 max-w-measure text-ink-soft">
              One sheet a section, with the answers of today, lists to choose from and room for notes.
            </p>
            <DownloadLink href={`${here}/workbook`}>Download workbook</DownloadLink>
          </div>
          <Form method="post" encType="multipart/form-data" className="space-y-4">
            <h3 className="font-semibold">2. Bring it back</h3>
            <FileDrop
              name="file"
              label="Filled workbook"
              accept=".xlsx"
              invitation="The same workbook, filled in (.xlsx)"
            />
            <Button
              type="submit"
              variant="primary"
              loading={navigation.state !== 'idle'}
              loadingLabel="Reading"
            >
              Show what changes
            </Button>
          </Form>
        </div>
        {workbooks.length > 0 ? (
          <div className="mt-8">
            <DataTable
              caption="Workbooks that came back"
              showCaption
              rows={workbooks}
              rowKey={(row) => row.id}
              empty={null}
              columns={[
                {
                  id: 'name',
                  header: 'Workbook',
                  isRowHeader: true,
                  cell: (row) => (
                    <TextLink quiet to={`/workbooks/${row.id}`}>
                      {row.fileName}
                    </TextLink>
                  ),
                },
                { id: 'state', header: 'State', cell: (row) => STATES[row.state] },
                { id: 'by', header: 'Brought by', cell: (row) => row.uploadedByName },
                { id: 'at', header: 'When', cell: (row) => <Time at={row.uploadedAt} show="moment" /> },
              ]}
            />
          </div>
        ) : null}
      </PageSection>
      <PageSection
        title="The evidence"
        lead="Every file linked to this application’s questions or to their controls, with a manifest and hashes that sha256sum checks. Each file is read and compared with its hash before the download begins."
      >
        {archive.files === 0 ? (
          <p className="border-rule border-t pt-4 text-ink-faint">
            None is linked yet. “Add evidence” beside a question links it; so does naming a control on the
            page of the evidence.
          </p>
        ) : (
          <>
            <p className="mb-3 text-ink-soft">
              {archive.files === 1 ? 'One file' : `${archive.files} files`}
              {archive.redacted > 0
                ? `, ${archive.redacted} of them as a redacted copy. Originals stay here unless you choose otherwise.`
                : '.'}
            </p>
            <ArchiveLinks applicationId={applicationId} redacted={archive.redacted} />
          </>
        )}
      </PageSection>
    </>
  )
}
