import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { BinderForm, QuoteForm, TakeBackForm } from '#app/components/subjectivity/quote-forms.tsx'
import { bindingTexts } from '#app/components/subjectivity/subjectivity-words.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { recordBinder, recordQuote, takeBinderBack } from '#app/services/bindings.server.ts'
import { listSubjectivities } from '#app/services/subjectivities.server.ts'
import { binderInput, quoteInput, SeenVersion, WithdrawInput } from '#app/services/subjectivity-input.ts'

const today = () => new Date().toISOString().slice(0, 10)

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const { binding, binder, client, formTitle, issuer } = await answering(() =>
    listSubjectivities(member, applicationId),
  )
  return {
    applicationId,
    formTitle,
    client: { id: client.id, legalName: client.legalName },
    binder,
    version: binding?.version ?? 0,
    isBound: Boolean(binding?.boundOn),
    recordedByName: binding?.recordedByName ?? null,
    known: {
      insurer: binding?.insurer ?? issuer ?? '',
      quoteReference: binding?.quoteReference ?? '',
      quotedOn: binding?.quotedOn ?? '',
      boundOn: binding?.boundOn ?? '',
      binderExpiresOn: binding?.binderExpiresOn ?? '',
      expirySource: binding?.expirySource ?? '',
    },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const values = formValues(await readForm(request))
  const seen = parseWith(SeenVersion, values)
  if (!seen.ok) return data({ fieldErrors: seen.fieldErrors, form: '', typed: {} }, { status: 400 })
  const { seenVersion } = seen.input
  const typed = bindingTexts(values)
  const refuse = (form: string, fieldErrors: Record<string, string>) =>
    data({ fieldErrors, form, typed }, { status: 400 })
  const save = (work: () => Promise<'saved' | 'conflict'>) =>
    acting(async () => {
      // With status 200: after any other the page would not load anew, and send the old version again.
      if ((await work()) === 'conflict') return { outcome: 'conflict' as const, typed }
      return redirect(`/applications/${applicationId}/subjectivities`)
    })
  if (values.intent === 'bind') {
    const parsed = parseWith(binderInput(today), values)
    if (!parsed.ok) return refuse('bind', parsed.fieldErrors)
    return save(() => recordBinder(member, applicationId, seenVersion, parsed.input))
  }
  if (values.intent === 'unbind') {
    const parsed = parseWith(WithdrawInput, values)
    if (!parsed.ok) return refuse('unbind', parsed.fieldErrors)
    return save(() => takeBinderBack(member, applicationId, seenVersion, parsed.input.reason))
  }
  const parsed = parseWith(quoteInput(today), values)
  if (!parsed.ok) return refuse('quote', parsed.fieldErrors)
  return save(() => recordQuote(member, applicationId, seenVersion, parsed.input))
}

export const meta: MetaFunction = () => [{ title: pageTitle('Quote and binder') }]

export default function BindingPage() {
  const page = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { applicationId, client, version, binder, isBound } = page
  const here = `/applications/${applicationId}`
  const texts = { reason: '', ...page.known, ...(result && 'typed' in result ? result.typed : {}) }
  const errorsOf = (form: string) =>
    result && 'fieldErrors' in result && result.form === form ? result.fieldErrors : undefined
  return (
    <>
      <PageHeader
        title="Quote and binder"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: `/clients/${client.id}` },
          { label: page.formTitle, href: here },
          { label: 'Subjectivities', href: `${here}/subjectivities` },
        ]}
        lead="What the insurer offered, and when cover was bound. Each change is recorded in the ledger."
      />
      {result && 'refusal' in result ? (
        <Notice kind="danger" announce title={result.refusal.message} />
      ) : null}
      {result && 'outcome' in result ? (
        <Notice kind="warning" announce title="Somebody else saved this in the meantime">
          Nothing was overwritten. {page.recordedByName} saved it last. What you typed still stands below;
          saving it now replaces their values.
        </Notice>
      ) : null}
      <PageSection title="Quote">
        <QuoteForm key={version} texts={texts} fieldErrors={errorsOf('quote')} version={version} />
      </PageSection>
      {version > 0 ? (
        <PageSection title="Bind">
          {binder.kind === 'held' ? (
            <p className="mb-4 max-w-measure text-ink-soft">
              While conditions before the bind are open, no binder can be recorded.
            </p>
          ) : null}
          <BinderForm key={version} texts={texts} fieldErrors={errorsOf('bind')} version={version} />
          {isBound ? (
            <div className="mt-6">
              <TakeBackForm key={version} texts={texts} fieldErrors={errorsOf('unbind')} version={version} />
            </div>
          ) : null}
        </PageSection>
      ) : null}
    </>
  )
}
