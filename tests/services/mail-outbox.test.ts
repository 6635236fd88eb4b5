import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MailContent } from '#app/mail/content.ts'
import { printHtml, printText } from '#app/mail/content.ts'
import { type Mailer, openMailer } from '#app/mail/smtp.server.ts'
import { signUp } from '#app/services/accounts.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { failMail, sendMailJob } from '#app/services/mail-delivery.server.ts'
import {
  blankMails,
  countOutbox,
  listOutbox,
  mailsLeave,
  type NewMail,
  OUTBOX_PAGE,
  previewMail,
  writeMail,
} from '#app/services/mail-outbox.server.ts'
import { listMailFailures, resendFailed, resendMail } from '#app/services/mail-resending.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { mailMessage } from '#db/schema/index.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { openWorld, type World } from '../support/world.ts'

const content: MailContent = {
  greeting: 'Hello Oscar,',
  paragraphs: ['Łódź & <b>Sons</b> wait for you.'],
  code: '012345',
  action: { label: 'Read and attest', href: 'https://attested.example/attest/abc?x=1&y=2' },
  closing: ['Sent by Attested.'],
}

let world: World
let server: MailServer
let mailer: Mailer
let mia: Member

beforeAll(async () => {
  server = await startMailServer()
  mailer = openMailer({ url: server.url, from: 'Attested <attested@msp.example>' })
  world = await openWorld({ mailer })
})
beforeEach(async () => {
  server.mood = { kind: 'well' }
  server.received.length = 0
  mia = (await world.signUpMember('Mia Mailer')).member
})
afterAll(async () => {
  mailer?.close()
  await server?.close()
  await world?.close()
})

function write(more: Partial<NewMail> = {}, leaves = true): Promise<string> {
  const expiresAt = new Date(Date.now() + 60_000)
  return getRuntime().database.inOrganisation(mia.organisationId, (tx) =>
    writeMail(
      tx,
      mia.organisationId,
      {
        kind: 'attestation-code',
        recipient: 'oscar@client.example',
        subject: 'Your code',
        content,
        expiresAt,
        ...more,
      },
      leaves,
    ),
  )
}

const send = (id: string) => sendMailJob(mia.organisationId, id)
const shown = async (id: string) => (await listOutbox(mia)).find((mail) => mail.id === id)

