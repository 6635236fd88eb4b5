/** The form that freezes an application into a report: who certifies, who attests, and who else signs. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useActionData, useNavigation, useSubmit } from '@remix-run/react'
import { type Path, useForm } from 'react-hook-form'
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '#app/language/languages.ts'
import { PrepareReportInput } from '#app/services/report-input.ts'
import { Button } from '../button.tsx'
import { CheckboxField } from '../choice-field.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { DateField, SelectField, TextField } from '../text-field.tsx'
import { ContributorFields } from './contributor-fields.tsx'
import { errorIn, listProblems, type PrepareValues } from './prepare-values.ts'
import { ReviewerFields } from './reviewer-fields.tsx'

interface PreparePage {
  member: { name: string; organisationName: string }
  client: {
    legalName: string
    contactName: string | null
    contactTitle: string | null
    contactEmail: string | null
    policyInceptionOn: string | null
  }
  signerRoles: { id: string; label: string }[]
  /** Of the edition, in its order. */
  sections: { id: string; title: string }[]
  signingFirms: string[]
  language: Language
  summary: { answers: { unsupported: number; stale: number } }
}

type Reply =
  | { fieldErrors: Record<string, string> }
  | { refusal: { code: string; message: string } }
  | undefined

export function PrepareForm({ page }: { page: PreparePage }) {
  const result = useActionData() as Reply
  const submit = useSubmit()
  const navigation = useNavigation()
  const form = useForm<PrepareValues>({
    resolver: zodResolver(PrepareReportInput) as never,
    defaultValues: {
      contributorTitle: '',
      officerName: page.client.contactName ?? '',
      officerTitle: page.client.contactTitle ?? '',
      officerRole: '',
      officerEmail: page.client.contactEmail ?? '',
      coversFrom: page.client.policyInceptionOn ?? '',
      reviewerName: '',
      reviewerOrganisation: '',
      reviewerTitle: '',
      reviewerEmail: '',
      language: page.language,
      contributors: [],
    },
  })
  const serverErrors: Record<string, string> = result && 'fieldErrors' in result ? result.fieldErrors : {}
  const errorOf = (name: string) => errorIn(form, serverErrors, name)
  const field = (name: Path<PrepareValues>) => ({ ...form.register(name), id: name, error: errorOf(name) })
  const problems = listProblems(form, serverErrors)
  const { unsupported, stale } = page.summary.answers
  const send = form.handleSubmit((_input, event) =>
    submit(event?.target as HTMLFormElement, { method: 'post' }),
  )
  return (
    <form method="post" onSubmit={send} noValidate className="max-w-measure">
      <p className="text-ink-soft">
        A report carries the signatures of both sides. You certify the technical facts and the evidence for{' '}
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
          <TextField {...field('contributorTitle')} label="Your title" />
          <CheckboxField
            {...field('certify')}
            value="on"
            label="I certify that the technical facts and evidence were collected as stated, and that I have left out nothing I know that bears on them. I do not attest the answers for the insured."
          />
        </div>
      </PageSection>
      <PageSection
        title="Officer of the insured"
        lead="Who will attest the answers. This edition accepts only the roles listed."
      >
        <div className="flex flex-col gap-5">
          <TextField {...field('officerName')} label="Full name" autoComplete="off" />
          <TextField {...field('officerTitle')} label="Title" autoComplete="off" />
          <SelectField
            {...field('officerRole')}
            label="Role"
            placeholder="Choose a role"
            options={page.signerRoles.map(({ id, label }) => ({ value: id, label }))}
          />
          <TextField {...field('officerEmail')} type="email" label="E-mail address" autoComplete="off" />
        </div>
      </PageSection>
      <PageSection
        title="Cover"
        lead="From that day on this application answers for the policy; a renewal signed earlier does not replace the one in force before it."
      >
        <DateField
          {...field('coversFrom')}
          label="Cover begins on (optional)"
          hint="The inception of the policy that is applied for."
        />
      </PageSection>
      <PageSection
        title="Language"
        lead="Of the report, its page for reading on screen and what people read before they sign by link; frozen with what is signed. Questions, choices and the officer’s declaration stay as they are."
      >
        <SelectField
          {...field('language')}
          label="Language of the report"
          options={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
        />
      </PageSection>
      <ContributorFields
        form={form}
        errorOf={errorOf}
        field={field}
        sections={page.sections}
        organisations={[page.client.legalName, page.member.organisationName]}
      />
      <ReviewerFields firms={page.signingFirms} field={field} />
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
