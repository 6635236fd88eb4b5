import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { MessagesSquare, Plus } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { ConversationList } from '#app/components/conversation/conversation-list.tsx'
import { Silence } from '#app/components/conversation/silence.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { nothingHere } from '#app/http/error-reply.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { CHANNEL_WORDS, StepDone, WithdrawConversation } from '#app/services/conversation-input.ts'
import {
  finishNextStep,
  listConversations,
  withdrawConversation,
} from '#app/services/conversations.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const { client, conversations, silence } = await answering(() => listConversations(member, clientId))
  return {
    clientId,
    isArchived: client.archivedAt !== null,
    silence,
    conversations: conversations.map(({ organisationId: _, clientId: __, recordedBy: ___, ...row }) => ({
      ...row,
      channel: CHANNEL_WORDS[row.channel],
    })),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const values = formValues(await readForm(request))
  if (values.intent === 'step-done') {
    const parsed = parseWith(StepDone, values)
    if (!parsed.ok) throw nothingHere()
    return acting(async () => {
      await finishNextStep(member, clientId, parsed.input.conversationId)
      return { outcome: 'done' as const }
    })
  }
  const parsed = parseWith(WithdrawConversation, values)
  if (!parsed.ok) {
    const refused = { conversationId: String(values.conversationId), reason: parsed.fieldErrors.reason ?? '' }
    return data({ refused }, { status: 400 })
  }
  return acting(async () => {
    await withdrawConversation(member, clientId, parsed.input)
    return { outcome: 'withdrawn' as const }
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('Conversations') }]

export default function ClientConversationsPage() {
  const { clientId, conversations, silence, isArchived } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const here = `/clients/${clientId}/conversations`
  const add = isArchived ? null : (
    <ButtonLink icon={Plus} variant="primary" to={`${here}/new`}>
      Record a conversation
    </ButtonLink>
  )
  if (conversations.length === 0) {
    return (
      <EmptyState icon={MessagesSquare} title="No conversation recorded" action={add}>
        <p>
          Write down when you talked about insurance: who insures and places it, what they require, what you
          recommended and what the client decided. After an incident it shows what was said, and when.
        </p>
        <p className="mt-2">Clients whom nobody has talked to for 90 days are listed under Clients.</p>
      </EmptyState>
    )
  }
  return (
    <>
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      <Silence silence={silence} />
      <PageSection
        title="Conversations"
        lead="Each as it was recorded. What does not hold is withdrawn with a reason, and stays."
        actions={
          <>
            {add}
            <DownloadLink href={`${here}/export`}>Export as CSV</DownloadLink>
          </>
        }
      >
        <ConversationList
          conversations={conversations}
          refused={reply && 'refused' in reply ? reply.refused : undefined}
        />
      </PageSection>
    </>
  )
}
