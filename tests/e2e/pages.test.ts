import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sidewaysOverflow, violationsOn } from '../support/axe.ts'
import { CONTEXT, DESKTOP, launchBrowser, PHONE } from '../support/browser.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'

let server: RunningServer
let browser: Browser
let context: BrowserContext
/** Addresses by a name a reader understands; those behind ids are found by following links. */
let addresses: Record<string, string> = {}

beforeAll(async () => {
  server = await startServer({ dataDir: makeDataDir() })
  browser = await launchBrowser()
  // The policy forbids foreign scripts; axe is one.
  context = await browser.newContext({ ...CONTEXT, bypassCSP: true })
  const page = await context.newPage()
  await page.goto(server.url)
  await page.getByRole('button', { name: 'Explore the demo workspace' }).first().click()
  await page.waitForURL('**/clients', { timeout: 120_000 })
  addresses = await findAddresses(page)
  await page.close()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (server) removeDataDir(server.dataDir)
})

async function findAddresses(page: Page): Promise<Record<string, string>> {
  const first = async (pattern: RegExp) => {
    const hrefs = await page
      .locator('a[href]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
    const found = hrefs.find((href) => pattern.test(href))
    if (!found) throw new Error(`No link to ${pattern} on ${page.url()}`)
    return found
  }
  await page.getByRole('link', { name: 'Brightwater Accounting LLP' }).first().click()
  await page.waitForURL(/clients\/[0-9a-f-]{36}$/)
  const client = new URL(page.url()).pathname
  const application =
    (await first(/^\/applications\/[0-9a-f-]{36}/)).match(/^\/applications\/[0-9a-f-]{36}/)?.[0] ?? ''
  await page.goto(`${server.url}${client}/evidence`)
  const evidence = await first(/^\/evidence\/[0-9a-f-]{36}/)
  await page.goto(`${server.url}${client}/scans`)
  const scan = await first(/^\/scans\/[0-9a-f-]{36}/)
  await page.goto(`${server.url}/clients`)
  await page.getByRole('link', { name: 'Harbour Street Dental Group' }).first().click()
  await page.waitForURL(/clients\/[0-9a-f-]{36}$/)
  const signedClient = new URL(page.url()).pathname
  await page.goto(`${server.url}${signedClient}/reports`)
  const report = await first(/^\/reports\/[0-9a-f-]{36}$/)
  return {
    clients: '/clients',
    'archived clients': '/clients?view=archived',
    'new client': '/clients/new',
    client,
    'edit client': `${client}/edit`,
    'client evidence': `${client}/evidence`,
    'client scans': `${client}/scans`,
    'client findings': `${client}/findings`,
    'client assets': `${client}/assets`,
    'live checks': `${client}/live-checks`,
    'lists in use': '/catalogues',
    'client reports': `${client}/reports`,
    'new application': `${client}/applications/new`,
    'identity section': `${application}/sections/identity`,
    'backups section': `${application}/sections/backups`,
    readiness: `${application}/readiness`,
    sign: `${application}/sign`,
    evidence,
    scan,
    report,
    circumstances: `${application}/circumstances`,
    'forms and workbooks': `${application}/files`,
    'move to another edition': `${application}/move`,
    questionnaires: '/questionnaires',
    'new questionnaire': '/questionnaires/new',
    edition: '/questionnaires/core-cyber/2',
    'edition tried as the applicant': '/questionnaires/ransomware-supplement/2/preview',
    'editions compared': '/questionnaires/compare?older=mfa-attestation/1&newer=mfa-attestation/2',
    'who would fall short': '/questionnaires/core-cyber/2/what-if',
    documents: '/documents',
    ledger: '/ledger',
    account: '/account',
    'an address that leads nowhere': '/nowhere',
  }
}

const SIGNED_OUT = { home: '/', 'sign-up': '/sign-up', 'sign-in': '/sign-in' }

async function check(page: Page, path: string) {
  const problems: string[] = []
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 404/.test(message.text())) errors.push(message.text())
  })
  const look = async (where: string, rules?: string[]) =>
    problems.push(...(await violationsOn(page, rules)).map((line) => `${where}: ${line}`))
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize(DESKTOP)
  await page.goto(`${server.url}${path}`)
  await page.waitForLoadState('networkidle')
  await look('light, desktop')
  await page.setViewportSize(PHONE)
  await look('light, phone')
  const overflow = await sidewaysOverflow(page)
  if (overflow > 0) problems.push(`phone: scrolls sideways by ${overflow} px`)
  // In the dark only colours differ: names, roles and structure were judged in the light, at both widths.
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await look('dark, phone', ['color-contrast', 'link-in-text-block'])
  expect([...problems, ...errors]).toEqual([])
  expect(await page.locator('h1').count()).toBe(1)
}

describe('every page is accessible, fits a phone and logs no error', () => {
  test.each(Object.keys(SIGNED_OUT) as (keyof typeof SIGNED_OUT)[])('%s, signed out', async (name) => {
    const visitor = await browser.newContext({ ...CONTEXT, bypassCSP: true })
    try {
      await check(await visitor.newPage(), SIGNED_OUT[name])
    } finally {
      await visitor.close()
    }
  })

  test.each([
    'clients',
    'archived clients',
    'new client',
    'client',
    'edit client',
    'client evidence',
    'client scans',
    'client reports',
    'new application',
    'identity section',
    'backups section',
    'readiness',
    'sign',
    'evidence',
    'scan',
    'report',
    'circumstances',
    'forms and workbooks',
    'move to another edition',
    'questionnaires',
    'new questionnaire',
    'edition',
    'edition tried as the applicant',
    'editions compared',
    'who would fall short',
    'documents',
    'ledger',
    'account',
    'an address that leads nowhere',
  ])('%s', async (name) => {
    const page = await context.newPage()
    try {
      await check(page, addresses[name] ?? `/missing-${name}`)
    } finally {
      await page.close()
    }
  })
})
