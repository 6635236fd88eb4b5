/** Opens one TCP connection and closes it again: nothing is sent, nothing is read. */
import { connect } from 'node:net'
import type { PortObservation, PortState } from './observation.ts'

interface PortCheck {
  target: string
  address: string
  port: number
  timeoutMs: number
  signal: AbortSignal
  clock: () => Date
}

const UNREACHABLE = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
  'ENETDOWN',
  'EAFNOSUPPORT',
])

export function checkPort({
  target,
  address,
  port,
  timeoutMs,
  signal,
  clock,
}: PortCheck): Promise<PortObservation> {
  const base = { kind: 'port' as const, target, address, port, askedAt: clock().toISOString() }
  if (signal.aborted)
    return Promise.resolve({ ...base, milliseconds: 0, state: 'not-asked', fault: 'out-of-time' })
  const started = performance.now()
  return new Promise((resolve) => {
    const socket = connect({ host: address, port })
    const end = (state: PortState, fault: string | null) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      socket.destroy()
      resolve({ ...base, milliseconds: Math.round(performance.now() - started), state, fault })
    }
    const timer = setTimeout(() => end('silent', null), timeoutMs)
    const abort = () => end('not-asked', 'out-of-time')
    signal.addEventListener('abort', abort)
    socket.on('connect', () => end('open', null))
    socket.on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => {
      if (code === 'ECONNREFUSED' || code === 'ECONNRESET') end('closed', code)
      else if (code === 'ETIMEDOUT') end('silent', code)
      else end(UNREACHABLE.has(code) ? 'unreachable' : 'not-asked', code)
    })
  })
}
