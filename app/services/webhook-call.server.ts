/** One HTTPS call to an address that a member entered, into the open network only; never follows where it leads. */

import { createHmac } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { request } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { rootCertificates } from 'node:tls'
import { cutText } from '#app/language/cut-text.ts'
import type { CheckNetwork } from '#evidence/checks/network.server.ts'

const MOST_ANSWER_BYTES = 2000

export interface WebhookAnswer {
  /** Null where there was none. */
  status: number | null
  /** Its first bytes. */
  answer: string
  /** Why it does not count as delivered; null where it does. */
  failure: string | null
}

export interface WebhookCall {
  url: string
  /** The same for every try and every replay, so that the other side can tell what it has. */
  id: string
  at: Date
  body: string
  /** `whsec_…`; more than one while they change. */
  secrets: readonly string[]
  headers: Readonly<Record<string, string>>
}

/** As the Standard Webhooks specification 1.0 has it, for each secret. */
export function signMessage({ id, at, body, secrets }: Omit<WebhookCall, 'url' | 'headers'>): {
  'webhook-id': string
  'webhook-timestamp': string
  'webhook-signature': string
} {
  const seconds = String(Math.floor(at.getTime() / 1000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures.join(' ') }
}

/**
 * Never throws: whatever goes wrong is an answer that does not count.
 * @param patienceMs for everything together: name, connection, sending, answer
 */
export async function callWebhook(
  call: WebhookCall,
  network: Pick<CheckNetwork, 'whyNot' | 'authorities'>,
  patienceMs: number,
): Promise<WebhookAnswer> {
  const none = (failure: string): WebhookAnswer => ({
    status: null,
    answer: '',
    failure: cutText(failure, 400),
  })
  const signal = AbortSignal.timeout(patienceMs)
  const url = new URL(call.url)
  if (url.protocol !== 'https:') return none('Only https addresses are called.')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const found = await raceOf(lookup(host, { all: true }), signal).catch(() => [])
  if (found.length === 0) return none(`There is no machine named ${host}.`)
  for (const { address } of found) {
    const why = network.whyNot(address)
    if (why) return none(`${host} leads to ${address}, which ${why}. Only public addresses are called.`)
  }
  // The connection goes to the address that was checked, whatever the name says by then.
  const pinned: LookupFunction = (_host, asked, done) =>
    asked.all ? done(null, found) : done(null, found[0]?.address ?? '', found[0]?.family)
  return new Promise((resolve) => {
    const sent = request(
      url,
      {
        method: 'POST',
        lookup: pinned,
        // A name in the address book of TLS; an address has none.
        servername: isIP(host) ? '' : host,
        agent: false,
        ca: [...rootCertificates, ...network.authorities],
        signal,
        headers: {
          ...call.headers,
          ...signMessage(call),
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(call.body),
          'user-agent': 'Attested-Webhooks',
        },
      },
      async (response) => {
        const status = response.statusCode ?? 0
        const answer = await firstBytes(response)
        response.destroy()
        resolve({ status, answer, failure: failureOf(status) })
      },
    )
    sent.on('error', (error) =>
      resolve(none(signal.aborted ? 'There was no answer in time.' : `No connection: ${error.message}`)),
    )
    sent.end(call.body)
  })
}

function failureOf(status: number): string | null {
  if (status >= 200 && status < 300) return null
  if (status >= 300 && status < 400)
    return `It answered ${status}: the address leads elsewhere, which is not followed.`
  if (status === 410) return 'It answered 410: it wants no more of these.'
  return `It answered ${status}.`
}

/** What cannot be read, or comes too slowly, was still answered. */
async function firstBytes(response: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of response) {
      chunks.push(chunk)
      size += chunk.byteLength
      if (size >= MOST_ANSWER_BYTES) break
    }
  } catch {
    // The status has come; the rest is for people to read.
  }
  const text = Buffer.concat(chunks).subarray(0, MOST_ANSWER_BYTES).toString('utf8')
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 400)
}

function raceOf<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<T>((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
    ),
  ])
}
