/** Takes the picture in whose rectangles are to be blacked out; it is encoded anew before anything is kept. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { idParam, parseWith } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { receiveMultipart, UploadError } from '#app/http/multipart.server.ts'
import { answeringUpload, invalid } from '#app/http/upload-reply.server.ts'
import { checkRedactionTarget, redactPictureRevision } from '#app/services/evidence-redaction.server.ts'
import { Rectangles } from '#app/services/redaction-input.ts'

/** A picture of the most pixels that is hard to compress stays well below. */
const MOST_BYTES = 80 * 1024 * 1024

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const revisionId = idParam(params.revisionId)
  return answeringUpload(async () => {
    await checkRedactionTarget(member, revisionId)
    const { fields, stored: png } = await receiveMultipart(request, collect)
    const parsed = parseWith(Rectangles, readJson(fields.rectangles))
    if (!parsed.ok) return invalid({ rectangles: Object.values(parsed.fieldErrors)[0] ?? '' })
    return Response.json(await redactPictureRevision(member, revisionId, png, parsed.input))
  })
}

/** In memory and not in the store: what was not encoded anew must never be kept. */
async function collect(file: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of file) {
    length += part.length
    if (length > MOST_BYTES)
      throw new UploadError('too-large', 'The picture is too large to be redacted here. Scale it down first.')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function readJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}
