/** A real HTTPS server that takes webhooks, and misbehaves when told to. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type CheckNetwork, STRICT_NETWORK } from '#evidence/checks/network.server.ts'
import { makeAuthority, startHttpsHost } from '../evidence/checks/loopback.ts'

export interface Taken {
  headers: Record<string, string>
  body: string
  path: string
}

export type Answer =
  | { kind: 'status'; status: number; body?: string; headers?: Record<string, string> }
  /** Never says anything. */
  | { kind: 'hanging' }
  /** Takes it, and cuts the connection before it says so. */
  | { kind: 'dropping' }
  /** Says so, and then sends without end. */
  | { kind: 'endless' }

export interface Receiver {
  url: string
  taken: Taken[]
  answer: Answer
  /** For paths that answer otherwise. */
  at: Record<string, Answer>
  /** Given first, one to each call. */
  next: Answer[]
  network: CheckNetwork
  connections(): number
  close(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const authority = await makeAuthority()
  const receiver = {
    taken: [] as Taken[],
    answer: { kind: 'status', status: 204 } as Answer,
    at: {} as Record<string, Answer>,
    next: [] as Answer[],
  }
  const host = await startHttpsHost(await authority.issue('localhost'), (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      receiver.taken.push({
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString(),
        path: request.url ?? '',
      })
      reply(receiver.next.shift() ?? receiver.at[request.url ?? ''] ?? receiver.answer, request, response)
    })
  })
  return Object.assign(receiver, {
    url: `https://localhost:${host.port}`,
    // Loopback is allowed here and nowhere else.
    network: { ...STRICT_NETWORK, whyNot: () => null, authorities: [authority.certificate] },
    connections: () => host.connections(),
    close: () => host.close(),
  })
}

function reply(answer: Answer, request: IncomingMessage, response: ServerResponse): void {
  switch (answer.kind) {
    case 'status':
      response.writeHead(answer.status, answer.headers).end(answer.body)
      return
    case 'dropping':
      request.socket.destroy()
      return
    case 'endless': {
      response.writeHead(200)
      const timer = setInterval(() => response.write('x'.repeat(64 * 1024)), 1)
      response.on('close', () => clearInterval(timer))
      return
    }
    case 'hanging':
      return
  }
}
