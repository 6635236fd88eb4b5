import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sidewaysOverflow, violationsOn } from '../support/axe.ts'
import { CONTEXT, launchBrowser, PHONE } from '../support/browser.ts'
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

const dayFrom = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

test('a policy is entered, its plan appears, a step is done, and the calendar shows it', async () => {
  const page = await openSignedIn(browser, server.url, { ...CONTEXT, bypassCSP: true })
  const problems: unknown[] = []
  const look = async (at: Page, name: string) => {
    await at.waitForLoadState('networkidle')
    if (PICTURES) await at.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
    problems.push(...(await violationsOn(at)))
    const overflow = await sidewaysOverflow(at)
    if (overflow > 0) problems.push(`${name}: ${overflow} px too wide`)
  }
  const client = await createClientIn(page, server.url)
  await page.goto(`${client}/policy`)
  await look(page, 'empty')
  await page.getByRole('link', { name: 'Record a policy' }).click()
  await page.waitForLoadState('networkidle')
  await page.getByLabel('Insurer', { exact: true }).fill('Harbor Mutual')
  await page.getByLabel('Inception').fill(dayFrom(-300))
  await page.getByLabel('Expiry').fill(dayFrom(65))
  await page.getByLabel('Time zone of the named insured').selectOption('America/New_York')
  await page.getByRole('button', { name: 'Add a limit' }).click()
  await page.getByLabel('Amount').fill('one million')
  await page.getByRole('button', { name: 'Add an endorsement' }).click()
  await page.getByLabel('In plain words').fill('Social-engineering sublimit tied to call-back')
  await page.getByRole('button', { name: 'Record the policy' }).click()
  await page.getByText('Please correct the following').waitFor()
  await page.getByRole('link', { name: 'Limit 1, amount: Enter an amount in digits' }).waitFor()
  await page.getByRole('link', { name: 'Limit 1, of: Say what the limit is of' }).waitFor()
  await look(page, 'form')
  // What was typed is still there, and the amount says what is wrong with it.
  expect(await page.getByLabel('In plain words').inputValue()).toContain('call-back')
  // What was typed and not saved is not left without a word, by whatever link; staying keeps it.
  const asked = page.waitForEvent('dialog').then(async (dialog) => {
    await dialog.dismiss()
    return dialog.message()
  })
  await page.getByRole('link', { name: 'Calendar' }).first().click()
  expect(await asked).toBe('What you typed is not saved. Leave and lose it?')
  expect(page.url()).toMatch(/policy\/new/)
  await page.getByLabel('Of', { exact: true }).fill('Aggregate')
  await page.getByLabel('Amount').fill('1,000,000')
  await page.getByRole('button', { name: 'Record the policy' }).click()
  await page.waitForURL(/policies\/[0-9a-f-]{36}$/)

  await page.getByText('$1,000,000.00').waitFor()
  await page.getByRole('button', { name: 'Done: Scan from outside' }).click()
  await page.getByText('Done by Ines Halvorsen').waitFor()
  await page.getByText(/Skip the \d+ steps whose day was before/).click()
  await look(page, 'late')
  await page.getByRole('button', { name: /Skip these \d+ steps/ }).click()
  await page.getByText('Its day was before the policy was recorded').first().waitFor()
  await page.getByRole('button', { name: /Skip these/ }).waitFor({ state: 'detached' })
  await look(page, 'policy')
  await page.goto(`${client}/policy`)
  await look(page, 'client')

  await page.goto(`${server.url}/calendar?month=${dayFrom(65).slice(0, 7)}`)
  await page
    .getByRole('link', { name: /Policy of Harbor Mutual expires/ })
    .first()
    .waitFor()
  await look(page, 'month')
  await page.goto(`${server.url}/calendar?view=agenda&month=${dayFrom(-25).slice(0, 7)}`)
  await page.getByText('Scan from outside').first().waitFor()
  await look(page, 'agenda')
  await page.goto(`${server.url}/renewals`)
  await look(page, 'renewals')

  await page.goto(`${client}/meetings/new`)
  await page.waitForLoadState('networkidle')
  await page.getByLabel('Day').fill(dayFrom(10))
  await page.getByLabel('Begins at').fill('14:00')
  await page.getByLabel('Time zone').selectOption('America/New_York')
  const guest = page.getByRole('group', { name: 'Person 1' })
  await guest.getByLabel('Name').fill('Ada Approver')
  await guest.getByLabel('E-mail').fill('ada@client.example')
  await page.getByRole('button', { name: 'Plan it' }).click()
  await page.waitForURL(/meetings\/[0-9a-f-]{36}$/)
  const meeting = page.url()
  await page.getByRole('button', { name: 'Mail the invitation' }).click()
  await page.getByText('What was mailed').waitFor()
  await page.getByLabel('Day').fill(dayFrom(17))
  await page.getByRole('button', { name: 'Save the change' }).click()
  await page.getByText('changed since the invitation was mailed').waitFor()
  await look(page, 'meeting')

  await page.goto(`${server.url}/calendar/feeds`)
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: 'Make the address' }).click()
  const address = await page
    .getByText(/\/feeds\/[\w-]{54}\/calendar\.ics/)
    .first()
    .textContent()
  await look(page, 'feeds')
  const reply = await fetch(address ?? '')
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
  expect(await reply.text()).toContain('Policy of Harbor Mutual expires')

  const phone = await (
    await browser.newContext({
      ...{ ...CONTEXT, bypassCSP: true, viewport: PHONE, isMobile: true, hasTouch: true },
      ...{ colorScheme: 'dark', storageState: await page.context().storageState() },
    })
  ).newPage()
  phone.setDefaultTimeout(60_000)
  for (const [name, path] of [
    ['phone-calendar', `${server.url}/calendar?month=${dayFrom(65).slice(0, 7)}`],
    ['phone-client', `${client}/policy`],
    ['phone-form', `${client}/policy/new`],
    ['phone-meeting', meeting],
  ] as const) {
    await phone.goto(path)
    await look(phone, name)
  }
  expect(problems).toEqual([])
}, 400_000)
