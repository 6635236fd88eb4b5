import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sidewaysOverflow, violationsOn } from '../support/axe.ts'
import { CONTEXT, launchBrowser, PHONE } from '../support/browser.ts'
import { askFor, codeInOutbox, linkInOutbox } from '../support/request.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'
import { answerAll, createClientIn, openSignedIn, startOn } from '../support/signed-in-page.ts'

const PICTURES = process.env.ATTESTED_TEST_PICTURES

let server: RunningServer
let browser: Browser
/** One of the provider's, signed in. */
let technician: Page

beforeAll(async () => {
  server = await startServer({ dataDir: makeDataDir() })
  browser = await launchBrowser()
  technician = await openSignedIn(browser, server.url, { ...CONTEXT, bypassCSP: true })
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (server) removeDataDir(server.dataDir)
})

const soon = () => new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10)
const today = () => new Date().toISOString().slice(0, 10)

async function openPhone(): Promise<Page> {
  const phone = await (
    await browser.newContext({ ...CONTEXT, bypassCSP: true, viewport: PHONE, isMobile: true, hasTouch: true })
  ).newPage()
  phone.setDefaultTimeout(60_000)
  return phone
}

/** What axe finds, and whether anything stands beside the screen. */
async function lookAt(page: Page, name: string) {
  await page.waitForLoadState('networkidle')
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/room-${name}.png`, fullPage: true })
  expect(await violationsOn(page)).toEqual([])
  expect(await sidewaysOverflow(page)).toBe(0)
}

async function enterCode(phone: Page) {
  await phone.getByRole('button', { name: /^Send a code to/ }).click()
  await phone.getByLabel('Code', { exact: true }).waitFor()
  await phone.getByLabel('Code', { exact: true }).fill(await codeInOutbox(technician))
  await phone.getByRole('button', { name: 'Open', exact: true }).click()
  await phone.getByRole('heading', { name: /^What waits for/ }).waitFor()
}

test('a decision-maker sees on their phone what waits for them, sends a file and signs a waiver', async () => {
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

  const phone = await openPhone()
  const look = (name: string) => lookAt(phone, name)
  await phone.goto(`${server.url}${path}`)
  await phone.waitForLoadState('networkidle')
  await look('door')
  await enterCode(phone)
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

test('finance answers what it was assigned, passes one on and approves an exception; the provider accepts', async () => {
  const client = await createClientIn(technician, server.url)
  const application = await startOn(technician, client, { formCode: 'payment-fraud', edition: '2' })
  await answerAll(technician, application, {
    'two-people': { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } },
  })

  // A section in one go, to somebody who was never asked anything.
  await technician.goto(`${application}/people`)
  await technician.waitForLoadState('networkidle')
  await technician.getByLabel('Section').selectOption('checks')
  await technician.getByRole('button', { name: 'Show', exact: true }).click()
  await technician.waitForURL(/section=checks/)
  await technician.getByLabel(/^All \d+ questions shown$/).check()
  await technician.getByLabel('Name').fill('Fiona Ledger')
  await technician.getByLabel('E-mail').fill('fiona@marlow.example')
  await technician.getByLabel('Note to them').fill('As it is done today, not as it is planned.')
  await lookAt(technician, 'assign')
  await technician.getByRole('button', { name: /^Assign \d+ questions$/ }).click()
  await technician.getByText('waits in the outbox').first().waitFor()

  // An exception for the answer that is there, put to the same person.
  await technician.evaluate(
    async ([base, fields]) =>
      fetch(`${base}/readiness`, { method: 'POST', body: new URLSearchParams(fields) }),
    [
      application,
      {
        questionId: 'two-people',
        scope: 'Payments below 1,000 from the petty cash account',
        reason: 'The bank offers no second signature for this account.',
        compensatingControl: 'The account never holds more than 2,000.',
        owner: 'Ines Halvorsen',
        approvedBy: 'Fiona Ledger',
        startsOn: '',
        expiresOn: soon(),
      },
    ] as const,
  )
  await technician.goto(`${client}/exceptions`)
  await technician.getByRole('link', { name: /^Ask for approval/ }).click()
  await technician.getByRole('heading', { name: 'Put it to somebody at the client' }).waitFor()
  await expect.poll(() => technician.getByLabel('E-mail').inputValue()).toBe('fiona@marlow.example')
  await lookAt(technician, 'ask-approval')
  await technician.getByRole('button', { name: 'Ask for approval' }).click()
  await technician.getByText('waits in the outbox').first().waitFor()

  const phone = await openPhone()
  await phone.goto(`${server.url}${await linkInOutbox(technician, /\/room\/[\w-]{54}/)}`)
  await phone.waitForLoadState('networkidle')
  await enterCode(phone)
  await phone.getByText('0 of 2 done').waitFor()
  await lookAt(phone, 'two-tasks')

  await phone.getByRole('link', { name: /^Answer \d+ questions/ }).click()
  const callBack = phone.getByRole('region', { name: /^Is there a call-back before every payment/ })
  await callBack.waitFor()
  await lookAt(phone, 'questions')
  await callBack.getByText('Yes', { exact: true }).click()
  await callBack.getByText(/^Saved/).waitFor()
  // The question that follows from it appears by itself.
  await phone.getByRole('heading', { name: /^From which amount on/ }).waitFor()
  const payroll = phone.getByRole('region', { name: /^Is a change of an employee/ })
  await payroll.getByText('This is not mine: ask somebody else').click()
  await payroll.getByLabel('Why, and who might know').fill('Wages are paid by Hugo in HR.')
  await payroll.getByRole('button', { name: 'Pass it on' }).click()
  await payroll.getByText('You said that it is not yours').waitFor()
  const inside = phone.getByRole('region', { name: /somebody inside asks for by message/ })
  await inside.getByLabel('I don’t know').check()
  await inside.getByText(/^Saved/).waitFor()
  await lookAt(phone, 'some-answered')
  await phone.getByRole('link', { name: 'Back to what waits for you' }).first().click()

  await phone.getByRole('link', { name: /^Decide:/ }).click()
  await phone.getByRole('heading', { name: 'Your decision is needed' }).waitFor()
  await lookAt(phone, 'approval')
  await phone.getByRole('button', { name: 'Approve', exact: true }).click()
  await phone.getByText('Tick that you approve it').first().waitFor()
  await phone.getByRole('checkbox').check()
  await phone.getByRole('button', { name: 'Approve', exact: true }).click()
  await phone.getByText('You approved this').waitFor()
  await phone.getByRole('link', { name: 'Back to what waits for you' }).click()
  await phone.getByText('1 of 2 done').waitFor()
  await lookAt(phone, 'one-done')

  await technician.goto(`${application}/people?view=assigned`)
  await technician.getByRole('heading', { name: 'To be checked' }).waitFor()
  await lookAt(technician, 'to-be-checked')
  await technician.getByRole('button', { name: /^Accept the answer to item 4/ }).click()
  await technician.getByText('Accepted: it is the answer on file now').first().waitFor()
  await technician.goto(`${application}/sections/checks`)
  await technician.getByText('Not theirs').first().waitFor()
  await lookAt(technician, 'section')
  await technician.goto(`${client}/people`)
  await technician.getByText('Questions they have').waitFor()
  await lookAt(technician, 'people')
  await technician.goto(`${client}/exceptions`)
  await technician.getByText(/Approved in their room by Fiona Ledger/).waitFor()
}, 300_000)
