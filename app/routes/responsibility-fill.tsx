import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { ClipboardList } from 'lucide-react'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { countOf } from '#app/components/counts.ts'
import { EmptyState } from '#app/components/empty-state.tsx'
import { FormErrorSummary } from '#app/components/form-error-summary.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { DateField } from '#app/components/text-field.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { fillFromTemplate, listTemplateOffers } from '#app/services/responsibility.server.ts'
import { fillInput } from '#app/services/responsibility-input.ts'
import { describeParty } from '#app/services/responsibility-matrix.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { client, offers, isTemplateEmpty } = await answering(() =>
    listTemplateOffers(member, idParam(params.clientId)),
  )
  return {
    client: { id: client.id, legalName: client.legalName },
    isTemplateEmpty,
    offers: offers.map(({ controlId, label, domain, askedBy, held }) => ({
      value: `${controlId} ${held.version}`,
      controlId,
      label,
      domain,
      isAsked: askedBy.length > 0,
      shown: describeParty(held),
      note: held.note,
    })),
  }
}

const today = () => new Date().toISOString().slice(0, 10)

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const values = formValues(await readForm(request))
  const parsed = parseWith(fillInput(today), values)
  if (!parsed.ok) {
    const typed = { agreedOn: typeof values.agreedOn === 'string' ? values.agreedOn : '' }
    return data({ fieldErrors: parsed.fieldErrors, typed }, { status: 400 })
  }
  return acting(async () => {
    const { filled, leftAlone } = await fillFromTemplate(member, clientId, parsed.input)
    // What changed since the page was opened is looked at again rather than passed over in silence.
    return leftAlone > 0 ? { filled, leftAlone } : redirect(`/clients/${clientId}/responsibility`)
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('Fill from the template') }]

export default function ResponsibilityFillPage() {
  const { client, offers, isTemplateEmpty } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const isSending = useNavigation().state !== 'idle'
  const here = `/clients/${client.id}/responsibility`
  const errors: Record<string, string> = reply && 'fieldErrors' in reply ? reply.fieldErrors : {}
  return (
    <>
      <PageHeader
        title="Fill from the template"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: `/clients/${client.id}` },
          { label: 'Responsibility', href: here },
        ]}
        lead="What your template would set for this client. Only controls on which nothing is agreed are listed; whatever was recorded stays."
      />
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      {reply && 'leftAlone' in reply ? (
        <Notice kind="warning" announce title={`${countOf(reply.leftAlone, 'control')} left alone`}>
          The template or the client’s matrix changed since this page was opened.{' '}
          {countOf(reply.filled, 'control')} filled. What is still open is listed below as it would be set
          now.
        </Notice>
      ) : null}
      {offers.length === 0 ? (
        <EmptyState
          icon={ClipboardList}
          title={isTemplateEmpty ? 'The template is empty' : 'Nothing left to fill'}
          action={
            <>
              <ButtonLink to="/responsibility-template">Open the template</ButtonLink>
              <ButtonLink to={here}>Back to the matrix</ButtonLink>
            </>
          }
        >
          {isTemplateEmpty
            ? 'Say once what you take on in general; then every client’s matrix can start from it.'
            : 'Every control that the template speaks about has somebody responsible, or was decided to have nobody.'}
        </EmptyState>
      ) : (
        <Form method="post" noValidate>
          <FormErrorSummary
            problems={Object.entries(errors).map(([name, message]) => ({
              fieldId: name === 'agreedOn' ? 'agreedOn' : null,
              message,
            }))}
          />
          <fieldset className="mt-4">
            <legend className="mb-2 font-semibold">{countOf(offers.length, 'control')} would be set</legend>
            <ul className="border-rule border-t">
              {offers.map(({ value, controlId, label, domain, shown, note, isAsked }) => (
                <li key={controlId} className="border-hairline border-b py-2.5">
                  <label className="flex items-start gap-3" htmlFor={`fill-${controlId}`}>
                    <input
                      type="checkbox"
                      id={`fill-${controlId}`}
                      name="fill[]"
                      value={value}
                      defaultChecked
                      className="mt-1 size-4 shrink-0"
                    />
                    <span className="min-w-0">
                      <span className="font-medium">{label}</span>: {shown}
                      <span className="wrap-anywhere block text-caption text-ink-soft">
                        {domain}
                        {isAsked ? ' · asked by an application' : ''}
                        {note ? ` · ${note}` : ''}
                      </span>
                    </span>
                  </label>
                </li>
              ))}
            </ul>
          </fieldset>
          <div className="mt-6">
            <DateField
              id="agreedOn"
              name="agreedOn"
              label="Agreed on"
              optional
              hint="Only if the client has agreed to all of these already; a signed contract’s day, for instance."
              error={errors.agreedOn}
              defaultValue={reply && 'typed' in reply ? reply.typed.agreedOn : ''}
            />
          </div>
          <div className="mt-6 flex flex-wrap gap-2.5 max-sm:*:grow">
            <Button type="submit" variant="primary" loading={isSending} loadingLabel="Saving">
              Set what is ticked
            </Button>
            <ButtonLink to={here}>Cancel</ButtonLink>
          </div>
        </Form>
      )}
    </>
  )
}
