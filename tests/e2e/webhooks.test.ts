/** Webhooks in the browser: set up, tried, changed over to a new secret and removed, on a desk and on a phone. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sidewaysOverflow, violationsOn } from '../support/axe.ts'
import { CONTEXT, DESKTOP, launchBrowser, PHONE } from '../support/browser.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'
import { openSignedIn } from '../support/signed-in-page.ts'

const dataDir = makeDataDir()
let server: RunningServer
let browser: Browser

beforeAll(async () => {
  server = await startServer({ dataDir })
  browser = await launchBrowser()
}, 400_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  removeDataDir(dataDir)
})

async function expectWell(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  expect(await violationsOn(page)).toEqual([])
  await page.setViewportSize(PHONE)
  expect(await violationsOn(page)).toEqual([])
  expect(await sidewaysOverflow(page)).toBe(0)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  expect(await violationsOn(page, ['color-contrast'])).toEqual([])
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize(DESKTOP)
}

test('an owner sets up a webhook, tries it, renews its secret and removes it', async () => {
  const page = await openSignedIn(browser, server.url, { ...CONTEXT, bypassCSP: true })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(`${server.url}/account`)
  await page.getByRole('link', { name: /webhooks for tickets/ }).click()
  await page.getByText('Nobody is told anything yet').waitFor()
  await expectWell(page)

  await page.getByRole('link', { name: 'New webhook' }).click()
  await page.getByRole('heading', { name: 'New webhook' }).waitFor()
  await page.getByText('Autotask, a ticket').click()
  await page.getByRole('button', { name: 'Set up the webhook' }).click()
  // What is missing is said beside its field, and nothing else is lost.
  await page.getByText('Choose at least one.').first().waitFor()
  await expectWell(page)
  // Each try that fails leads back to what is wrong.
  const summary = page.getByRole('region', { name: 'Please correct the following' })
  const isFocused = (element: Element) => element === document.activeElement
  expect(await summary.evaluate(isFocused)).toBe(true)
  await page.getByRole('button', { name: 'Set up the webhook' }).click()
  await expect.poll(() => summary.evaluate(isFocused)).toBe(true)
  await page.getByLabel('Name', { exact: true }).fill('Tickets')
  await page.getByLabel('Address').fill('https://localhost:9/hook')
  await page.getByLabel('Company ID').fill('0')
  await page.getByLabel('Queue ID').fill('29682833')
  await page.getByText('A request for evidence is due').click()
  await page.getByRole('button', { name: 'Set up the webhook' }).click()
  await page.getByText(/localhost .+ Webhooks go to the open internet/).waitFor()
  // Never registered (RFC 2606).
  await page.getByLabel('Address').fill('https://tickets.invalid/hook')
  await page.getByRole('button', { name: 'Set up the webhook' }).click()
  await page.getByText('Copy this secret now').waitFor()
  const secret = await page.getByText(/^whsec_/).textContent()
  await expectWell(page)

  await page.getByRole('link', { name: 'Go on to try it' }).click()
  await page.getByRole('button', { name: 'Send a test' }).click()
  await page
    .getByText(/no machine named tickets\.invalid/)
    .first()
    .waitFor()
  await expectWell(page)

  await page.getByRole('button', { name: 'New secret' }).click()
  await page.getByRole('button', { name: 'Make a new secret' }).click()
  const renewed = page.getByText(/^whsec_/)
  await renewed.waitFor()
  expect(await renewed.textContent()).not.toBe(secret)
  // The test is still being tried, and what the page loads meanwhile takes the secret away from nobody.
  await page.waitForTimeout(5000)
  expect(await renewed.isVisible()).toBe(true)

  // Nor what was refused, with the form in which it is put right.
  await page.getByText('Change the webhook').click()
  await page.getByLabel('Name', { exact: true }).fill(' ')
  await page.getByRole('button', { name: 'Save' }).click()
  const refusal = page.getByText('Give it a name').first()
  await refusal.waitFor()
  await page.waitForTimeout(5000)
  expect(await refusal.isVisible()).toBe(true)

  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await page.waitForURL('**/webhooks')
  await page.getByText('Nobody is told anything yet').waitFor()
  expect(errors).toEqual([])
}, 180_000)
