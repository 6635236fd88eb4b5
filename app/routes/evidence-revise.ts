/** Takes a newer version of an evidence item in, as a stream. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { idParam, parseWith } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { receiveMultipart } from '#app/http/multipart.server.ts'
import { answeringUpload, invalid } from '#app/http/upload-reply.server.ts'
import { storeFile } from '#app/services/evidence.server.ts'
import { RevisionInput } from '#app/services/evidence-input.ts'
import { checkRevisionTarget, reviseEvidence } from '#app/services/evidence-revisions.server.ts'

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const evidenceId = idParam(params.evidenceId)
  return answeringUpload(async () => {
    await checkRevisionTarget(member, evidenceId)
    const { fields, fileName, stored } = await receiveMultipart(request, (file, name) =>
      storeFile(member, file, { fileName: name }),
    )
    const parsed = parseWith(RevisionInput, fields)
    if (!parsed.ok) return invalid(parsed.fieldErrors)
    return Response.json(await reviseEvidence(member, evidenceId, stored, fileName, parsed.input))
  })
}
