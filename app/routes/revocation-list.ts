/** `GET /revocations/ORGANISATION/KEY`: the revocation list of one signing authority, for anybody; no account needed. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { callerOf } from '#app/http/caller.server.ts'
import { download } from '#app/http/download.server.ts'
import { errorReply } from '#app/http/error-reply.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { KeyError } from '#app/report/authority-keys/key-error.ts'
import { takeFromAllowance } from '#app/services/public-allowance.server.ts'
import { getRevocationList } from '#app/services/revocations.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const [organisationId, keyId] = [idParam(params.organisation), idParam(params.key)]
  const wait = await takeFromAllowance(callerOf(request).address)
  if (wait !== null) {
    const sentence = `Too many questions from this address. Ask again in ${wait} seconds.`
    throw errorReply(sentence, 429, { 'Retry-After': String(wait) })
  }
  const list = await answering(() => getRevocationList(organisationId, keyId)).catch(busyKey)
  return download(Readable.from([list]), {
    name: 'signing-authority.crl',
    mediaType: 'application/pkix-crl',
    sizeBytes: list.length,
  })
}

/** A key that is kept elsewhere may be out of reach for a while. Why is for the owners to know. */
function busyKey(error: unknown): never {
  if (!(error instanceof KeyError)) throw error
  const sentence = 'The key of this signing authority cannot be reached now. Ask again in a few minutes.'
  throw errorReply(sentence, 503, { 'Retry-After': '120' })
}
