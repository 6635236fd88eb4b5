/** Mails over a real SMTP server that fails in every way that servers do. */
import { fork } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import forge from 'node-forge'
import PostalMime from 'postal-mime'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { handleJob } from '#app/jobs/handlers.server.ts'
import { startQueue } from '#app/jobs/queue.server.ts'
import type { MailContent } from '#app/mail/content.ts'
import { type Mailer, openMailer } from '#app/mail/smtp.server.ts'
import { sendMailJob } from '#app/services/mail-delivery.server.ts'
import { listOutbox, type NewMail, writeMail } from '#app/services/mail-outbox.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { openWorld, type World } from '../support/world.ts'

const FROM = 'Attested <attested@mail.msp.example>'
const content: MailContent = {
  greeting: 'Hello Oscar,',
  paragraphs: ['Łódź & <b>Sons</b> wait for you.'],
  code: null,
  action: { label: 'Read', href: 'https://attested.example/request/abc' },
  closing: ['Sent by Attested.'],
}

let world: World
let server: MailServer
let mailer: Mailer
let mia: Member
const opened: (MailServer | Mailer)[] = []

beforeAll(async () => {
  server = await startMailServer()
  mailer = openMailer({ url: server.url, from: FROM })
  world = await openWorld({ mailer, settings: { bounceAddress: 'bounces@mail.msp.example' } })
  mia = (await world.signUpMember('Mia Mailer')).member
})
afterEach(async () => {
  server.mood = { kind: 'well' }
  server.received.length = 0
  getRuntime().mailer = mailer
  world.setClock(null)
  for (const thing of opened.splice(0)) await thing.close()
})
afterAll(async () => {
  mailer?.close()
  await server?.close()
  await world?.close()
})

function write(more: Partial<NewMail> = {}): Promise<string> {
  const { database, clock } = getRuntime()
  const expiresAt = new Date(clock().getTime() + 86_400_000)
  const mail = {
    kind: 'request-link',
    recipient: 'oscar@client.example',
    subject: 'Please send',
    content,
  } as const
  return database.inOrganisation(mia.organisationId, (tx) =>
    writeMail(tx, mia.organisationId, { ...mail, expiresAt, ...more }, true),
  )
}
const send = (id: string) => sendMailJob(mia.organisationId, id)
const stateOf = async (id: string) => (await listOutbox(mia)).find((mail) => mail.id === id)?.state
const parsed = async () => PostalMime.parse(server.received[0]?.source ?? '')

/** Another server and a mailer for it, closed after the test. */
async function useServer(
  options: Parameters<typeof startMailServer>[0],
  mail: { query?: string; user?: string; dkim?: Parameters<typeof openMailer>[0]['dkim'] } = {},
): Promise<MailServer> {
  const other = await startMailServer(options)
  const url = `${mail.user ? other.url.replace('//', `//${mail.user}@`) : other.url}${mail.query ?? ''}`
  const otherMailer = openMailer({ url, from: FROM, dkim: mail.dkim })
  opened.push(otherMailer, other)
  getRuntime().mailer = otherMailer
  return other
}

