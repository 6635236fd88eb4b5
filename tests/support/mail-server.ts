/** A real SMTP server on loopback that keeps what it gets, and misbehaves when told to. */

import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface ReceivedMail {
  from: string
  to: string[]
  /** The message as it came over the wire. */
  source: string
  /** Whether it came through TLS. */
  isSecure: boolean
}

export type Mood =
  | { kind: 'well' }
  /** Answers RCPT TO (or `at`) with this reply, as greylisting (450) and unknown mailboxes (550) do; so many times. */
  | { kind: 'refusing'; code: number; words: string; at?: 'mail' | 'rcpt' | 'data'; times?: number }
  /** Says 451 to each address once, and takes its mail the next time. */
  | { kind: 'greylisting' }
  /** Cuts the connection while the message is being sent. */
  | { kind: 'dropping' }
  /** Takes the message, and cuts the connection before it says so. */
  | { kind: 'dropping-reply' }
  /** Takes the message, and says so only after a while. */
  | { kind: 'slow'; ms: number }

export interface MailServer {
  url: string
  received: ReceivedMail[]
  mood: Mood
  close(): Promise<void>
}

interface MailServerOptions {
  /** Without it nobody is asked who they are. */
  password?: string
  /** PEM; without it there is no STARTTLS. */
  tls?: { key: string; cert: string }
}

export async function startMailServer({ password, tls }: MailServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const started: MailServer = { url: '', received, mood: { kind: 'well' }, close: async () => undefined }
  const sockets = new Set<Socket>()
  const seen = new Set<string>()
  const refusalAt = (at: 'mail' | 'rcpt' | 'data') => {
    const { mood } = started
    if (mood.kind !== 'refusing' || (mood.at ?? 'rcpt') !== at) return null
    if (mood.times === 0) return null
    if (mood.times !== undefined) mood.times -= 1
    return reply(mood.code, mood.words)
  }
  const options: SMTPServerOptions = {
    disabledCommands: [...(password ? [] : ['AUTH']), ...(tls ? [] : ['STARTTLS'])],
    ...tls,
    authOptional: !password,
    allowInsecureAuth: true,
    onAuth(given, _session, done) {
      if (given.password === password) return done(null, { user: given.username })
      done(reply(535, '5.7.8 Wrong user or password'))
    },
    onMailFrom: (_address, _session, done) => done(refusalAt('mail')),
    onRcptTo({ address }, _session, done) {
      const isFirst = !seen.has(address)
      seen.add(address)
      if (started.mood.kind === 'greylisting' && isFirst)
        return done(reply(451, '4.7.1 Come back in a minute'))
      done(refusalAt('rcpt'))
    },
    onData(stream, session, done) {
      if (started.mood.kind === 'dropping') {
        for (const socket of sockets) socket.destroy()
        stream.resume()
        return
      }
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const { mailFrom, rcptTo } = session.envelope
        const refusal = refusalAt('data')
        if (refusal) return done(refusal)
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString('utf8'),
          isSecure: session.secure,
        })
        const { mood } = started
        if (mood.kind === 'dropping-reply') for (const socket of sockets) socket.destroy()
        else {
          if (mood.kind === 'slow') await sleep(mood.ms)
          done()
        }
      })
    },
  }
  const server = new SMTPServer(options)
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  started.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  started.close = () => new Promise((resolve) => server.close(() => resolve()))
  return started
}

const reply = (responseCode: number, words: string) => Object.assign(new Error(words), { responseCode })

/** The plain text of a mail: between its head and the HTML, quoted-printable undone. */
export function plainTextOf({ source }: ReceivedMail): string {
  const [, text = ''] = /Content-Type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(source) ?? []
  return text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
