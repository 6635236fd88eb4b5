/** Takes one evidence file in, as a stream. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { idParam, parseWith } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { receiveMultipart } from '#app/http/multipart.server.ts'
import { answeringUpload, invalid } from '#app/http/upload-reply.server.ts'
import { checkUploadTarget, registerEvidence, storeFile } from '#app/services/evidence.server.ts'
import { EvidenceInput } from '#app/services/evidence-input.ts'

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  return answeringUpload(async () => {
    await checkUploadTarget(member, clientId)
    const { fields, fileName, stored } = await receiveMultipart(request, (file, name) =>
      storeFile(member, file, { clientId, fileName: name }),
    )
    const parsed = parseWith(EvidenceInput, fields)
    if (!parsed.ok) return invalid(parsed.fieldErrors)
    return Response.json(await registerEvidence(member, clientId, stored, fileName, parsed.input))
  })
}
