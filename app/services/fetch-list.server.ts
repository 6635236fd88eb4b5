/** Fetches a public list over HTTPS, from public addresses only: the address is a member's word, the network is ours. */
import { lookup } from 'node:dns/promises'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { rootCertificates } from 'node:tls'
import { type CheckNetwork, STRICT_NETWORK } from '#evidence/checks/network.server.ts'
import { RefusedError } from './errors.ts'

const MOST_BYTES = 64 * 1024 * 1024
const PATIENCE_MS = 60_000
const REDIRECTS = 3

type Network = Pick<CheckNetwork, 'whyNot' | 'authorities'>

interface Fetching {
  network?: Network
  /** For lists that prove themselves by a signature. */
  allowsHttp?: boolean
  /** Bytes. */
  atMost?: number
  /** For everything together. */
  patienceMs?: number
}

/** @throws RefusedError with what to do about it */
export async function* fetchList(
  url: string,
  {
    network = STRICT_NETWORK,
    allowsHttp = false,
    atMost = MOST_BYTES,
    patienceMs = PATIENCE_MS,
  }: Fetching = {},
): AsyncGenerator<Uint8Array> {
  const signal = AbortSignal.timeout(patienceMs)
  const response = await follow(url, { network, allowsHttp, signal })
  let size = 0
  try {
    for await (const chunk of response) {
      size += chunk.byteLength
      if (size > atMost)
        throw refusal(
          'too-large',
          `The address sends more than ${Math.round(atMost / 1024 / 1024)} MB. It is not the list.`,
        )
      yield chunk
    }
  } catch (error) {
    if (error instanceof RefusedError) throw error
    throw refusal(
      'interrupted',
      'The transfer broke off before its end. Fetch the list again, or upload it as a file.',
    )
  } finally {
    response.destroy()
  }
}

interface Manner {
  network: Network
  allowsHttp: boolean
  signal: AbortSignal
}

async function follow(url: string, manner: Manner): Promise<IncomingMessage> {
  let next = url
  for (let hop = 0; hop <= REDIRECTS; hop += 1) {
    const response = await ask(next, manner)
    const { statusCode = 0, headers } = response
    if (statusCode === 200) return response
    response.destroy()
    if (![301, 302, 303, 307, 308].includes(statusCode) || !headers.location) {
      throw refusal(
        'answer',
        `The address answers with ${statusCode} instead of the list. Check it in a browser.`,
      )
    }
    if (!URL.canParse(headers.location, next))
      throw refusal('answer', 'The address leads to one that is no address.')
    next = new URL(headers.location, next).href
  }
  throw refusal('answer', 'The address leads from one to another without end. Enter the last of them.')
}

async function ask(url: string, { network, allowsHttp, signal }: Manner): Promise<IncomingMessage> {
  const { protocol, hostname, username, password } = new URL(url)
  if (protocol !== 'https:' && !(allowsHttp && protocol === 'http:'))
    throw refusal('not-https', 'Only https addresses are fetched. Enter one that begins with https://.')
  if (username || password)
    throw refusal('credentials', 'The address holds a name or password. Leave them out.')
  const found = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true }).catch(() => [])
  if (found.length === 0)
    throw refusal('unknown-host', `There is no machine named ${hostname}. Check the address.`)
  for (const { address } of found) {
    const why = network.whyNot(address)
    if (why)
      throw refusal(
        'not-public',
        `${hostname} leads to ${address}, which ${why}. Only public addresses are fetched.`,
      )
  }
  // The connection goes to the address that was checked, whatever the name says by then.
  const pinned: LookupFunction = (_host, asked, done) =>
    asked.all ? done(null, found) : done(null, found[0]?.address ?? '', found[0]?.family)
  return new Promise((resolve, reject) => {
    const call = (protocol === 'http:' ? requestHttp : requestHttps)(
      url,
      {
        lookup: pinned,
        ca: [...rootCertificates, ...network.authorities],
        signal,
        headers: { 'user-agent': 'Attested', accept: '*/*' },
      },
      resolve,
    )
    call.on('error', (error) =>
      reject(
        refusal(
          'no-connection',
          signal.aborted
            ? 'The address gave no answer in time. Fetch the list again later.'
            : `No connection to ${hostname}: ${error.message}. Fetch the list again, or upload it as a file.`,
        ),
      ),
    )
    call.end()
  })
}

const refusal = (code: string, message: string) => new RefusedError(`list-${code}`, message)
