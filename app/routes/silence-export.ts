/** Every client with the day of the last conversation, as a table. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { writeSilenceTable } from '#app/services/conversation-log.ts'
import { listSilences } from '#app/services/conversations.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const table = writeSilenceTable(await listSilences(member))
  return downloadTable('Conversations with clients.csv', table)
}
