/** A real SMTP server on loopback that keeps what it gets, and misbehaves when told to. */
import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  from: string
  to: string[]
  /** The message as it came over the wire. */
  source: string
}

export type Mood =
  | { kind: 'well' }
  /** Answers RCPT TO with this reply, as greylisting (450) and unknown mailboxes (550) do. */
  | { kind: 'refusing'; code: number; words: string }
  /** Cuts the connection while the message is being sent. */
  | { kind: 'dropping' }

export interface MailServer {
  url: string
  received: ReceivedMail[]
  mood: Mood
  close(): Promise<void>
}

export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const started: MailServer = { url: '', received, mood: { kind: 'well' }, close: async () => undefined }
  const sockets = new Set<Socket>()
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo(_address, _session, done) {
      const { mood } = started
      if (mood.kind !== 'refusing') return done()
      done(Object.assign(new Error(mood.words), { responseCode: mood.code }))
    },
    onData(stream, session, done) {
      if (started.mood.kind === 'dropping') {
        for (const socket of sockets) socket.destroy()
        stream.resume()
        return
      }
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString('utf8'),
        })
        done()
      })
    },
  })
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

/** The plain text of a mail: between its head and the HTML, quoted-printable undone. */
export function plainTextOf({ source }: ReceivedMail): string {
  const [, text = ''] = /Content-Type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(source) ?? []
  return text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
