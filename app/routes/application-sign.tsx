import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ButtonLink } from '#app/components/button.tsx'
import { DataTable } from '#app/components/data-table.tsx'
import { Notice } from '#app/components/notice.tsx'
import { placesOf, questionPlaces } from '#app/components/questionnaire/question-places.ts'
import { BlankNoesNotice } from '#app/components/readiness/before-signing.tsx'
import { BlockingList, blockingRows } from '#app/components/readiness/blocking-list.tsx'
import { PrepareForm } from '#app/components/report/prepare-form.tsx'
import { ReportStateBadge } from '#app/components/report/report-state-badge.tsx'
import { Time } from '#app/components/time.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, listValues, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { summarise } from '#app/readiness/summary.ts'
import { listSigningFirms } from '#app/services/engagement-signing.server.ts'
import { getReadiness } from '#app/services/readiness.server.ts'
import { PrepareReportInput } from '#app/services/report-input.ts'
import { languageOfLastReport } from '#app/services/report-language.server.ts'
import { listReportsOfApplication, prepareReport } from '#app/services/reports.server.ts'
import { listBlankNoes } from '#questionnaires/blank-noes.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const { application, client, edition, readiness, input } = await answering(() =>
    getReadiness(member, applicationId),
  )
  const places = questionPlaces(edition, applicationId)
  const reports = await listReportsOfApplication(member, applicationId)
  return {
    applicationId,
    isFrozen: application.state === 'frozen',
    blocking: blockingRows(readiness.blocking, places),
    blankNoes: placesOf(listBlankNoes(edition, input.answers, input.circumstances), places),
    summary: summarise(readiness),
    signerRoles: edition.declaration.signerRoles,
    sections: edition.sections.map(({ id, title }) => ({ id, title })),
    signingFirms: await listSigningFirms(member, applicationId),
    language: await languageOfLastReport(member, client.id),
    member: { name: member.name, organisationName: member.organisationName },
    client: {
      legalName: client.legalName,
      contactName: client.contactName,
      contactTitle: client.contactTitle,
      contactEmail: client.contactEmail,
      policyInceptionOn: client.policyInceptionOn,
    },
    reports: reports.map(({ id, state, createdAt, attestedAt }) => ({
      id,
      state,
      createdAt,
      isAttested: attestedAt !== null,
    })),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const form = await readForm(request)
  const contributors = listValues(form, 'contributors')
  const parsed = parseWith(PrepareReportInput, { ...formValues(form), contributors })
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    const result = await prepareReport(member, applicationId, parsed.input)
    if (result.outcome === 'prepared') return redirect(`/reports/${result.reportId}`)
    return data(
      { refusal: { code: 'blocked', message: 'Something still keeps this application from being signed.' } },
      { status: 409 },
    )
  })
}

export default function SignPage() {
  const page = useLoaderData<typeof loader>()
  return (
    <>
      {page.reports.length > 0 ? (
        <div className="mb-8">
          <DataTable
            caption="Reports of this application"
            showCaption
            rows={page.reports}
            rowKey={(row) => row.id}
            empty={null}
            columns={[
              {
                id: 'report',
                header: 'Report',
                isRowHeader: true,
                cell: (row) => (
                  <Link className="text-link" to={`/reports/${row.id}`}>
                    Readiness report of <Time at={row.createdAt} />
                  </Link>
                ),
              },
              { id: 'state', header: 'State', cell: (row) => <ReportStateBadge state={row.state} /> },
            ]}
          />
        </div>
      ) : null}
      {page.isFrozen ? null : (
        <div className="mb-6 empty:hidden">
          <BlankNoesNotice rows={page.blankNoes} />
        </div>
      )}
      {page.isFrozen ? (
        <Notice kind="info" title="This application is closed">
          {page.reports.some(({ isAttested }) => isAttested)
            ? 'Its answers were signed by both sides and stay as they are. For a change, move them to a new application and sign that.'
            : 'Its answers were frozen into the report above. To change one, withdraw that report before the insured attests it.'}
        </Notice>
      ) : page.blocking.length > 0 ? (
        <Notice
          kind="warning"
          title="Not ready to sign"
          action={<ButtonLink to={`/applications/${page.applicationId}/readiness`}>See readiness</ButtonLink>}
        >
          <BlockingList rows={page.blocking} />
        </Notice>
      ) : (
        <PrepareForm page={page} />
      )}
    </>
  )
}
