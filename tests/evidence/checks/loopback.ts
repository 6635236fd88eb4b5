/** Services on loopback that a check may knock at, and the network that leads checks to them. */
import 'reflect-metadata'
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { createServer as createTlsServer, type SecureVersion } from 'node:tls'
import { Worker } from 'node:worker_threads'
import * as x509 from '@peculiar/x509'
import { whyNotPublic } from '#evidence/checks/address-policy.ts'
import { type CheckNetwork, STRICT_NETWORK } from '#evidence/checks/network.server.ts'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY = 86_400_000

export interface Pair {
  cert: string
  key: string
}

/** Loopback counts as public here, and everything else as what it is. */
export function loopbackNetwork(
  dnsServer: CheckNetwork['dnsServer'],
  more: Partial<CheckNetwork> = {},
): CheckNetwork {
  return {
    ...STRICT_NETWORK,
    dnsServer,
    whyNot: (address) => (address === '127.0.0.1' ? null : whyNotPublic(address)),
    patience: { dns: 250, connect: 250, tls: 2000, mailCheck: 8000, exposureCheck: 8000, webhook: 8000 },
    connectionEvery: 0,
    ...more,
  }
}

const pem = (label: string, bytes: ArrayBuffer) =>
  `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString('base64')}\n-----END ${label}-----\n`

export async function makeAuthority() {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const name = 'CN=Test authority'
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(Date.now() - 90 * DAY),
    notAfter: new Date(Date.now() + 90 * DAY),
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  })
  return {
    certificate: certificate.toString('pem'),
    /** A server's certificate; negative `daysLeft` for one that has expired. */
    async issue(host: string, options: { daysLeft?: number; selfSigned?: boolean } = {}): Promise<Pair> {
      const own = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
      const made = await x509.X509CertificateGenerator.create({
        subject: `CN=${host}`,
        issuer: options.selfSigned ? `CN=${host}` : name,
        publicKey: own.publicKey,
        signingKey: options.selfSigned ? own.privateKey : keys.privateKey,
        signingAlgorithm: ALGORITHM,
        notBefore: new Date(Date.now() - 60 * DAY),
        notAfter: new Date(Date.now() + (options.daysLeft ?? 60) * DAY),
        extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }])],
      })
      const key = pem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', own.privateKey))
      return { cert: made.toString('pem'), key }
    },
  }
}

export interface Host {
  port: number
  /** How many connections came. */
  connections: () => number
  close: () => Promise<void>
}

async function listen(server: Server): Promise<Host> {
  let connections = 0
  const sockets = new Set<{ destroy(): void }>()
  server.on('connection', (socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export const startTcpHost = () => listen(createServer())

export const startTlsHost = (pair: Pair, versions: { min: SecureVersion; max: SecureVersion }) =>
  listen(
    createTlsServer({
      ...pair,
      minVersion: versions.min,
      maxVersion: versions.max,
      ciphers: 'DEFAULT@SECLEVEL=0',
    }),
  )

export const startHttpsHost = (pair: Pair, answer: RequestListener) => listen(createHttpsServer(pair, answer))

/** A port that neither takes a connection nor refuses it: its queue is full and nobody empties it. */
export async function startSilentHost(): Promise<{ port: number; close: () => Promise<void> }> {
  const code = `
    const { parentPort } = require('node:worker_threads')
    const server = require('node:net').createServer()
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      parentPort.postMessage(server.address().port)
      setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 20)
    })`
  const worker = new Worker(code, { eval: true })
  const [port] = (await once(worker, 'message')) as [number]
  await new Promise((resolve) => setTimeout(resolve, 60))
  const fillers = Array.from({ length: 6 }, () =>
    connect({ host: '127.0.0.1', port }).on('error', () => undefined),
  )
  await new Promise((resolve) => setTimeout(resolve, 60))
  return {
    port,
    close: async () => {
      for (const filler of fillers) filler.destroy()
      await worker.terminate()
    },
  }
}

/** A port at which nobody listens. */
export async function closedPort(): Promise<number> {
  const host = await startTcpHost()
  await host.close()
  return host.port
}
