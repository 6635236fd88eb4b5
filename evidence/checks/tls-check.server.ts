/** Shakes hands with one service: its certificate as strangers see it, and which TLS versions it still accepts. */
import {
  checkServerIdentity,
  connect,
  type PeerCertificate,
  rootCertificates,
  type SecureVersion,
  type TLSSocket,
} from 'node:tls'
import type { CheckNetwork } from './network.server.ts'
import { type Certificate, TLS_VERSIONS, type TlsObservation, type TlsVersion } from './observation.ts'

interface TlsCheck {
  target: string
  address: string
  port: number
  /** null where the target is an address. */
  serverName: string | null
  network: CheckNetwork
  signal: AbortSignal
  clock: () => Date
}

const NODE_NAMES: Record<TlsVersion, SecureVersion> = {
  'TLS 1.0': 'TLSv1',
  'TLS 1.1': 'TLSv1.1',
  'TLS 1.2': 'TLSv1.2',
  'TLS 1.3': 'TLSv1.3',
}

type Shake = { ok: true; socket: TLSSocket } | { ok: false; fault: string }

export async function checkTls(check: TlsCheck): Promise<TlsObservation> {
  const { target, address, port, serverName, clock } = check
  const base = { kind: 'tls' as const, target, address, port, serverName, askedAt: clock().toISOString() }
  const started = performance.now()
  const versions: TlsObservation['versions'] = []
  let described: Described | null = null
  let fault: string | null = null
  // One after the other, newest first: the first handshake that works shows the certificate.
  let silences = 0
  for (const version of [...TLS_VERSIONS].reverse()) {
    // Who did not answer twice will not answer in older words, and waits cost the others their time.
    const shake: Shake =
      silences >= 2 && !described ? { ok: false, fault: 'TIMEOUT' } : await shakeHands(check, version)
    if (!shake.ok && shake.fault === 'TIMEOUT') silences += 1
    if (shake.ok) {
      described ??= describe(shake.socket, serverName)
      shake.socket.destroy()
    } else fault = shake.fault
    versions.unshift({ version, accepted: shake.ok ? true : isRefusal(shake.fault) ? false : null })
  }
  const milliseconds = Math.round(performance.now() - started)
  if (described) return { ...base, ...described, milliseconds, outcome: 'answered', versions, fault: null }
  const outcome = versions.every(({ accepted }) => accepted === false) ? 'no-tls' : 'failed'
  const nothing = { certificate: null, chainFault: null, nameMatches: null }
  return { ...base, ...nothing, milliseconds, outcome, versions, fault }
}

function shakeHands(
  { address, port, serverName, network, signal }: TlsCheck,
  version: TlsVersion,
): Promise<Shake> {
  if (signal.aborted) return Promise.resolve({ ok: false, fault: 'OUT_OF_TIME' })
  const isOld = version === 'TLS 1.0' || version === 'TLS 1.1'
  return new Promise((resolve) => {
    let socket: TLSSocket
    const end = (shake: Shake) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      if (!shake.ok) socket?.destroy()
      resolve(shake)
    }
    const timer = setTimeout(() => end({ ok: false, fault: 'TIMEOUT' }), network.patience.tls)
    const abort = () => end({ ok: false, fault: 'OUT_OF_TIME' })
    signal.addEventListener('abort', abort)
    try {
      socket = connect({
        host: address,
        port,
        servername: serverName ?? undefined,
        minVersion: NODE_NAMES[version],
        maxVersion: NODE_NAMES[version],
        // What is looked at must be seen, however bad it is. Nothing is sent over this connection.
        rejectUnauthorized: false,
        checkServerIdentity: () => undefined,
        ca: network.authorities.length > 0 ? [...rootCertificates, ...network.authorities] : undefined,
        // OpenSSL offers the old versions at no higher level.
        ...(isOld ? { ciphers: 'DEFAULT@SECLEVEL=0' } : {}),
      })
    } catch (error) {
      return end({ ok: false, fault: `LOCAL_${(error as NodeJS.ErrnoException).code ?? 'ERROR'}` })
    }
    socket.once('secureConnect', () => end({ ok: true, socket }))
    socket.on('error', ({ code = 'UNKNOWN' }: NodeJS.ErrnoException) => end({ ok: false, fault: code }))
    socket.on('close', () => end({ ok: false, fault: 'CLOSED' }))
  })
}

/** The other side said no, or spoke another language; anything else leaves it open. */
function isRefusal(fault: string): boolean {
  // These two are our own OpenSSL: it cannot speak that version at all.
  if (/NO_PROTOCOLS_AVAILABLE|NO_CIPHERS_AVAILABLE/.test(fault)) return false
  return /^ERR_SSL_|^EPROTO$|^ECONNRESET$|^CLOSED$|^EPIPE$/.test(fault)
}

type Described = Pick<TlsObservation, 'certificate' | 'chainFault' | 'nameMatches'>

function describe(socket: TLSSocket, serverName: string | null): Described {
  const peer = socket.getPeerCertificate()
  const fault: unknown = socket.authorizationError
  const chainFault = socket.authorized
    ? null
    : typeof fault === 'string'
      ? fault
      : String((fault as NodeJS.ErrnoException)?.code ?? fault)
  if (!peer.raw) return { certificate: null, chainFault, nameMatches: null }
  const nameMatches = serverName === null ? null : checkServerIdentity(serverName, peer) === undefined
  return { certificate: certificateOf(peer), chainFault, nameMatches }
}

/** A certificate is a stranger's text: no line ends, no bidirectional tricks, no endless names. */
function plain(text: unknown): string {
  return String(text ?? '')
    .replace(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu, ' ')
    .slice(0, 500)
}

const nameOf = (name: PeerCertificate['subject'] | undefined) =>
  plain(
    Object.entries(name ?? {})
      .map(([key, value]) => `${key}=${[value].flat().join('+')}`)
      .join(', '),
  )

function certificateOf(peer: PeerCertificate): Certificate {
  return {
    subject: nameOf(peer.subject),
    issuer: nameOf(peer.issuer),
    names: plain(peer.subjectaltname),
    validFrom: dateOf(peer.valid_from),
    validTo: dateOf(peer.valid_to),
    sha256: peer.fingerprint256.replaceAll(':', '').toLowerCase(),
  }
}

function dateOf(text: string): string {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? plain(text) : date.toISOString()
}
