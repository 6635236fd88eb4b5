import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sidewaysOverflow, violationsOn } from '../support/axe.ts'
import { CONTEXT, launchBrowser, PHONE } from '../support/browser.ts'
import { askFor, codeInOutbox, linkInOutbox } from '../support/request.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'
import { createClientIn, openSignedIn } from '../support/signed-in-page.ts'

const PICTURES = process.env.ATTESTED_TEST_PICTURES

let server: RunningServer
let browser: Browser

beforeAll(async () => {
  server = await startServer({ dataDir: makeDataDir() })
  browser = await launchBrowser()
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (server) removeDataDir(server.dataDir)
})

const soon = () => new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10)
const today = () => new Date().toISOString().slice(0, 10)

test('a decision-maker sees on their phone what waits for them, sends a file and signs a waiver', async () => {
  const technician = await openSignedIn(browser, server.url, { ...CONTEXT, bypassCSP: true })
  const client = await createClientIn(technician, server.url)
  const asked = { title: 'Call-back procedure', name: 'Peter Marlow', email: 'peter@marlow.example' }
  await askFor(technician, client, asked)

  // A waiver, as its form posts it, and offered.
  const waiver = await technician.evaluate(
    async ([base, fields]) => {
      const body = new URLSearchParams(fields)
      body.append('controlIds[]', 'backup-saas')
      return (await fetch(`${base}/waivers/new`, { method: 'POST', body })).url
    },
    [
      client,
      {
        service: 'A backup copy out of reach',
        serviceOfferedOn: today(),
        risk: 'Whoever deletes the data deletes its backup, too.',
        consequence: 'The question about backups has to be answered no.',
        decisionMakerName: 'Peter Marlow',
        decisionMakerRole: 'Owner',
        decisionMakerEmail: 'peter@marlow.example',
        clientReason: 'It is too dear for us.',
        reviewOn: soon(),
      },
    ] as const,
  )
  expect(waiver).toMatch(/\/waivers\/[0-9a-f-]{36}$/)
  await technician.goto(waiver)
  await technician.waitForLoadState('networkidle')
  await technician.getByRole('button', { name: 'Offer it for signature' }).click()
  await technician.getByRole('link', { name: 'Send their link' }).click()
  await technician.getByRole('button', { name: 'Send the link' }).click()
  await technician.getByText('waits in the outbox').first().waitFor()
  expect(await violationsOn(technician)).toEqual([])
  const path = await linkInOutbox(technician, /\/room\/[\w-]{54}/)

  const phone = await (
    await browser.newContext({ ...CONTEXT, bypassCSP: true, viewport: PHONE, isMobile: true, hasTouch: true })
  ).newPage()
  phone.setDefaultTimeout(60_000)
  const look = async (name: string) => {
    await phone.waitForLoadState('networkidle')
    if (PICTURES) await phone.screenshot({ path: `${PICTURES}/room-${name}.png`, fullPage: true })
    expect(await violationsOn(phone)).toEqual([])
    expect(await sidewaysOverflow(phone)).toBe(0)
  }
  await phone.goto(`${server.url}${path}`)
  await phone.waitForLoadState('networkidle')
  await look('door')
  await phone.getByRole('button', { name: /^Send a code to/ }).click()
  await phone.getByLabel('Code', { exact: true }).waitFor()
  await phone.getByLabel('Code', { exact: true }).fill(await codeInOutbox(technician))
  await phone.getByRole('button', { name: 'Open', exact: true }).click()
  await phone.getByRole('heading', { name: 'What waits for Peter Marlow' }).waitFor()
  await look('tasks')

  await phone.getByRole('link', { name: /Call-back procedure/ }).click()
  await phone
    .getByLabel('Files')
    .setInputFiles([
      { name: 'procedure.txt', mimeType: 'text/plain', buffer: Buffer.from('Call the number on file.') },
    ])
  await phone.getByRole('button', { name: 'Send', exact: true }).click()
  await phone.getByText('Thank you, it arrived').waitFor()
  await phone.getByRole('link', { name: 'Back to what waits for you' }).click()

  await phone.getByRole('link', { name: /Decline a service/ }).click()
  await phone.getByRole('heading', { name: /^Decline a service/ }).waitFor()
  await look('waiver')
  await phone.getByRole('button', { name: /^Sign/ }).click()
  await phone.getByText('Type your name as it stands above').first().waitFor()
  await phone.getByRole('checkbox').check()
  await phone.getByLabel(/name/i).fill('Peter Marlow')
  await phone.getByRole('button', { name: /^Sign/ }).click()
  await phone.getByRole('link', { name: /Download/ }).waitFor({ timeout: 120_000 })
  await look('signed')
  await phone.getByRole('link', { name: 'Back to what waits for you' }).click()
  await phone.getByText('Nothing waits for you').waitFor()
  await technician.goto(waiver)
  await technician.getByRole('link', { name: 'Download signed waiver' }).waitFor()
}, 300_000)
