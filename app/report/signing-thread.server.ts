/** What a signing thread says to the main thread, from inside of it. */
import { parentPort } from 'node:worker_threads'
import type { ThreadAsks, TokenReply } from './sign-in-thread.server.ts'

/** The main thread asks the authority: it knows where, and keeps what the authority said. */
export function askForToken(signature: Uint8Array): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    parentPort?.once('message', ({ token }: TokenReply) => resolve(token))
    tellThread({ kind: 'timestamp', signature })
  })
}

export function tellThread(message: ThreadAsks): void {
  parentPort?.postMessage(message)
}
