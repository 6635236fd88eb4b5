/** Asks an RFC 3161 authority for a timestamp, and keeps only what proves itself. */
import { createHash, randomBytes } from 'node:crypto'
import * as pkijs from 'pkijs'
import { judgeTimestamp } from '#evidence/timestamp-token.server.ts'
import { MOST_TOKEN_BYTES } from './sign.server.ts'
import { DerError, encodeDer, encodeInteger, encodeOid, TAG } from './verify/der.ts'
import { CheckFailure } from './verify/results.ts'
import { certificatesIn, fitToken } from './verify/timestamp-form.ts'
import { judgeToken, type Timestamp } from './verify/timestamps.ts'

/** No token was given, or none that holds; the sentence says why. It is worth trying again later. */
export class TimestampError extends Error {
  override name = 'TimestampError'
  readonly code = 'timestamp-failed'
}

const SHA256 = '2.16.840.1.101.3.4.2.1'
const PATIENCE_MS = 20_000
// Tokens with a chain of certificates take 3 to 8 kB.
const MOST_BYTES = 200_000

/**
 * @param stamped the bytes whose SHA-256 the authority gets; it sees nothing else
 * @returns the token, DER in base64, after its imprint, nonce and signature were checked
 * @throws TimestampError
 */
export async function requestTimestamp(
  url: string,
  stamped: Uint8Array,
): Promise<{ token: string; at: Date; authority: string }> {
  // Positive, and without a leading zero, so that its number has one spelling.
  const nonce = randomBytes(16)
  nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40
  const token = readReply(await ask(url, encodeRequest(stamped, nonce)))
  const verdict = await judgeTimestamp(token, stamped)
  if (!verdict.ok) throw new TimestampError(`The timestamp of the authority ${verdict.fault}`)
  if (verdict.nonce !== nonce.toString('hex')) {
    throw new TimestampError('The timestamp of the authority answers another request than ours.')
  }
  const { at, authority } = verdict
  return { token, at, authority }
}

/**
 * A token in the form in which reports hold it, judged as the verifier will judge it.
 * @param notBefore the earliest time that fits what is stamped
 * @returns also the certificates that came with it, and have no place in it
 * @throws TimestampError
 */
export async function requestReportToken(
  url: string,
  stamped: Uint8Array,
  notBefore: Date,
): Promise<Timestamp & { token: Uint8Array; certificates: Uint8Array[] }> {
  const reply = await requestTimestamp(url, stamped)
  const given = Buffer.from(reply.token, 'base64')
  try {
    const token = fitToken(given)
    const timestamp = await judgeToken(token, [stamped], 'The timestamp of the authority')
    if (token.length > MOST_TOKEN_BYTES)
      throw new TimestampError('The timestamp of the authority is too large for a report.')
    if (timestamp.at < notBefore)
      throw new TimestampError(
        `The clock of the timestamp authority (${timestamp.at.toISOString()}) is behind what was signed or stamped before.`,
      )
    return { ...timestamp, token, certificates: certificatesIn(given) }
  } catch (cause) {
    if (cause instanceof DerError)
      throw new TimestampError(`The timestamp of the authority has no place in a report: ${cause.message}.`, {
        cause,
      })
    if (cause instanceof CheckFailure) throw new TimestampError(cause.message, { cause })
    throw cause
  }
}

/** RFC 3161 §2.4.1: version, imprint, nonce, and the wish for the authority's certificate. */
function encodeRequest(stamped: Uint8Array, nonce: Uint8Array): Uint8Array {
  const digest = createHash('sha256').update(stamped).digest()
  const imprint = encodeDer(
    TAG.sequence,
    encodeDer(TAG.sequence, encodeOid(SHA256)),
    encodeDer(TAG.octetString, digest),
  )
  return encodeDer(
    TAG.sequence,
    encodeInteger(Uint8Array.of(1)),
    imprint,
    encodeInteger(nonce),
    encodeDer(TAG.boolean, Uint8Array.of(0xff)),
  )
}

async function ask(url: string, request: Uint8Array): Promise<Uint8Array> {
  const { host } = new URL(url)
  try {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: request as Uint8Array<ArrayBuffer>,
      // Another address than the configured one is nobody whom the operator chose.
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (!reply.ok)
      throw new TimestampError(`The timestamp authority ${host} answered with status ${reply.status}.`)
    return await readAtMost(reply, host)
  } catch (cause) {
    if (cause instanceof TimestampError) throw cause
    throw new TimestampError(`The timestamp authority ${host} cannot be reached.`, { cause })
  }
}

async function readAtMost(reply: Response, host: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = reply.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const chunk = part.value
    size += chunk.length
    if (size > MOST_BYTES) throw new TimestampError(`The timestamp authority ${host} answered with too much.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const GRANTED = [pkijs.PKIStatus.granted, pkijs.PKIStatus.grantedWithMods]

function readReply(bytes: Uint8Array): string {
  let reply: pkijs.TimeStampResp
  try {
    reply = pkijs.TimeStampResp.fromBER(Uint8Array.from(bytes))
  } catch (cause) {
    throw new TimestampError('The answer of the timestamp authority cannot be read.', { cause })
  }
  if (!GRANTED.includes(reply.status.status) || !reply.timeStampToken) {
    throw new TimestampError(`The timestamp authority refused the request (status ${reply.status.status}).`)
  }
  return Buffer.from(reply.timeStampToken.toSchema().toBER()).toString('base64')
}
