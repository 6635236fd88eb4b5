/** Answers of the routes that take files in: JSON for the page that sent one, with a sentence for each refusal. */
import { RefusedError } from '#app/services/errors.ts'
import { StoreError } from '#evidence/store/store.ts'
import { answering } from './faults.server.ts'
import { UploadError } from './multipart.server.ts'

const STATUS_BY_STORE_CODE: Record<string, number> = { 'too-large': 413, 'disk-full': 507 }

export async function answeringUpload(work: () => Promise<Response>): Promise<Response> {
  return answering(async () => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof UploadError) return refused(error, error.code === 'too-large' ? 413 : 400)
      if (error instanceof StoreError) return refused(error, STATUS_BY_STORE_CODE[error.code] ?? 500)
      if (error instanceof RefusedError) return refused(error, 409)
      throw error
    }
  })
}

export function invalid(fieldErrors: Record<string, string>): Response {
  return Response.json({ outcome: 'invalid', fieldErrors }, { status: 400 })
}

function refused(error: { code: string; message: string }, status: number): Response {
  return Response.json({ refusal: { code: error.code, message: error.message } }, { status })
}
