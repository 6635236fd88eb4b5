import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sidewaysOverflow, violationsOn } from '../support/axe.ts'
import { CONTEXT, launchBrowser, PHONE } from '../support/browser.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'
import { openSignedIn } from '../support/signed-in-page.ts'

const PICTURES = process.env.ATTESTED_TEST_PICTURES
const PASSWORD = 'correct horse battery staple'

let server: RunningServer
let browser: Browser
/** By name: browsers bind no passkey to a number. */
let url: string

beforeAll(async () => {
  server = await startServer({ dataDir: makeDataDir() })
  url = server.url.replace('127.0.0.1', 'localhost')
  browser = await launchBrowser()
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (server) removeDataDir(server.dataDir)
})

async function look(page: Page, name: string) {
  expect(await violationsOn(page), name).toEqual([])
  expect(await sidewaysOverflow(page), name).toBe(0)
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true })
}

/** A security key inside the browser, as its developer tools offer one. */
async function plugInKey(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'usb',
      hasResidentKey: false,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { unplug: () => session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }) }
}

async function givePassword(page: Page) {
  await page.goto(`${url}/sign-in?next=/ledger`)
  await page.getByLabel('E-mail').fill('ines@fjord-it.example')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/sign-in/second-step**')
}

test('a passkey and an app are set up, and each signs in: the passkey with a key in the browser, the app without scripts', async () => {
  const page = await openSignedIn(browser, url, { ...CONTEXT, bypassCSP: true })
  const key = await plugInKey(page)
  await page.goto(`${url}/account`)
  await look(page, 'account-without')
  await page.getByRole('link', { name: 'Set up a second factor' }).click()
  await page.getByLabel('Name').first().fill('Blue key')
  await page.getByLabel('Your password').first().fill(PASSWORD)
  await look(page, 'set-up')
  await page.getByRole('button', { name: 'Set up a passkey' }).click()
  await page.getByRole('button', { name: 'Create the passkey' }).waitFor()
  await look(page, 'enrolment-passkey')
  await page.getByRole('button', { name: 'Create the passkey' }).click()
  await page.getByRole('heading', { name: 'Keep these recovery codes now' }).waitFor()
  await look(page, 'recovery-codes')
  await page.getByRole('link', { name: 'I have kept them' }).click()
  await page.waitForURL('**/clients')

  await page.goto(`${url}/second-factors`)
  await page.getByLabel('Name').last().fill('Phone')
  await page.getByLabel('Your password').last().fill(PASSWORD)
  await page.getByRole('button', { name: 'Set up an app' }).click()
  await page.getByRole('img', { name: 'QR code' }).waitFor()
  await look(page, 'enrolment-app')
  const secret = Secret.fromBase32(
    ((await page.locator('p.font-mono').textContent()) ?? '').replaceAll(' ', ''),
  )
  const codeOf = (stepsLater: number) =>
    new TOTP({ secret }).generate({ timestamp: Date.now() + stepsLater * 30_000 })
  await page.getByRole('textbox', { name: 'Code' }).fill(codeOf(-1))
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByText('It is set up').waitFor()
  await look(page, 'overview')
  await page.goto(`${url}/account`)
  await page.getByRole('cell', { name: 'Authenticator app' }).waitFor()
  await look(page, 'account-with')

  await page.context().clearCookies()
  await givePassword(page)
  await look(page, 'second-step')
  await page.getByRole('textbox', { name: 'Code' }).fill('000000')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('4 tries are left').first().waitFor()
  await look(page, 'second-step-wrong')
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await page.waitForURL('**/ledger')

  // Without the key the browser has none to offer, and says so.
  await page.context().clearCookies()
  await key.unplug()
  await plugInKey(page)
  await givePassword(page)
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await page.getByText('The browser gave no passkey').waitFor({ timeout: 90_000 })

  const plain = await (
    await browser.newContext({ ...CONTEXT, viewport: PHONE, javaScriptEnabled: false })
  ).newPage()
  await givePassword(plain)
  expect(await plain.getByRole('button', { name: 'Use a passkey' }).isDisabled()).toBe(true)
  if (PICTURES) await plain.screenshot({ path: join(PICTURES, 'second-step-phone.png'), fullPage: true })
  await plain.getByRole('textbox', { name: 'Code' }).fill(codeOf(0))
  await plain.getByRole('button', { name: 'Sign in' }).click()
  await plain.waitForURL('**/ledger')
  await plain.goto(`${url}/second-factors`)
  if (PICTURES) await plain.screenshot({ path: join(PICTURES, 'overview-phone.png'), fullPage: true })
  await plain.getByText('Remove Phone').click()
  await plain
    .getByRole('listitem')
    .filter({ hasText: 'Phone' })
    .getByLabel('Your password, or a code of your app')
    .fill(PASSWORD)
  await plain.getByRole('button', { name: 'Remove', exact: true }).click()
  await plain.getByText('It was removed').waitFor()
}, 300_000)
