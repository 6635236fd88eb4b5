/** What the pages of webhooks share: they are the owners' alone. */
import { RefusedError } from '#app/services/errors.ts'
import { errorReply } from './error-reply.ts'
import { answering } from './faults.server.ts'

/** As `answering`; who may not see it is told why, with status 403. */
export async function forOwners<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await answering(work)
  } catch (error) {
    if (error instanceof RefusedError) throw errorReply(error.message, 403)
    throw error
  }
}
