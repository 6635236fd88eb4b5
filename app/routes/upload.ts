/** Takes one evidence file in, as a stream. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { answering } from '#app/http/faults.server.ts'
import { idParam, parseWith } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { receiveMultipart, UploadError } from '#app/http/multipart.server.ts'
import { RefusedError } from '#app/services/errors.ts'
import { checkUploadTarget, registerEvidence, storeFile } from '#app/services/evidence.server.ts'
import { EvidenceInput } from '#app/services/evidence-input.ts'
import { StoreError } from '#evidence/store/store.ts'

const STATUS_BY_STORE_CODE: Record<string, number> = { 'too-large': 413, 'disk-full': 507 }

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  return answering(async () => {
    try {
      await checkUploadTarget(member, clientId)
      const { fields, fileName, stored } = await receiveMultipart(request, (file) => storeFile(member, file))
      const parsed = parseWith(EvidenceInput, fields)
      if (!parsed.ok)
        return Response.json({ outcome: 'invalid', fieldErrors: parsed.fieldErrors }, { status: 400 })
      return Response.json(await registerEvidence(member, clientId, stored, fileName, parsed.input))
    } catch (error) {
      if (error instanceof UploadError) return refused(error, 400)
      if (error instanceof StoreError) return refused(error, STATUS_BY_STORE_CODE[error.code] ?? 500)
      if (error instanceof RefusedError) return refused(error, 409)
      throw error
    }
  })
}

function refused(error: { code: string; message: string }, status: number) {
  return Response.json({ refusal: { code: error.code, message: error.message } }, { status })
}
