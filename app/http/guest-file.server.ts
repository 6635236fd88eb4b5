/** Files behind a link with a code: whoever may not have one is shown the link's own page, which says why. */
import { redirect } from '@remix-run/node'
import { RefusedError } from '#app/services/errors.ts'
import { answering, answeringFile } from './faults.server.ts'

/** @param page the address that the link itself leads to */
export async function guestFile(page: string, work: () => Promise<Response>): Promise<Response> {
  try {
    return await answeringFile(work)
  } catch (error) {
    if (error instanceof RefusedError) return redirect(page)
    throw error
  }
}

/** As `answering`, for a page: who is refused is shown the page above it, which says why. */
export async function leadingBack<T>(page: string, work: () => Promise<T>): Promise<T> {
  try {
    return await answering(work)
  } catch (error) {
    if (error instanceof RefusedError) throw redirect(page)
    throw error
  }
}
