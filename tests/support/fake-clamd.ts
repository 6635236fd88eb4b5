/** A ClamAV daemon as far as its protocol goes: it finds EICAR, and misbehaves when told to. */
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The harmless file that every scanner takes for malware; in two parts, so that no scanner takes this one for it. */
export const EICAR = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-${'STANDARD-ANTIVIRUS-TEST-FILE'}!$H+H*`

export type Mood =
  | 'well'
  /** Takes everything and says nothing. */
  | 'silent'
  /** Reads nothing at all. */
  | 'deaf'
  /** Stops in the middle of its answer. */
  | 'cut off'
  /** Hangs up before the answer. */
  | 'hangs up'
  /** Says something that is no verdict. */
  | 'confused'

export interface FakeClamd {
  address: { host: string; port: number } | { socketPath: string }
  mood: Mood
  /** As StreamMaxLength in clamd.conf. */
  maxBytes: number
  /** Bytes of each file that it was shown. */
  seen: number[]
  close(): Promise<void>
}

export const FAKE_ENGINE = 'ClamAV 1.4.1/27500/Mon Mar  2 08:00:00 2026'

export async function startFakeClamd(options: { onSocket?: boolean } = {}): Promise<FakeClamd> {
  const connections = new Set<Socket>()
  const server = createServer((socket) => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
    socket.on('error', () => undefined)
    serve(socket)
  })
  const socketPath = join(tmpdir(), `clamd-${process.pid}-${Math.random().toString(36).slice(2)}.sock`)
  if (options.onSocket) server.listen(socketPath)
  else server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = options.onSocket ? { port: 0 } : (server.address() as { port: number })
  const daemon: FakeClamd = {
    address: options.onSocket ? { socketPath } : { host: '127.0.0.1', port },
    mood: 'well',
    maxBytes: 100_000_000,
    seen: [],
    async close() {
      for (const socket of connections) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }

  function serve(socket: Socket): void {
    let held = Buffer.alloc(0)
    let command: string | null = null
    let file = Buffer.alloc(0)
    let size = 0
    socket.on('data', (chunk) => {
      held = Buffer.concat([held, chunk])
      if (command === null) {
        const end = held.indexOf(0)
        if (end < 0) return
        command = held.subarray(0, end).toString()
        held = held.subarray(end + 1)
        if (command === 'zVERSION') return void socket.end(`${FAKE_ENGINE}\0`)
        if (command !== 'zINSTREAM') return void socket.end('UNKNOWN COMMAND\0')
        if (daemon.mood === 'deaf') return void socket.pause()
      }
      while (held.length >= 4) {
        const length = held.readUInt32BE(0)
        if (length === 0) {
          daemon.seen.push(size)
          return answer(socket, file)
        }
        if (held.length < 4 + length) break
        size += length
        // The test file is small: of a large one the beginning is enough.
        if (file.length < 100_000) file = Buffer.concat([file, held.subarray(4, 4 + length)])
        held = held.subarray(4 + length)
        if (size > daemon.maxBytes) return void socket.end('INSTREAM size limit exceeded. ERROR\0')
      }
    })
  }

  function answer(socket: Socket, file: Buffer): void {
    if (daemon.mood === 'silent') return
    if (daemon.mood === 'hangs up') return void socket.end()
    if (daemon.mood === 'cut off') return void socket.end('stream: O')
    if (daemon.mood === 'confused') return void socket.end('stream: OK maybe\0')
    socket.end(file.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0')
  }

  return daemon
}
