import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { glanceOf } from '#app/report/verify/words.ts'
import { verifyReport } from '#app/report/verify.ts'
import { dentalAnswers } from '#app/services/demo/clients.ts'
import { sidewaysOverflow, violationsOn } from '../support/axe.ts'
import { CONTEXT, launchBrowser, PHONE } from '../support/browser.ts'
import { attestThroughOutbox } from '../support/officer.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'
import { answerAll, createClientIn, openSignedIn, startOn } from '../support/signed-in-page.ts'

/** Where pictures and the signed file are left, for people to look at. */
const PICTURES = process.env.ATTESTED_TEST_PICTURES
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const FORM = { formCode: 'core-cyber', edition: '1' }

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
  expect(await violationsOn(page)).toEqual([])
  expect(await sidewaysOverflow(page)).toBe(0)
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
}

/** Cover began four months ago, so that the first quarter after it is due. */
async function signApplication(technician: Page, officer: Page, application: string) {
  await technician.goto(`${application}/sign`)
  await technician.waitForLoadState('networkidle')
  await technician.getByLabel('Your title').fill('Security engineer')
  await technician.getByLabel(/I certify that the technical facts/).check()
  await technician.getByLabel('Full name', { exact: true }).fill('Fiona Finance')
  await technician.getByLabel('Title', { exact: true }).fill('Owner')
  await technician.getByLabel('Role').selectOption('president-or-owner')
  await technician.getByLabel('E-mail address', { exact: true }).fill('fiona@marlow.example')
  await technician.getByLabel(/^Cover begins on/).fill(dayIn(-120))
  await technician.getByRole('button', { name: 'Certify and prepare the report' }).click()
  await technician.waitForURL(/reports\/[0-9a-f-]{36}$/)
  await attestThroughOutbox(technician, server.url, 'Fiona Finance', officer)
}

async function openLink(technician: Page, officer: Page) {
  await technician.goto(`${server.url}/outbox`)
  const link = await technician.locator('a[href*="/attest/"]').first().getAttribute('href')
  await officer.goto(link ?? '')
  await officer.waitForLoadState('networkidle')
  await look(officer, 'officer-door')
  await officer.getByRole('button', { name: /Send a one-time code/ }).click()
  await officer.getByLabel('One-time code').waitFor()
  const focused = officer.locator(':focus')
  await expect.poll(() => focused.getAttribute('id')).toBe('code')
  await officer.getByRole('button', { name: 'Send another code' }).click()
  await expect.poll(() => focused.getAttribute('id')).toBe('code')
  await technician.reload()
  const code = await technician.locator('article p.font-mono').first().textContent()
  await officer.getByLabel('One-time code').fill(code ?? '')
  await officer.getByRole('button', { name: 'Go on' }).click()
}

