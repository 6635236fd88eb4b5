/** Turns the faults of services into responses that say what to do next. */
import { data } from '@remix-run/node'
import { NotFoundError, RefusedError } from '#app/services/errors.ts'
import { StoreError } from '#evidence/store/store.ts'
import { errorReply } from './error-reply.ts'

export type Refusal = { refusal: { code: string; message: string } }

/** Runs a loader's or an action's work; what is not there, or not yours, is a 404. */
export async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof NotFoundError) throw errorReply(error.message, 404)
    throw error
  }
}

/** As `answering`, where no form stands that could say it: a refusal ends with its sentence. */
export async function tellingRefusals<T>(work: () => Promise<T>, status = 409): Promise<T> {
  try {
    return await answering(work)
  } catch (error) {
    if (error instanceof RefusedError) throw errorReply(error.message, status)
    throw error
  }
}

/** As `answering`, for files out of the store: one that was damaged or is gone ends with its sentence and 500. */
export async function answeringFile<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await answering(work)
  } catch (error) {
    if (error instanceof StoreError) throw errorReply(error.message, 500)
    throw error
  }
}

/** As `answering`, for actions: a refusal comes back beside the form, with status 409. */
export async function acting<T>(work: () => Promise<T>) {
  try {
    return await answering(work)
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    const refusal: Refusal = { refusal: { code: error.code, message: error.message } }
    return data(refusal, { status: 409 })
  }
}
