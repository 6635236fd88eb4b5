/** What the pages of webhooks share: they are the owners' alone. */
import { data } from '@remix-run/node'
import { RefusedError } from '#app/services/errors.ts'
import { answering } from './faults.server.ts'

/** As `answering`; who may not see it is told why, with status 403. */
export async function forOwners<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await answering(work)
  } catch (error) {
    if (error instanceof RefusedError) throw data({ sentence: error.message }, { status: 403 })
    throw error
  }
}