describe('a mail', () => {
  test('leaves as text and HTML, and what it said is not kept', async () => {
    const id = await write({ subject: 'Your code for Łódź & Sons' })
    await send(id)
    expect(server.received).toHaveLength(1)
    const [mail] = server.received
    expect(mail).toMatchObject({ from: 'attested@msp.example', to: ['oscar@client.example'] })
    expect(mail?.source).toContain('From: Attested <attested@msp.example>')
    expect(mail?.source).toContain(`Message-ID: <${id}@msp.example>`)
    expect(mail?.source).toMatch(/Content-Type: text\/plain[\s\S]*Content-Type: text\/html/)
    expect(await shown(id)).toMatchObject({ state: 'sent', content: null, failure: null })
  })

  test('is sent once, however often its job comes', async () => {
    const id = await write()
    await send(id)
    await send(id)
    expect(server.received).toHaveLength(1)
  })

  test('that the server wants later stays queued, and leaves with the next try', async () => {
    const id = await write()
    server.mood = { kind: 'refusing', code: 450, words: 'Greylisted, come back in a minute' }
    await expect(send(id)).rejects.toMatchObject({ code: 'mail-refused', isFinal: false })
    expect(await shown(id)).toMatchObject({ state: 'queued' })
    server.mood = { kind: 'well' }
    await send(id)
    expect(await shown(id)).toMatchObject({ state: 'sent' })
  })

  test('that the server will never take fails with the server’s words, and can be sent again', async () => {
    const id = await write()
    server.mood = { kind: 'refusing', code: 554, words: '5.7.1 We do not like this sender' }
    await send(id)
    expect(await shown(id)).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('We do not like this sender'),
      canResend: true,
    })
    server.mood = { kind: 'well' }
    await resendMail(mia, id)
    await send(id)
    expect(await shown(id)).toMatchObject({ state: 'sent', failure: null, resends: 1 })
    await expect(resendMail(mia, id)).rejects.toMatchObject({ code: 'mail-state' })
    expect((await listLedger(mia)).entries[0]).toMatchObject({
      kind: 'mail.resent',
      payload: expect.stringContaining(id),
    })
  })

  test('that failed for the same as others is sent again together with them', async () => {
    server.mood = { kind: 'refusing', code: 554, words: '5.7.1 Not from here, id 17' }
    const together = [await write(), await write({ recipient: 'ada@client.example' })]
    for (const id of together) await send(id)
    server.mood = { kind: 'refusing', code: 552, words: '5.3.4 Too big' }
    const alone = await write()
    await send(alone)
    expect(await listMailFailures(mia)).toEqual([
      { cause: '554-5.7.1', mails: 2, said: expect.stringContaining('Not from here') },
      { cause: '552-5.3.4', mails: 1, said: expect.stringContaining('Too big') },
    ])
    server.mood = { kind: 'well' }
    expect(await resendFailed(mia, '554-5.7.1')).toBe(2)
    for (const id of together) await send(id)
    expect(server.received).toHaveLength(2)
    expect(await shown(alone)).toMatchObject({ state: 'failed' })
    expect(await resendFailed(mia, '554-5.7.1')).toBe(0)
  })

  test('shows links and codes only where they have to be handed over', async () => {
    const waiting = await write()
    const masked = (await previewMail(mia, waiting)).preview
    expect(masked).toMatchObject({ isMasked: true })
    for (const secret of ['012345', '/attest/abc']) {
      expect(masked?.html).not.toContain(secret)
      expect(masked?.text).not.toContain(secret)
    }
    expect(masked?.html).toContain('Read and attest')
    const kept = (await previewMail(mia, await write({}, false))).preview
    expect(kept).toMatchObject({ isMasked: false, text: expect.stringContaining('012345') })
    await send(waiting)
    expect((await previewMail(mia, waiting)).preview).toBeNull()
  })

  test('whose connection is cut in the middle is tried again', async () => {
    const id = await write()
    server.mood = { kind: 'dropping' }
    await expect(send(id)).rejects.toMatchObject({ isFinal: false })
    server.mood = { kind: 'well' }
    await send(id)
    expect(server.received).toHaveLength(1)
  })

  test('that never left is told so after the last try, and not when it left meanwhile', async () => {
    const [lost, sent] = [await write(), await write()]
    await send(sent)
    for (const id of [lost, sent]) await failMail(mia.organisationId, id, 'The mail server is away.')
    expect(await shown(lost)).toMatchObject({ state: 'failed', failure: 'The mail server is away.' })
    expect(await shown(sent)).toMatchObject({ state: 'sent', failure: null })
  })

  test('does not leave once its link is over', async () => {
    const id = await write({ expiresAt: new Date(Date.now() - 1000) })
    await send(id)
    expect(server.received).toEqual([])
    expect(await shown(id)).toMatchObject({ state: 'failed', content: null })
  })

  test('waits where mails do not leave, can be read there, and no longer than its link lives', async () => {
    const kept = await write({}, false)
    await send(kept)
    expect(server.received).toEqual([])
    expect((await shown(kept))?.content).toEqual(content)
    const over = await write({ expiresAt: new Date(Date.now() - 1000) }, false)
    expect((await shown(over))?.content).toBeNull()
    await getRuntime().database.inOrganisation(mia.organisationId, (tx) =>
      blankMails(tx, mia.organisationId, 'oscar@client.example', ['attestation-code']),
    )
    expect((await shown(kept))?.content).toBeNull()
  })

  test('of another organisation is not there', async () => {
    const id = await write()
    const { member: eve } = await world.signUpMember('Eve Elsewhere')
    expect(await listOutbox(eve)).toEqual([])
    await expect(resendMail(eve, id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(previewMail(eve, id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(sendMailJob(eve.organisationId, id)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('cannot carry a header or another recipient in a name', async () => {
    const id = await write({ subject: 'Code\r\nBcc: eve@evil.example\r\n\r\nHello' })
    await send(id)
    const [mail] = server.received
    expect(mail?.to).toEqual(['oscar@client.example'])
    const [head = ''] = mail?.source.split('\r\n\r\n') ?? []
    expect(head).toMatch(/^Subject: Code/m)
    expect(head).not.toMatch(/^Bcc:/m)
  })
})

test('a mail is found by its state and page, however many were written since', async () => {
  const { organisationId } = mia
  const old = await write({ subject: 'The first' }, false)
  const content = null
  const later = Array.from({ length: OUTBOX_PAGE + 1 }, (_, index) => ({
    ...({
      organisationId,
      id: crypto.randomUUID(),
      kind: 'request-link',
      recipient: 'ada@client.example',
    } as const),
    ...({ subject: `No. ${index}`, content, state: 'sent', sentAt: new Date() } as const),
    ...{ createdAt: new Date(Date.now() + 1000), queuedAt: new Date(), expiresAt: new Date() },
  }))
  await getRuntime().database.inOrganisation(organisationId, (tx) => tx.insert(mailMessage).values(later))
  expect(await shown(old)).toBeUndefined()
  expect(await countOutbox(mia, 'all')).toBe(OUTBOX_PAGE + 2)
  expect((await listOutbox(mia, { state: 'all', page: 2 })).at(-1)).toMatchObject({ id: old })
  expect(await countOutbox(mia, 'kept')).toBe(1)
  expect(await listOutbox(mia, { state: 'kept', page: 1 })).toMatchObject([{ id: old }])
})

test('a demo writes to made-up people: its mails never leave', async () => {
  const email = `demo-${crypto.randomUUID()}@lakeside.example`
  const words = { organisationName: 'Demo', name: 'Dana', password: 'a long enough password' }
  const made = await signUp({ ...words, email }, { isDemo: true })
  expect(made.outcome).toBe('created')
  expect(mailsLeave({ organisationIsDemo: true })).toBe(false)
  expect(mailsLeave(mia)).toBe(true)
})

describe('what a mail says', () => {
  test('is the same as text and as HTML, and its words stay words', () => {
    expect(printText(content)).toContain('Łódź & <b>Sons</b> wait for you.')
    const html = printHtml('Your <code>', content)
    expect(html).toContain('Łódź &amp; &lt;b&gt;Sons&lt;/b&gt; wait for you.')
    expect(html).toContain('<title>Your &lt;code&gt;</title>')
    expect(html).toContain('href="https://attested.example/attest/abc?x=1&amp;y=2"')
    expect(html).toContain('012345')
  })
})
