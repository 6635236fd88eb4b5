import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { WorkbookChanges } from '#app/components/application/workbook-changes.tsx'
import { Button } from '#app/components/button.tsx'
import { DataTable } from '#app/components/data-table.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Time } from '#app/components/time.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { idParam, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { applyWorkbook, discardWorkbook, getWorkbook } from '#app/services/workbooks.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return answering(() => getWorkbook(member, idParam(params.workbookId)))
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const workbookId = idParam(params.workbookId)
  const form = await readForm(request)
  const intent = form.get('intent')
  if (intent !== 'apply' && intent !== 'discard') {
    return data(
      { refusal: { code: 'intent', message: 'Choose what to do with the workbook.' } },
      { status: 400 },
    )
  }
  return acting(async () => {
    if (intent === 'discard')
      return redirect(`/applications/${await discardWorkbook(member, workbookId)}/files`)
    const chosen = form.getAll('take').flatMap((value) => parseChoice(String(value)))
    const applicationId = await applyWorkbook(member, workbookId, Object.fromEntries(chosen))
    return redirect(`/applications/${applicationId}/sections`)
  })
}

/** `mfa-email 3`: the question, and the version of its answer that was shown. */
function parseChoice(value: string): [string, number][] {
  const match = /^([a-z][a-z0-9-]*) (\d{1,9})$/.exec(value)
  return match?.[1] ? [[match[1], Number(match[2])]] : []
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data ? `Workbook: ${data.workbook.fileName}` : 'Workbook') },
]

export default function WorkbookPage() {
  const page = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const navigation = useNavigation()
  const { workbook, application, changes, problems, notices } = page
  const isOpen = workbook.state === 'read' && application.state === 'draft'
  return (
    <>
      <PageHeader
        title={workbook.fileName}
        breadcrumb={[
          { label: page.client.legalName, href: `/clients/${page.client.id}` },
          { label: page.form.title, href: `/applications/${application.id}/files` },
        ]}
        meta={
          <span>
            Brought by {workbook.uploadedByName}, <Time at={workbook.uploadedAt} show="moment" />
          </span>
        }
        lead="What the workbook would change. Nothing is answered until you take it over; whoever takes it over stands for these answers."
      />
      {result && 'refusal' in result ? (
        <Notice kind="danger" announce>
          {result.refusal.message}
        </Notice>
      ) : null}
      {workbook.state !== 'read' ? (
        <Notice kind="info" title={workbook.state === 'applied' ? 'Taken over' : 'Thrown away'}>
          {workbook.settledAt ? <Time at={workbook.settledAt} show="moment" /> : null}
        </Notice>
      ) : null}
      {problems.length > 0 ? (
        <PageSection
          title="Cells that cannot be used"
          lead="They are left out; every other answer can be taken over. Correct them in the workbook and bring it back again, or answer here."
        >
          <DataTable
            caption="Cells that cannot be used"
            rows={problems}
            rowKey={(row) => `${row.sheet} ${row.cell} ${row.message}`}
            empty={null}
            columns={[
              { id: 'place', header: 'Cell', isRowHeader: true, cell: (row) => `${row.sheet}, ${row.cell}` },
              { id: 'message', header: 'What is wrong', cell: (row) => row.message },
            ]}
          />
        </PageSection>
      ) : null}
      {notices.length > 0 ? (
        <div className="mt-6">
          <Notice kind="info" title="About this workbook">
            <ul className="list-disc ps-5">
              {notices.map((notice) => (
                <li key={notice}>{notice}</li>
              ))}
            </ul>
          </Notice>
        </div>
      ) : null}
      <PageSection title={changes.length === 0 ? 'Nothing changes' : 'What changes'}>
        <Form method="post">
          <WorkbookChanges changes={changes} notes={page.notes} disabled={!isOpen} />
          {isOpen ? (
            <div className="mt-6 flex flex-wrap gap-2.5">
              {changes.length > 0 ? (
                <Button
                  type="submit"
                  name="intent"
                  value="apply"
                  variant="primary"
                  loading={navigation.state !== 'idle'}
                  loadingLabel="Taking over"
                >
                  Take over what is ticked
                </Button>
              ) : null}
              <Button type="submit" name="intent" value="discard">
                Throw the workbook away
              </Button>
            </div>
          ) : null}
        </Form>
      </PageSection>
    </>
  )
}
