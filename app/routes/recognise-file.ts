/** Says what a file seems to be, from its first bytes as the body of the request. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { errorReply } from '#app/http/error-reply.ts'
import { requireMember } from '#app/http/member.server.ts'
import { recogniseFile } from '#app/services/file-recognition.server.ts'

const MOST_BYTES = 64 * 1024

export async function action({ request }: ActionFunctionArgs) {
  await requireMember(request)
  const head = new Uint8Array(await request.arrayBuffer())
  if (head.length > MOST_BYTES) throw errorReply('Send the first 64 KiB of the file.', 413)
  return Response.json({ recognised: recogniseFile(head) })
}
