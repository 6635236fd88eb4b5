/** Pages inside a client's room: whoever has not entered the code is led to the door. */
import { redirect } from '@remix-run/node'
import { RefusedError } from '#app/services/errors.ts'
import { answering } from './faults.server.ts'

const AT_THE_DOOR = ['code-needed', 'link']

export async function insideRoom<T>(token: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await answering(work)
  } catch (error) {
    if (error instanceof RefusedError && AT_THE_DOOR.includes(error.code)) throw redirect(`/room/${token}`)
    throw error
  }
}
