/** Takes one file in for a request, as a stream, from whoever was asked: by its own link or out of their room. */
import { redirect } from '@remix-run/node'
import { RequestFileNote } from '#app/services/request-input.ts'
import {
  checkRequestUpload,
  type RequestKey,
  sendRequestFile,
  storeRequestFile,
} from '#app/services/request-visit.server.ts'
import { errorReply } from './error-reply.ts'
import { parseWith } from './input.server.ts'
import { receiveMultipart } from './multipart.server.ts'
import { publicOrigin } from './origin.server.ts'
import { answeringUpload, invalid } from './upload-reply.server.ts'

/** @param page where somebody without scripts goes on */
export async function receiveForRequest(request: Request, key: RequestKey, page: string): Promise<Response> {
  const reply = await answeringUpload(async () => {
    await checkRequestUpload(key)
    const { fields, fileName, stored } = await receiveMultipart(request, (file, name) =>
      storeRequestFile(key, file, name),
    )
    const parsed = parseWith(RequestFileNote, fields)
    if (!parsed.ok) return invalid(parsed.fieldErrors)
    await sendRequestFile(key, stored, { fileName, note: parsed.input.note }, publicOrigin(request))
    return Response.json({ outcome: 'sent' })
  })
  if (!request.headers.get('accept')?.includes('text/html')) return reply
  if (reply.ok) return redirect(page)
  const said = (await reply.json()) as { refusal?: { message: string }; fieldErrors?: Record<string, string> }
  const sentence = said.refusal?.message ?? Object.values(said.fieldErrors ?? {}).join(' ')
  throw errorReply(sentence, reply.status)
}
