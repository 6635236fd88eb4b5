import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sidewaysOverflow, violationsOn } from '../support/axe.ts'
import { CONTEXT, DESKTOP, launchBrowser, PHONE } from '../support/browser.ts'
import { linkInOutbox } from '../support/request.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'
import { answerAll, createClientIn, openSignedIn, startOn } from '../support/signed-in-page.ts'

const PASSWORD = 'correct horse battery staple'
/** Where pictures of the pages are left, for people to look at. */
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

async function look(page: Page, name: string) {
  await page.waitForLoadState('networkidle')
  for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    await page.setViewportSize(viewport)
    expect(await violationsOn(page)).toEqual([])
    expect(await sidewaysOverflow(page)).toBe(0)
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}-${size}.png`, fullPage: true })
  }
  await page.setViewportSize(DESKTOP)
  if (!PICTURES) return
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: `${PICTURES}/${name}-dark.png`, fullPage: true })
  await page.emulateMedia({ colorScheme: 'light' })
}

async function setUpApp(page: Page) {
  await page.waitForLoadState('networkidle')
  await page.getByLabel('Name').last().fill('Phone')
  await page.getByLabel('Your password').last().fill(PASSWORD)
  await page.getByRole('button', { name: 'Set up an app' }).click()
  await page.getByRole('img', { name: 'QR code' }).waitFor()
  const key = (await page.locator('p.font-mono').textContent())?.replaceAll(' ', '') ?? ''
  const code = new TOTP({ secret: Secret.fromBase32(key) }).generate()
  await page.getByRole('textbox', { name: 'Code' }).fill(code)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByRole('heading', { name: 'Keep these recovery codes now' }).waitFor()
}

test('an insurer signs up for an offer, sets a second factor up, accepts it, decides, and loses access when the MSP ends it', async () => {
  const technician = await openSignedIn(browser, server.url, { ...CONTEXT, bypassCSP: true })
  const client = await createClientIn(technician, server.url)
  const application = await startOn(technician, client, { formCode: 'core-cyber', edition: '1' })
  const yes = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } } as const
  expect(await answerAll(technician, application, { 'mfa-email': yes })).toEqual([200])

  await technician.goto(`${server.url}/engagements`)
  await look(technician, 'engagements-empty')
  await technician.getByRole('link', { name: 'Offer applications' }).click()
  await technician.waitForURL('**/engagements/new')
  await technician.waitForLoadState('networkidle')
  await technician.getByRole('button', { name: 'Send offer' }).click()
  await technician.getByText('Choose at least one application').first().waitFor()
  await look(technician, 'offer-form')
  await technician.getByLabel('E-mail of somebody who can accept').fill('ulf@harbor-mutual.example')
  await technician.getByLabel(/Marlow & Finch/).check()
  await technician.getByRole('button', { name: 'Send offer' }).click()
  await technician.waitForURL(/engagements\/[0-9a-f-]{36}$/)
  const engagement = technician.url()
  await look(technician, 'engagement-offered')
  const path = await linkInOutbox(technician, /\/offer\/[\w-]{54}/)

  const insurer = await (await browser.newContext({ ...CONTEXT, bypassCSP: true })).newPage()
  insurer.setDefaultTimeout(60_000)
  await insurer.goto(`${server.url}${path}`)
  await look(insurer, 'offer-signed-out')
  await insurer.getByRole('link', { name: 'Create an organisation' }).click()
  await insurer.waitForURL('**/sign-up**')
  await insurer.waitForLoadState('networkidle')
  expect(await insurer.getByLabel('We are an insurer').isChecked()).toBe(true)
  await look(insurer, 'sign-up-insurer')
  await insurer.getByLabel('Organisation', { exact: true }).fill('Harbor Mutual')
  await insurer.getByLabel('Your name').fill('Ulf Underwriter')
  await insurer.getByLabel('E-mail').fill('ulf@harbor-mutual.example')
  await insurer.getByLabel('Password').fill(PASSWORD)
  await insurer.getByRole('button', { name: /Create/ }).click()
  await insurer.waitForURL(`**${path}`)
  await look(insurer, 'offer-signed-in')
  const accept = async () => {
    await insurer.getByLabel('I declare this for Harbor Mutual').check()
    await insurer.getByRole('button', { name: 'Accept for Harbor Mutual' }).click()
  }
  await accept()
  await insurer.waitForURL('**/second-factors**')
  await setUpApp(insurer)
  await insurer.getByRole('link', { name: 'I have kept them' }).click()
  await insurer.waitForURL(`**${path}`)
  await insurer.waitForLoadState('networkidle')
  await accept()
  await insurer.waitForURL(/portfolio\/[0-9a-f-]{36}$/)
  await look(insurer, 'held-engagement')
  await insurer.goto(`${server.url}/portfolio`)
  await look(insurer, 'portfolio')
  await insurer.goto(`${server.url}/questionnaires`)
  await insurer.getByText('stands in its portfolio').waitFor()
  await insurer.goto(`${server.url}/portfolio`)
  await insurer.getByRole('link', { name: /Marlow & Finch/ }).click()
  await insurer.waitForURL(/applications\/[0-9a-f-]{36}/)
  await insurer.goto(`${insurer.url().split('?')[0]}?q=mfa-email`)
  await insurer.waitForLoadState('networkidle')
  await insurer.getByLabel('Ask', { exact: false }).first().check()
  await insurer.getByLabel('Your question').fill('For the service accounts as well?')
  await look(insurer, 'desk-of-member')
  await insurer.getByRole('button', { name: 'Record decision' }).click()
  await expect.poll(() => insurer.url()).not.toContain('q=mfa-email')
  const desk = insurer.url()

  await technician.goto(`${application}/review`)
  await technician.waitForLoadState('networkidle')
  await technician.getByText('For the service accounts as well?').waitFor()
  await technician.getByText('Ulf Underwriter, Harbor Mutual').first().waitFor()
  await technician.goto(engagement)
  await technician.waitForLoadState('networkidle')
  await technician.getByText('End the engagement').first().click()
  await technician.getByLabel('Reason').fill('Cover was bound elsewhere.')
  await technician.getByRole('button', { name: 'End the engagement' }).click()
  await technician.getByText('Ended: nothing is open to them any more').waitFor()
  await look(technician, 'engagement-ended')

  await insurer.goto(desk)
  await insurer.waitForURL(/portfolio\/[0-9a-f-]{36}$/)
  await insurer.getByText('Cover was bound elsewhere.').waitFor()
  await look(insurer, 'held-ended')
}, 900_000)
