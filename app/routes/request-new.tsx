import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { RequestForm } from '#app/components/request/request-form.tsx'
import { typedTextsOf } from '#app/components/typed-texts.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { requestEvidence } from '#app/services/evidence-requests.server.ts'
import { NEW_REQUEST_FIELDS, NewRequestInput } from '#app/services/request-input.ts'
import { getRequestForm } from '#app/services/request-questions.server.ts'

const typedTexts = typedTextsOf(NEW_REQUEST_FIELDS)

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const wanted = new URL(request.url).searchParams.get('question')
  const form = await answering(() => getRequestForm(member, idParam(params.clientId), wanted))
  const { client, questions, texts } = form
  return { client: { id: client.id, legalName: client.legalName }, questions, texts }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const values = formValues(await readForm(request))
  const parsed = parseWith(NewRequestInput, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors, typed: typedTexts(values) }, { status: 400 })
  return acting(async () => {
    const { requestId } = await requestEvidence(member, clientId, parsed.input, publicOrigin(request))
    return redirect(`/requests/${requestId}`)
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('Ask for evidence') }]

export default function NewRequestPage() {
  const { client, questions, texts } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const here = `/clients/${client.id}`
  return (
    <>
      <PageHeader
        title="Ask for evidence"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: here },
          { label: 'Requests', href: `${here}/requests` },
        ]}
        lead="They get a link to this one request: a page where they upload or write back, without an account."
      />
      {result && 'refusal' in result ? (
        <div className="mb-5">
          <Notice kind="danger" announce title={result.refusal.message} />
        </div>
      ) : null}
      <RequestForm
        texts={result && 'typed' in result ? result.typed : texts}
        questions={questions}
        fieldErrors={result && 'fieldErrors' in result ? result.fieldErrors : undefined}
        cancelTo={`${here}/requests`}
      />
    </>
  )
}
