/** From the incident to a pack that the command line verifies offline. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PackVerification } from '#app/report/claim-pack/verify-pack.server.ts'
import { sidewaysOverflow, violationsOn } from '../support/axe.ts'
import { CONTEXT, DESKTOP, launchBrowser, PHONE } from '../support/browser.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'
import { answerAll, createClientIn, openSignedIn, startOn } from '../support/signed-in-page.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Where to leave pictures of the pages, for whoever wants to look at them. */
const PICTURES = process.env.ATTESTED_TEST_PICTURES

let server: RunningServer
let browser: Browser
let page: Page
let client: string
const faults: string[] = []

beforeAll(async () => {
  server = await startServer({ dataDir: makeDataDir(), env: { ATTESTED_DEMO: 'always' } })
  browser = await launchBrowser()
  page = await openSignedIn(browser, server.url, { ...CONTEXT, bypassCSP: true, reducedMotion: 'reduce' })
  page.on('pageerror', (error) => faults.push(error.message))
  client = await createClientIn(page, server.url)
  const application = await startOn(page, client, { formCode: 'core-cyber', edition: '1' })
  const yes = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } } as const
  await answerAll(page, application, { 'mfa-email': yes, 'ir-plan': yes })
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (server) removeDataDir(server.dataDir)
})

/** The page as it stands, at both widths and in both colours. */
async function look(name: string) {
  await page.locator('h1').waitFor()
  const problems: string[] = []
  for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    await page.setViewportSize(viewport)
    for (const [scheme, rules] of [['light'], ['dark', ['color-contrast', 'link-in-text-block']]] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      if (PICTURES) {
        mkdirSync(PICTURES, { recursive: true })
        await page.screenshot({ path: join(PICTURES, `${name}-${size}-${scheme}.png`), fullPage: true })
      }
      const found = await violationsOn(page, rules && [...rules])
      for (const line of found) problems.push(`${name}, ${size}, ${scheme}: ${line}`)
    }
    const overflow = await sidewaysOverflow(page)
    if (overflow > 0) problems.push(`${name}, ${size}: scrolls sideways by ${overflow} px`)
  }
  await page.setViewportSize(DESKTOP)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  expect([...problems, ...faults]).toEqual([])
}

test('an incident is recorded, its day is shown, and its pack verifies offline', async () => {
  await page.goto(`${client}/incidents`)
  await page.getByText('No incidents recorded').waitFor()
  await look('empty')
  await page.getByRole('link', { name: 'Record an incident' }).click()
  await page.waitForURL(/incidents\/new$/)
  await page.waitForLoadState('networkidle')
  const today = new Date().toISOString().slice(0, 10)
  await page.getByLabel('Kind').selectOption('ransomware')
  await page.getByLabel('What happened').fill('Files on the practice server encrypted')
  await page.getByLabel('First day').fill(today)
  await page.getByLabel('Discovered').fill('2020-01-01T08:00')
  await page.getByRole('button', { name: 'Record incident' }).click()
  await page.getByText('Nothing is discovered before it happens').first().waitFor()
  await look('form')
  await page.getByLabel('Discovered').fill(new Date().toISOString().slice(0, 16))
  await page.getByRole('button', { name: 'Record incident' }).click()
  await page.waitForURL(/incidents\/[0-9a-f-]{36}$/)
  await page.getByText('No notice is recorded yet').waitFor()
  await page.getByText('Stated, not proved').waitFor()
  await page.getByRole('button', { name: 'Make claim pack' }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ])
  await look('incident')
  const path = join(server.dataDir, 'pack.zip')
  await file.saveAs(path)
  const { status, stdout } = spawnSync(
    process.execPath,
    ['app/launch/attested.mjs', 'verify', path, '--json'],
    { cwd: ROOT, encoding: 'utf8' },
  )
  rmSync(path)
  const told = JSON.parse(stdout) as { ok: boolean; manifest: { asOf: string } }
  expect({ status, ok: told.ok, asOf: told.manifest.asOf }).toEqual({ status: 0, ok: true, asOf: today })
  await page.goto(`${client}/incidents`)
  await page.getByRole('link', { name: 'Files on the practice server encrypted' }).waitFor()
  await look('list')
})

test('the pack of an attested application holds its signed report and what its ledger recorded', async () => {
  const member = await (await browser.newContext(CONTEXT)).newPage()
  await member.goto(server.url)
  await member.getByRole('button', { name: 'Explore the demo workspace' }).first().click()
  await member.waitForURL('**/clients', { timeout: 240_000 })
  await member.getByRole('link', { name: 'Harbour Street Dental Group' }).first().click()
  await member.waitForURL(/clients\/[0-9a-f-]{36}$/)
  await member.goto(`${member.url()}/incidents/new`)
  await member.waitForLoadState('networkidle')
  await member.getByLabel('Kind').selectOption('email-compromise')
  await member.getByLabel('What happened').fill('A mailbox forwarded invoices')
  const now = new Date().toISOString()
  await member.getByLabel('First day').fill(now.slice(0, 10))
  await member.getByLabel('Discovered').fill(now.slice(0, 16))
  await member.getByRole('button', { name: 'Record incident' }).click()
  await member.waitForURL(/incidents\/[0-9a-f-]{36}$/)
  await member.getByRole('button', { name: 'Make claim pack' }).click()
  const [file] = await Promise.all([
    member.waitForEvent('download', { timeout: 240_000 }),
    member.getByRole('link', { name: 'Download' }).click({ timeout: 240_000 }),
  ])
  const path = join(server.dataDir, 'signed-pack.zip')
  await file.saveAs(path)
  const { status, stdout } = spawnSync(
    process.execPath,
    ['app/launch/attested.mjs', 'verify', path, '--json'],
    { cwd: ROOT, encoding: 'utf8' },
  )
  rmSync(path)
  const { checks, manifest } = JSON.parse(stdout) as PackVerification
  expect({ status, failed: checks.filter(({ ok }) => !ok) }).toEqual({ status: 0, failed: [] })
  expect(manifest?.application).toMatchObject({ basis: 'signed', attestedAt: expect.any(String) })
  expect(checks.find(({ id }) => id === 'report')?.detail).toContain('Every check of attested verify holds')
  expect(checks.find(({ id }) => id === 'facts')?.detail).toMatch(/^[1-9]\d* facts/)
})
