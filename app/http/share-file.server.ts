/** Files of a shared report: whoever may not have one is shown the share's page, which says why. */
import { redirect } from '@remix-run/node'
import { RefusedError } from '#app/services/errors.ts'
import { answering } from './faults.server.ts'

export async function backToShare(
  token: string | undefined,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    return await answering(work)
  } catch (error) {
    if (error instanceof RefusedError) return redirect(`/shared/${token}`)
    throw error
  }
}
