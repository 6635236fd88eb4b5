import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ConversationForm } from '#app/components/conversation/conversation-form.tsx'
import { typedTexts } from '#app/components/conversation/conversation-words.ts'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { conversationInput } from '#app/services/conversation-input.ts'
import { listConversations, recordConversation } from '#app/services/conversations.server.ts'

const today = () => new Date().toISOString().slice(0, 10)

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { client, silence } = await answering(() => listConversations(member, idParam(params.clientId)))
  const { insurer, broker, requirements } = silence
  return {
    client: { id: client.id, legalName: client.legalName },
    known: {
      heldOn: today(),
      insurer: insurer ?? '',
      broker: broker ?? '',
      requirements: requirements ?? '',
    },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const values = formValues(await readForm(request))
  const parsed = parseWith(conversationInput(today), values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors, typed: typedTexts(values) }, { status: 400 })
  return acting(async () => {
    await recordConversation(member, clientId, parsed.input)
    return redirect(`/clients/${clientId}/conversations`)
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('Record a conversation') }]

export default function NewConversationPage() {
  const { client, known } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const here = `/clients/${client.id}`
  return (
    <>
      <PageHeader
        title="Record a conversation"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: here },
          { label: 'Conversations', href: `${here}/conversations` },
        ]}
        lead="What was said about insurance. It is recorded in the ledger, and cannot be changed afterwards."
      />
      {result && 'refusal' in result ? (
        <Notice kind="danger" announce title={result.refusal.message} />
      ) : null}
      <ConversationForm
        texts={result && 'typed' in result ? result.typed : known}
        fieldErrors={result && 'fieldErrors' in result ? result.fieldErrors : undefined}
        cancelTo={`${here}/conversations`}
      />
    </>
  )
}
