import { zodResolver } from '@hookform/resolvers/zod'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react'
import { useForm } from 'react-hook-form'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { CheckboxField } from '#app/components/choice-field.tsx'
import { DataTable } from '#app/components/data-table.tsx'
import { FormErrorSummary } from '#app/components/form-error-summary.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { placesOf, questionPlaces } from '#app/components/questionnaire/question-places.ts'
import { BlankNoesNotice } from '#app/components/readiness/before-signing.tsx'
import { BlockingList, blockingRows } from '#app/components/readiness/blocking-list.tsx'
import { ReportStateBadge } from '#app/components/report/report-state-badge.tsx'
import { ReviewerFields } from '#app/components/report/reviewer-fields.tsx'
import { DateField, SelectField, TextField } from '#app/components/text-field.tsx'
import { Time } from '#app/components/time.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { LANGUAGE_NAMES, LANGUAGES } from '#app/language/languages.ts'
import { summarise } from '#app/readiness/summary.ts'
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
    declaration: edition.declaration.text,
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
  const parsed = parseWith(PrepareReportInput, formValues(await readForm(request)))
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

function PrepareForm({ page }: { page: ReturnType<typeof useLoaderData<typeof loader>> }) {
  const result = useActionData<typeof action>()
  const submit = useSubmit()
  const navigation = useNavigation()
  const form = useForm({
    resolver: zodResolver(PrepareReportInput),
    defaultValues: {
      contributorTitle: '',
      officerName: page.client.contactName ?? '',
      officerTitle: page.client.contactTitle ?? '',
      officerRole: '',
      officerEmail: page.client.contactEmail ?? '',
      coversFrom: page.client.policyInceptionOn ?? '',
      reviewerName: '',
      reviewerOrganisation: '',
      language: page.language,
    },
  })
  const serverErrors: Record<string, string> = result && 'fieldErrors' in result ? result.fieldErrors : {}
  const errorOf = (name: keyof typeof form.formState.errors) =>
    form.formState.errors[name]?.message ?? serverErrors[name]
  const fields = [
    'contributorTitle',
    'officerName',
    'officerTitle',
    'officerRole',
    'officerEmail',
    'coversFrom',
    'reviewerName',
    'reviewerOrganisation',
    'language',
    'certify',
  ] as const
  const problems = fields.flatMap((name) => {
    const message = errorOf(name)
    return message ? [{ fieldId: name, message }] : []
  })
  const { unsupported, stale } = page.summary.answers
  const send = form.handleSubmit((_input, event) =>
    submit(event?.target as HTMLFormElement, { method: 'post' }),
  )
  return (
    <form method="post" onSubmit={send} noValidate className="max-w-measure">
      <p className="text-ink-soft">
        A report carries two signatures of two people. You certify the technical facts and the evidence for{' '}
        {page.member.organisationName}; an officer of {page.client.legalName} attests the answers. Preparing
        the report freezes the answers as they are now.
      </p>
      {unsupported + stale > 0 ? (
        <div className="mt-5">
          <Notice kind="info">
            {unsupported + stale === 1
              ? 'One answer is stated without fresh evidence.'
              : `${unsupported + stale} answers are stated without fresh evidence.`}{' '}
            The report marks each, and the officer has to acknowledge each one.
          </Notice>
        </div>
      ) : null}
      {problems.length > 0 ? (
        <div className="mt-5">
          <FormErrorSummary problems={problems} />
        </div>
      ) : null}
      {result && 'refusal' in result ? (
        <div className="mt-5">
          <Notice kind="danger" announce>
            {result.refusal.message}
          </Notice>
        </div>
      ) : null}
      <PageSection title="Technical contributor">
        <div className="flex flex-col gap-5">
          <p>
            {page.member.name}, {page.member.organisationName}
          </p>
          <TextField
            {...form.register('contributorTitle')}
            id="contributorTitle"
            label="Your title"
            error={errorOf('contributorTitle')}
          />
          <CheckboxField
            {...form.register('certify')}
            id="certify"
            value="on"
            label="I certify that the technical facts and evidence were collected as stated, and that I have left out nothing I know that bears on them. I do not attest the answers for the insured."
            error={errorOf('certify')}
          />
        </div>
      </PageSection>
      <PageSection
        title="Officer of the insured"
        lead="Who will attest the answers. This edition accepts only the roles listed."
      >
        <div className="flex flex-col gap-5">
          <TextField
            {...form.register('officerName')}
            id="officerName"
            label="Full name"
            autoComplete="off"
            error={errorOf('officerName')}
          />
          <TextField
            {...form.register('officerTitle')}
            id="officerTitle"
            label="Title"
            autoComplete="off"
            error={errorOf('officerTitle')}
          />
          <SelectField
            {...form.register('officerRole')}
            id="officerRole"
            label="Role"
            placeholder="Choose a role"
            options={page.signerRoles.map(({ id, label }) => ({ value: id, label }))}
            error={errorOf('officerRole')}
          />
          <TextField
            {...form.register('officerEmail')}
            id="officerEmail"
            type="email"
            label="E-mail address"
            autoComplete="off"
            error={errorOf('officerEmail')}
          />
        </div>
      </PageSection>
      <PageSection
        title="Cover"
        lead="From that day on this application answers for the policy; a renewal signed earlier does not replace the one in force before it."
      >
        <DateField
          {...form.register('coversFrom')}
          id="coversFrom"
          label="Cover begins on (optional)"
          hint="The inception of the policy that is applied for."
          error={errorOf('coversFrom')}
        />
      </PageSection>
      <PageSection
        title="Language"
        lead="Of the report and its page for reading on screen, frozen with what is signed. Questions, answers and the officer’s declaration stay as they are."
      >
        <SelectField
          {...form.register('language')}
          id="language"
          label="Language of the report"
          options={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
          error={errorOf('language')}
        />
      </PageSection>
      <ReviewerFields field={(name) => ({ ...form.register(name), id: name, error: errorOf(name) })} />
      <div className="mt-8">
        <Button
          type="submit"
          variant="primary"
          loading={navigation.state !== 'idle'}
          loadingLabel="Preparing"
        >
          Certify and prepare the report
        </Button>
      </div>
    </form>
  )
}
