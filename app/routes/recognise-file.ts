/** Says what a file seems to be, from its first bytes as the body of the request. */
import { type ActionFunctionArgs, data } from '@remix-run/node'
import { requireMember } from '#app/http/member.server.ts'
import { recogniseFile } from '#app/services/file-recognition.server.ts'

const MOST_BYTES = 64 * 1024

export async function action({ request }: ActionFunctionArgs) {
  await requireMember(request)
  const head = new Uint8Array(await request.arrayBuffer())
  if (head.length > MOST_BYTES)
    throw data({ sentence: 'Send the first 64 KiB of the file.' }, { status: 413 })
  return Response.json({ recognised: recogniseFile(head) })
}
