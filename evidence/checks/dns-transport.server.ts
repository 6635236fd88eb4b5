/** Carries one DNS message to the resolver and its answer back: UDP first, TCP where the answer was cut. */
import { createSocket } from 'node:dgram'
import { connect, isIPv6 } from 'node:net'
import type { DnsServer } from './network.server.ts'

/** What a reply is worth: `null` to go on waiting for another one. */
type Judge<T> = (bytes: Buffer) => T | null

export interface Carriage<T> {
  server: DnsServer
  bytes: Buffer
  timeoutMs: number
  signal: AbortSignal
  judge: Judge<T>
}

export type Carried<T> =
  | { ok: true; value: T }
  | { ok: false; why: 'timeout' | 'unreachable' | 'out-of-time' }

export function carryByUdp<T>({ server, bytes, timeoutMs, signal, judge }: Carriage<T>): Promise<Carried<T>> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(server.address) ? 'udp6' : 'udp4')
    const end = settleOnce<T>(resolve, timeoutMs, signal, () => socket.close())
    socket.on('error', () => end({ ok: false, why: 'unreachable' }))
    socket.on('message', (message) => {
      const value = judge(message)
      if (value !== null) end({ ok: true, value })
    })
    // Connected, so that the system hands over only what this server sent.
    socket.connect(server.port, server.address, () => {
      socket.send(bytes, (error) => {
        if (error) end({ ok: false, why: 'unreachable' })
      })
    })
  })
}

export function carryByTcp<T>({ server, bytes, timeoutMs, signal, judge }: Carriage<T>): Promise<Carried<T>> {
  return new Promise((resolve) => {
    const socket = connect({ host: server.address, port: server.port })
    const end = settleOnce<T>(resolve, timeoutMs, signal, () => socket.destroy())
    const length = Buffer.alloc(2)
    length.writeUInt16BE(bytes.length)
    let received = Buffer.alloc(0)
    socket.on('connect', () => socket.write(Buffer.concat([length, bytes])))
    socket.on('error', () => end({ ok: false, why: 'unreachable' }))
    socket.on('close', () => end({ ok: false, why: 'unreachable' }))
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      while (received.length >= 2 && received.length >= received.readUInt16BE(0) + 2) {
        const messageEnd = received.readUInt16BE(0) + 2
        const value = judge(received.subarray(2, messageEnd))
        received = received.subarray(messageEnd)
        if (value !== null) return end({ ok: true, value })
      }
    })
  })
}

function settleOnce<T>(
  resolve: (carried: Carried<T>) => void,
  timeoutMs: number,
  signal: AbortSignal,
  close: () => void,
): (carried: Carried<T>) => void {
  let isOver = false
  const timer = setTimeout(() => end({ ok: false, why: 'timeout' }), timeoutMs)
  const abort = () => end({ ok: false, why: 'out-of-time' })
  function end(carried: Carried<T>) {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    close()
    resolve(carried)
  }
  if (signal.aborted) queueMicrotask(abort)
  else signal.addEventListener('abort', abort)
  return end
}
