/** A client's past in the browser: each control's days, any day as it was and as it was known, and what has drifted. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CONTEXT, launchBrowser } from '../support/browser.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'

let server: RunningServer
let browser: Browser
let page: Page
let client: string
const dayBack = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

beforeAll(async () => {
  server = await startServer({ dataDir: makeDataDir(), env: { ATTESTED_DEMO: 'always' } })
  browser = await launchBrowser()
  page = await (await browser.newContext(CONTEXT)).newPage()
  await page.goto(server.url)
  await page.getByRole('button', { name: 'Explore the demo workspace' }).first().click()
  await page.waitForURL('**/clients', { timeout: 240_000 })
  await page.getByRole('link', { name: 'Harbour Street Dental Group' }).first().click()
  await page.waitForURL(/clients\/[0-9a-f-]{36}$/)
  client = page.url()
}, 600_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (server) removeDataDir(server.dataDir)
})

async function ask(fields: Record<string, string>) {
  await page.goto(`${client}/history`)
  await page.waitForLoadState('networkidle')
  for (const [label, day] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(day)
  await page.getByRole('button', { name: 'Look' }).click()
}

test('shows each control from the inception to today, as strips and as a table', async () => {
  await page.goto(`${client}/history`)
  await page.waitForLoadState('networkidle')
  const strip = page.getByRole('img', { name: /^Yearly security training: / })
  expect(await strip.getAttribute('aria-label')).toMatch(/Proved .* \(\d+ days?\)/)
  await page.getByRole('button', { name: 'Show as a table' }).click()
  const rows = page.getByRole('row', { name: /Yearly security training/ })
  const days = await rows.getByRole('cell').last().allTextContents()
  expect(days.length).toBeGreaterThan(0)
  expect(await page.getByRole('columnheader').allTextContents()).toEqual([
    'Control',
    'State',
    'From',
    'To',
    'Days',
  ])
})

test('switches between what was true on a day and what was known on it', async () => {
  await ask({ 'As of': dayBack(2) })
  const answers = page.getByRole('table', { name: 'Answers at the chosen point' })
  await answers.waitFor()
  expect(await answers.getByRole('row').count()).toBeGreaterThan(20)
  const json = await page.getByRole('link', { name: 'This point as JSON' }).getAttribute('href')
  const point = await page.evaluate(async (href) => (await fetch(href ?? '')).json(), json)
  expect(point).toMatchObject({
    client: { legalName: 'Harbour Street Dental Group' },
    application: { basis: 'draft' },
  })
  expect(point.trueOn.slice(0, 10)).toBe(dayBack(2))
  // Everything in the demo was learned today.
  await ask({ 'As known on': dayBack(2) })
  await page.getByText('No application was known then.').waitFor()
  await ask({ 'As of': dayBack(1), 'As known on': dayBack(2) })
  await page.getByText('Nobody can know on a day what is true later.', { exact: false }).waitFor()
})

test('takes the day since when an answer of a draft holds', async () => {
  await page.goto(`${server.url}/clients`)
  await page.getByRole('link', { name: 'Brightwater Accounting LLP' }).first().click()
  await page.waitForURL(/clients\/[0-9a-f-]{36}$/)
  await page.goto(`${page.url()}/history`)
  await page.waitForLoadState('networkidle')
  await page.getByLabel('Answer', { exact: true }).selectOption({ index: 7 })
  // It holds since the inception, half a year ago: what was recorded is not taken back by a later day.
  await page.getByLabel('True since').fill(dayBack(20))
  await page.getByRole('button', { name: 'Record', exact: true }).click()
  await page.getByText('what was recorded stays', { exact: false }).waitFor()
  await page.getByLabel('True since').fill(dayBack(300))
  await page.getByRole('button', { name: 'Record', exact: true }).click()
  await page.getByText('Recorded. The strips above show it.').waitFor()
  await page.getByLabel('Answer', { exact: true }).selectOption({ index: 7 })
  expect(await page.getByLabel('True since').inputValue()).toBe(dayBack(300))
})

test('lists what has drifted since the attestation, and why', async () => {
  await page.goto(`${client}/history`)
  await page.getByRole('heading', { name: 'Nothing has drifted' }).waitFor()
  await page.goto(`${client}/evidence`)
  await page.getByRole('link', { name: 'Harbour Street, external' }).first().click()
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click()
  await page.getByLabel('Why it is withdrawn').fill('It shows another network.')
  await page.getByRole('button', { name: 'Withdraw evidence' }).click()
  // It closes once the withdrawal is recorded; leaving earlier would cut it off.
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.goto(`${client}/history`)
  const heading = page.getByRole('heading', { name: 'Drift since the attestation' })
  const drift = page.locator('section', { has: heading })
  const item = drift
    .getByRole('listitem')
    .filter({ hasText: /Remote Desktop|internet/ })
    .first()
  await item.waitFor()
  expect(await item.textContent()).toMatch(/Proved.*became.*Unproved.*since/)
})