test('a quarter later the officer says on a phone what is still true, and signs it', async () => {
  const technician = await openSignedIn(browser, server.url, { ...CONTEXT, bypassCSP: true })
  const officer = await (await browser.newContext({ ...CONTEXT, bypassCSP: true, viewport: PHONE })).newPage()
  officer.setDefaultTimeout(60_000)
  const client = await createClientIn(technician, server.url)
  const application = await startOn(technician, client, FORM)
  await answerAll(technician, application, dentalAnswers(new Date()))
  await signApplication(technician, officer, application)

  // Something changes: another form of the same client is answered otherwise.
  const other = await startOn(technician, client, FORM)
  const explanation = 'New mailboxes are made without the policy.'
  const no = { state: 'answered', value: { kind: 'yes-no', choice: 'no' }, explanation } as const
  expect(await answerAll(technician, other, { 'mfa-email': no })).toEqual([200])

  await technician.goto(`${client}/re-attestation`)
  await technician.waitForLoadState('networkidle')
  await look(technician, 'client')
  await technician.getByRole('button', { name: 'Re-attest this quarter' }).click()
  await technician.waitForURL(/reattestations\/[0-9a-f-]{36}$/)
  await technician.waitForLoadState('networkidle')
  await technician.getByText('Answered otherwise since').first().waitFor()
  await look(technician, 'draft')
  await technician.getByLabel('Your title').fill('Security engineer')
  await technician.getByLabel(/^I certify that the signed application/).check()
  await technician.getByRole('button', { name: 'Certify and send it to the officer' }).click()
  await technician.getByText('It is with the officer now').waitFor()

  await openLink(technician, officer)
  await officer.getByRole('link', { name: 'Begin', exact: true }).waitFor()
  await officer.waitForLoadState('networkidle')
  await look(officer, 'officer-overview')
  await officer.getByRole('link', { name: 'Begin', exact: true }).click()
  await officer.getByText('You are stating, as signed on').waitFor()
  await officer.getByRole('button', { name: 'Record and go on' }).click()
  await officer.getByText('Say how it is today').first().waitFor()
  await officer.getByLabel('No longer true').check()
  await officer.getByLabel('Since when is it no longer true?').fill('2026-01-05')
  await officer.getByLabel('What is the cause?').fill('New mailboxes were made without the policy.')
  await officer.getByLabel('What will be done?').fill('The policy is extended to all mailboxes.')
  await officer.getByLabel('Who sees to it?').fill('Fjord IT Services')
  await officer.getByLabel('Until when?').fill('2020-01-01')
  await officer.getByRole('button', { name: 'Record and go on' }).click()
  await officer
    .getByText(/^Error: Enter a day that is not over/)
    .first()
    .waitFor()
  await officer.getByLabel('Until when?').fill(dayIn(30))
  await officer.getByLabel('Already told').check()
  await officer.getByLabel('Told on').fill('2026-01-07')
  await look(officer, 'officer-step')
  await officer.getByLabel('Yes', { exact: true }).check()
  const heading = officer.getByRole('heading', { level: 1 })
  const first = await heading.textContent()
  await officer.getByRole('button', { name: 'Record and go on' }).click()
  await expect.poll(() => heading.textContent()).not.toBe(first)
  for (let step = 0; step < 40; step += 1) {
    await officer.waitForLoadState('networkidle')
    if (await officer.getByRole('button', { name: 'Record and go on' }).isHidden()) break
    await officer.getByLabel('Still true').check()
    const title = await officer.getByRole('heading', { level: 1 }).textContent()
    await officer.getByRole('button', { name: 'Record and go on' }).click()
    await expect.poll(() => officer.getByRole('heading', { level: 1 }).textContent()).not.toBe(title)
  }
  const here = officer.url().split('?')[0]
  await officer.goto(`${here}?step=`)
  // The word says it; a tick that reads "Confirmed" beside it would say the opposite.
  const ended = officer.getByRole('listitem').filter({ hasText: 'No longer true' })
  await ended.waitFor()
  expect(await ended.getByLabel('Confirmed').count()).toBe(0)
  await officer.goto(`${here}?step=list`)
  await officer.waitForLoadState('networkidle')
  await look(officer, 'officer-list')
  await officer.getByRole('button', { name: 'Open all' }).click()
  await officer.getByRole('button', { name: /^I have read (these|this)/ }).click()
  await officer.getByRole('heading', { name: 'What you say' }).waitFor()
  await look(officer, 'officer-end')
  await officer.getByRole('button', { name: 'Make the report' }).click()
  await officer.getByRole('button', { name: 'Sign the re-attestation' }).waitFor({ timeout: 240_000 })
  await officer.waitForLoadState('networkidle')
  await look(officer, 'officer-sign')
  await officer.getByLabel(/^I make this declaration/).check()
  await officer.getByLabel('Your full name').fill('Fiona Finance')
  await officer.getByRole('button', { name: 'Sign the re-attestation' }).click()
  await officer.getByRole('heading', { name: 'You have re-attested' }).waitFor({ timeout: 240_000 })
  await officer.getByRole('heading', { name: 'What you promised' }).waitFor()
  await officer
    .getByText(/The policy is extended to all mailboxes/)
    .first()
    .waitFor()
  await officer.getByText(/^The broker is to be told/).waitFor()
  await look(officer, 'officer-signed')

  const [download] = await Promise.all([
    officer.waitForEvent('download'),
    officer.getByRole('link', { name: 'Download the signed report' }).click(),
  ])
  const path = await download.path()
  const { checks, statement } = await verifyReport(new Uint8Array(readFileSync(path)))
  expect(checks.filter(({ ok }) => !ok)).toEqual([])
  if (!statement) throw new Error('No statement')
  expect(glanceOf(statement).map(({ term }) => term)).toEqual(
    expect.arrayContaining(['Re-attestation', 'Chain', 'Follows', 'The officer says']),
  )
  if (PICTURES) await download.saveAs(`${PICTURES}/reattestation.pdf`)
  const judged = spawnSync('pdfsig', [path], { encoding: 'utf8' })
  if (!judged.error) {
    expect(judged.stdout.match(/Signature is Valid/g)).toHaveLength(2)
    expect(judged.stdout.match(/Total document signed/g)?.length).toBeGreaterThan(0)
  }

  await technician.goto(`${client}/re-attestation`)
  await technician.getByText('Re-attested').first().waitFor()
  await look(technician, 'client-attested')
  await technician.goto(`${application}/changes`)
  await look(technician, 'changes')
}, 900_000)
