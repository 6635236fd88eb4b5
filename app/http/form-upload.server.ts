/** One file out of a plain form, taken into the store; what goes wrong comes back as a sentence beside the form. */
import { data } from '@remix-run/node'
import { DocumentError } from '#app/documents/carrier-document.ts'
import { WorkbookError } from '#app/documents/workbook-error.ts'
import { RefusedError } from '#app/services/errors.ts'
import { storeFile } from '#app/services/evidence.server.ts'
import type { Member } from '#app/services/member.ts'
import { type StoredFile, StoreError } from '#evidence/store/store.ts'
import { answering } from './faults.server.ts'
import { receiveMultipart, UploadError } from './multipart.server.ts'

/** A file that cannot be taken, as the page beside its form says it; every other error is a fault and thrown on. */
export function refusalOf(error: unknown) {
  const isOurs =
    error instanceof UploadError ||
    error instanceof StoreError ||
    error instanceof DocumentError ||
    error instanceof WorkbookError ||
    error instanceof RefusedError
  if (!isOurs) throw error
  const status = error instanceof RefusedError ? 409 : 400
  return data({ refusal: { code: error.code, message: error.message } }, { status })
}

/** Runs `take` with the stored file. @returns what it returns, or a refusal with status 400 or 409 */
export async function takingFile<T>(
  request: Request,
  member: Member,
  take: (stored: StoredFile, fileName: string) => Promise<T>,
) {
  return answering(async () => {
    try {
      const { fileName, stored } = await receiveMultipart(request, (file, name) =>
        storeFile(member, file, { fileName: name }),
      )
      return await take(stored, fileName)
    } catch (error) {
      return refusalOf(error)
    }
  })
}
