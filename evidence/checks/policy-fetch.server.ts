/** Fetches one MTA-STS policy file: by address, over validated HTTPS, without following redirects (RFC 8461 §3.3). */
import { request } from 'node:https'
import { checkServerIdentity, rootCertificates } from 'node:tls'
import { findContact } from './contact.server.ts'
import type { Asker } from './dns-asker.server.ts'
import type { CheckNetwork } from './network.server.ts'
import type { HttpObservation } from './observation.ts'

/** RFC 8461 §3.3 suggests 64 KiB. */
const MAX_BODY = 64 * 1024

interface Fetching {
  domain: string
  asker: Asker
  network: CheckNetwork
  signal: AbortSignal
  clock: () => Date
}

export async function fetchMtaStsPolicy(options: Fetching): Promise<HttpObservation> {
  const { domain, asker, network, clock } = options
  const host = `mta-sts.${domain}`
  const url = `https://${host}/.well-known/mta-sts.txt`
  const startedAt = clock()
  const base: HttpObservation = {
    kind: 'http',
    url,
    address: null,
    askedAt: startedAt.toISOString(),
    milliseconds: 0,
    outcome: 'failed',
    status: null,
    contentType: null,
    body: null,
    fault: null,
    badCertificate: false,
  }
  const contact = await findContact(host, asker, network)
  if (!contact.ok)
    return { ...base, outcome: contact.why === 'refused' ? 'refused' : 'failed', fault: contact.reason }
  const started = performance.now()
  const address = contact.addresses[0] as string
  const reply = await get(host, address, options)
  return { ...base, ...reply, address, milliseconds: Math.round(performance.now() - started) }
}

type Reply = Pick<HttpObservation, 'outcome' | 'status' | 'contentType' | 'body' | 'fault' | 'badCertificate'>

function get(host: string, address: string, { network, signal }: Fetching): Promise<Reply> {
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) =>
      resolve({
        outcome: 'failed',
        status: null,
        contentType: null,
        body: null,
        fault: error.code ?? error.name,
        badCertificate: isCertificateFault(error.code ?? ''),
      })
    const limit = AbortSignal.any([signal, AbortSignal.timeout(network.patience.tls)])
    const asked = request(
      {
        host: address,
        port: network.httpsPort,
        path: '/.well-known/mta-sts.txt',
        servername: host,
        headers: { host, 'user-agent': 'Attested live check' },
        agent: false,
        signal: limit,
        ca: network.authorities.length > 0 ? [...rootCertificates, ...network.authorities] : undefined,
        // The connection goes to an address; what must match is the name.
        checkServerIdentity: (_address, certificate) => checkServerIdentity(host, certificate),
      },
      (response) => {
        const chunks: Buffer[] = []
        let size = 0
        response.on('error', fail)
        response.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > MAX_BODY) asked.destroy(Object.assign(new Error('too large'), { code: 'TOO_LARGE' }))
          else chunks.push(chunk)
        })
        response.on('end', () =>
          resolve({
            outcome: 'answered',
            status: response.statusCode ?? null,
            contentType: response.headers['content-type'] ?? null,
            body: Buffer.concat(chunks).toString('utf8'),
            fault: null,
            badCertificate: false,
          }),
        )
      },
    )
    asked.on('error', fail)
    asked.end()
  })
}

const isCertificateFault = (code: string) =>
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_SELF|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|INVALID_PURPOSE|HOSTNAME_MISMATCH)/.test(
    code,
  )
