/** The conversations with a client as a table, withdrawn ones among them. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { writeConversationTable } from '#app/services/conversation-log.ts'
import { listConversations } from '#app/services/conversations.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  return answering(async () => {
    const { client, conversations } = await listConversations(member, clientId)
    return downloadTable(`Conversations with ${client.legalName}.csv`, writeConversationTable(conversations))
  })
}