describe('a mail', () => {
  test('has the same id and date at every try, and reports come back to its own address', async () => {
    world.setClock(new Date('2026-11-27T10:00:00Z'))
    const id = await write()
    server.mood = { kind: 'dropping-reply' }
    await expect(send(id)).rejects.toMatchObject({ isFinal: false })
    server.mood = { kind: 'well' }
    world.setClock(new Date('2026-11-27T11:00:00Z'))
    await send(id)
    expect(await stateOf(id)).toBe('sent')
    // It arrived twice, and any mail program can tell.
    expect(server.received).toHaveLength(2)
    const heads = await Promise.all(server.received.map(({ source }) => PostalMime.parse(source)))
    expect(new Set(heads.map(({ messageId }) => messageId))).toEqual(new Set([`<${id}@mail.msp.example>`]))
    expect(new Set(heads.map(({ date }) => date))).toEqual(new Set(['2026-11-27T10:00:00.000Z']))
    expect(server.received[0]?.from).toMatch(/^bounces\+[0-9a-z]{50}@mail\.msp\.example$/)
    expect(server.received[0]?.from.split('@')[0]?.length).toBeLessThanOrEqual(64)
    expect(heads[0]?.headers).toContainEqual(
      expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
    )
    expect(heads[0]?.headers.map(({ key }) => key)).not.toContain('list-unsubscribe')
  })

  test('joins the others about the same thing', async () => {
    for (const id of [await write({ thread: 'request-1' }), await write({ thread: 'request-1' })])
      await send(id)
    const [first, second] = await Promise.all(server.received.map(({ source }) => PostalMime.parse(source)))
    expect(first?.references).toBe('<request-1@mail.msp.example>')
    expect(second?.references).toBe(first?.references)
    expect(second?.inReplyTo).toBe(first?.references)
    expect(second?.messageId).not.toBe(first?.messageId)
  })

  test('that is a summary can be stopped at one press, and no other mail', async () => {
    const digest = { origin: 'https://attested.example', listName: 'Summaries of Mia IT' }
    await send(await write({ digest }))
    const { headers, text, html } = await parsed()
    const headerOf = (key: string) => headers.find((header) => header.key === key)?.value
    expect(headerOf('list-id')).toBe(
      `"Summaries of Mia IT" <summaries.${mia.organisationId}.mail.msp.example>`,
    )
    expect(headerOf('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    const [, href = ''] =
      /^<(https:\/\/attested\.example\/unsubscribe\/[\w-]{64})>$/.exec(headerOf('list-unsubscribe') ?? '') ??
      []
    expect(href).not.toBe('')
    expect(text).toContain(href)
    expect(html).toContain(href)
  })

  test('carries an invitation beside its text and as a file', async () => {
    const text = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n'
    const id = await write({ calendar: { method: 'REQUEST', text } })
    await send(id)
    const source = server.received[0]?.source ?? ''
    expect(source).toMatch(/multipart\/alternative/)
    expect(source).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/)
    const file = (await parsed()).attachments.find(({ filename }) => filename === 'invitation.ics')
    expect(
      Buffer.from(file?.content as ArrayBuffer)
        .toString()
        .split(/\r?\n/),
    ).toEqual(text.split('\r\n'))
    expect((await listOutbox(mia)).find((mail) => mail.id === id)?.content).toBeNull()
    await expect(write({ calendar: { method: 'REQUEST', text: 'Hello' } })).rejects.toThrow()
  })
})

describe('a mail server', () => {
  test('that wants to see us again later gets the mail the next time', async () => {
    server.mood = { kind: 'greylisting' }
    const id = await write({ recipient: `${crypto.randomUUID()}@client.example` })
    await expect(send(id)).rejects.toMatchObject({ isFinal: false, fault: '451-4.7.1' })
    expect(await stateOf(id)).toBe('queued')
    await send(id)
    expect(await stateOf(id)).toBe('sent')
    expect(server.received).toHaveLength(1)
  })

  test('that answers slowly is waited for', async () => {
    server.mood = { kind: 'slow', ms: 1200 }
    const id = await write()
    await send(id)
    expect(await stateOf(id)).toBe('sent')
    expect(server.received).toHaveLength(1)
  })

  test.each(['mail', 'data'] as const)(
    'that refuses the mail at %s says nothing about the address',
    async (at) => {
      server.mood = { kind: 'refusing', code: 550, words: '5.7.1 Not from here', at }
      const id = await write()
      await send(id)
      expect(await stateOf(id)).toBe('failed')
      server.mood = { kind: 'well' }
      expect(await stateOf(await write())).toBe('queued')
    },
  )

  test('that refuses our password is tried again: the mail itself is well', async () => {
    const other = await useServer({ password: 'right' }, { user: 'attested:wrong' })
    const id = await write()
    await expect(send(id)).rejects.toMatchObject({ isFinal: false, fault: '535-5.7.8' })
    expect(await stateOf(id)).toBe('queued')
    expect(other.received).toEqual([])
  })

  test('that is away is tried again, and the outbox says so after the last try', async () => {
    const other = await useServer({})
    await other.close()
    const id = await write()
    await expect(send(id)).rejects.toMatchObject({ isFinal: false, fault: 'esocket' })
    // The queue leaves it there, so that no try of this job meets the mail once somebody sends it again.
    await handleJob({ name: 'send-mail', organisationId: mia.organisationId, mailId: id }, true)
    expect(await stateOf(id)).toBe('failed')
  })

  test('that offers STARTTLS gets the mail through TLS', async () => {
    const other = await useServer({ tls: selfSigned() }, { query: '/?tls.rejectUnauthorized=false' })
    await send(await write())
    expect(other.received).toMatchObject([{ isSecure: true }])
  })

  test('whose certificate nobody vouches for gets nothing', async () => {
    const other = await useServer({ tls: selfSigned() })
    const id = await write()
    await expect(send(id)).rejects.toMatchObject({ isFinal: false })
    expect(other.received).toEqual([])
  })
})

test('a mail whose sender was killed after the server took it is sent once more, and can be told as one', async () => {
  server.mood = { kind: 'slow', ms: 20_000 }
  const id = await write()
  const child = fork(fileURLToPath(new URL('./mail-sending-process.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: {
      ...process.env,
      DATABASE_URL: getRuntime().database.ownerUrl,
      DATA_DIR: world.dataDir,
      SMTP_URL: server.url,
      ORGANISATION: mia.organisationId,
      MAIL: id,
    },
  })
  const ended = once(child, 'exit')
  await expect.poll(() => server.received.length, { timeout: 60_000 }).toBe(1)
  child.kill('SIGKILL')
  await ended
  expect(await stateOf(id)).toBe('queued')
  server.mood = { kind: 'well' }
  await send(id)
  expect(await stateOf(id)).toBe('sent')
  const ids = server.received.map(({ source }) => /^Message-ID: (.+)\r$/m.exec(source)?.[1])
  expect(ids).toEqual([`<${id}@mail.msp.example>`, `<${id}@mail.msp.example>`])
}, 90_000)

test('two instances on one database send each mail once', async () => {
  const { database } = getRuntime()
  const start = () =>
    startQueue({ url: database.ownerUrl, soleOwner: false, handle: handleJob, log: () => undefined })
  const queues = [await start(), await start()]
  const [first] = queues
  const { jobs } = getRuntime()
  getRuntime().jobs = first as NonNullable<typeof first>
  try {
    server.mood = { kind: 'slow', ms: 30 }
    const ids = await Promise.all(Array.from({ length: 12 }, () => write()))
    await expect
      .poll(async () => (await Promise.all(ids.map(stateOf))).every((state) => state === 'sent'), {
        timeout: 30_000,
      })
      .toBe(true)
    const arrived = server.received.map(({ source }) => /^Message-ID: <([\w-]+)@/m.exec(source)?.[1])
    expect(arrived.sort()).toEqual([...ids].sort())
  } finally {
    getRuntime().jobs = jobs
    for (const queue of queues) await queue.stop()
  }
})

describe('a signed mail', () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const privateKey = String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const record = `v=DKIM1; k=rsa; p=${pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`
  const resolver = async (name: string, type: string) => {
    if (name === 'attested._domainkey.msp.example' && type === 'TXT') return [[record]]
    throw Object.assign(new Error('none'), { code: 'ENOTFOUND' })
  }
  const verify = async (source: string) => (await dkimVerify(Buffer.from(source), { resolver })).results[0]

  test('is believed by a receiver, and covers what a mail program presses', async () => {
    const other = await useServer({}, { dkim: { domain: 'msp.example', selector: 'attested', privateKey } })
    await send(await write({ digest: { origin: 'https://attested.example', listName: 'Summaries' } }))
    const source = other.received[0]?.source ?? ''
    const result = await verify(source)
    expect(result).toMatchObject({
      signingDomain: 'msp.example',
      status: { result: 'pass', aligned: 'msp.example' },
    })
    const signed = /[;\s]h=([\s\S]+?);/
      .exec(/^DKIM-Signature:[\s\S]*?\r\n(?!\s)/m.exec(source)?.[0] ?? '')?.[1]
      ?.toLowerCase()
    for (const name of ['from', 'subject', 'message-id', 'list-unsubscribe', 'list-unsubscribe-post'])
      expect(signed?.replace(/\s/g, '').split(':')).toContain(name)
  })

  test('that somebody changed on the way is not', async () => {
    const other = await useServer({}, { dkim: { domain: 'msp.example', selector: 'attested', privateKey } })
    await send(await write())
    const source = other.received[0]?.source ?? ''
    expect((await verify(source))?.status.result).toBe('pass')
    expect((await verify(source.replace('Sent by Attested', 'Sent by Mallory')))?.status.result).not.toBe(
      'pass',
    )
  })
})

function selfSigned(): { key: string; cert: string } {
  const keys = forge.pki.rsa.generateKeyPair(2048)
  const cert = forge.pki.createCertificate()
  cert.publicKey = keys.publicKey
  cert.serialNumber = '01'
  cert.validity.notBefore = new Date(Date.now() - 86_400_000)
  cert.validity.notAfter = new Date(Date.now() + 86_400_000)
  const name = [{ name: 'commonName', value: 'mail.example' }]
  cert.setSubject(name)
  cert.setIssuer(name)
  cert.sign(keys.privateKey, forge.md.sha256.create())
  return { key: forge.pki.privateKeyToPem(keys.privateKey), cert: forge.pki.certificateToPem(cert) }
}
