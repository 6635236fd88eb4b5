import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sidewaysOverflow, violationsOn } from '../support/axe.ts'
import { CONTEXT, DESKTOP, launchBrowser, PHONE } from '../support/browser.ts'
import { askFor } from '../support/request.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'
import { enterPasscode, shareReport } from '../support/share.ts'

let server: RunningServer
let browser: Browser
let context: BrowserContext
/** What stands behind ids, found by following links. */
let found: Found

beforeAll(async () => {
  server = await startServer({ dataDir: makeDataDir() })
  browser = await launchBrowser()
  // The policy forbids foreign scripts; axe is one.
  context = await browser.newContext({ ...CONTEXT, bypassCSP: true })
  const page = await context.newPage()
  await page.goto(server.url)
  await page.getByRole('button', { name: 'Explore the demo workspace' }).first().click()
  await page.waitForURL('**/clients', { timeout: 240_000 })
  found = await findAddresses(page)
  await page.close()
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (server) removeDataDir(server.dataDir)
})

interface Found {
  client: string
  application: string
  evidence: string
  scan: string
  finding: string
  report: string
  /** Links to a shared report: its passcode entered, not entered, and revoked. */
  shared: { read: string; door: string; revoked: string }
  /** A request, and its link for whoever was asked. */
  request: { page: string; asked: string }
  /** In the outbox. */
  mail: string
}

async function findAddresses(page: Page): Promise<Found> {
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
  await page.goto(`${server.url}${client}/findings`)
  const finding = await first(/^\/clients\/[0-9a-f-]{36}\/findings\/[0-9a-f-]{36}$/)
  await page.goto(`${server.url}/clients`)
  await page.getByRole('link', { name: 'Harbour Street Dental Group' }).first().click()
  await page.waitForURL(/clients\/[0-9a-f-]{36}$/)
  const signedClient = new URL(page.url()).pathname
  await page.goto(`${server.url}${signedClient}/reports`)
  const report = await first(/^\/reports\/[0-9a-f-]{36}$/)
  const asked = { title: 'Call-back procedure', name: 'Fiona Finance', email: 'fiona@client.example' }
  const sent = await askFor(page, `${server.url}${client}`, asked)
  const request = { page: new URL(sent.request).pathname, asked: sent.path }
  const shared = await shareThrice(page, report)
  await page.goto(`${server.url}/outbox`)
  const mail = await first(/^\/outbox\/[0-9a-f-]{36}$/)
  return { client, application, evidence, scan, finding, report, shared, request, mail }
}

/** The last of the three is revoked, and the first opened in this browser. */
async function shareThrice(page: Page, report: string): Promise<Found['shared']> {
  const made: { path: string; passcode: string }[] = []
  for (const name of ['Rita Reader', 'Dora Doorkeeper', 'Rex Revoked']) {
    await page.goto(`${server.url}${report}`)
    await page.waitForLoadState('networkidle')
    made.push(await shareReport(page, { name, mayDownload: true }))
  }
  await page.getByRole('button', { name: 'Revoke' }).first().click()
  await page.getByRole('button', { name: 'Revoke the link' }).click()
  await page.getByText('Revoked', { exact: true }).waitFor()
  const [read, door, revoked] = made.map(({ path }) => path)
  await page.goto(`${server.url}${read}`)
  await enterPasscode(page, made[0]?.passcode ?? '')
  await page.getByRole('heading', { name: 'Readiness report' }).waitFor()
  return { read: read ?? '', door: door ?? '', revoked: revoked ?? '' }
}

const PAGES: Record<string, (found: Found) => string> = {
  clients: () => '/clients',
  'archived clients': () => '/clients?view=archived',
  'new client': () => '/clients/new',
  client: ({ client }) => client,
  'edit client': ({ client }) => `${client}/edit`,
  'client evidence': ({ client }) => `${client}/evidence`,
  'client scans': ({ client }) => `${client}/scans`,
  'client findings': ({ client }) => `${client}/findings`,
  finding: ({ finding }) => finding,
  'client assets': ({ client }) => `${client}/assets`,
  'live checks': ({ client }) => `${client}/live-checks`,
  'lists in use': () => '/catalogues',
  'client exceptions': ({ client }) => `${client}/exceptions`,
  'client conversations': ({ client }) => `${client}/conversations`,
  'new conversation': ({ client }) => `${client}/conversations/new`,
  'clients by silence': () => '/conversations',
  'client requests': ({ client }) => `${client}/requests`,
  'people of a client': ({ client }) => `${client}/people`,
  'who answers what': ({ application }) => `${application}/people`,
  'new request': ({ client }) => `${client}/requests/new`,
  requests: () => '/requests',
  request: ({ request }) => request.page,
  'request for whoever was asked': ({ request }) => request.asked,
  'who is responsible': ({ client }) => `${client}/responsibility`,
  'responsibilities from the template': ({ client }) => `${client}/responsibility/fill`,
  'template of responsibilities': () => '/responsibility-template',
  'client schedules': ({ client }) => `${client}/schedules`,
  'schedule of a client': ({ client }) => `${client}/schedules/re-attestation`,
  'client reminders': ({ client }) => `${client}/reminders`,
  'reminder settings of a client': ({ client }) => `${client}/reminder-settings`,
  schedules: () => '/schedules',
  'schedule of all clients': () => '/schedules/review-meeting',
  reminders: () => '/reminders',
  'reminder settings': () => '/reminder-settings',
  'how one is reminded': () => '/account/reminders',
  notifications: () => '/notifications',
  'client re-attestation': ({ client }) => `${client}/re-attestation`,
  'client waivers': ({ client }) => `${client}/waivers`,
  'new waiver': ({ client }) => `${client}/waivers/new?template=mfa`,
  'declined services': () => '/waivers?view=all',
  outbox: () => '/outbox',
  'templates of waivers': () => '/waiver-templates',
  'template of a waiver': () => '/waiver-templates/mfa',
  'client policy': ({ client }) => `${client}/policy`,
  'new policy': ({ client }) => `${client}/policy/new`,
  renewals: () => '/renewals',
  'template of renewals': () => '/renewal-template',
  'calendar by month': () => '/calendar',
  'calendar as agenda': () => '/calendar?view=agenda',
  'calendar addresses': () => '/calendar/feeds',
  'new review meeting': ({ client }) => `${client}/meetings/new`,
  'client history': ({ client }) => `${client}/history`,
  'client as of a day': ({ client }) => `${client}/history?trueOn=2026-11-01`,
  'client review pack': ({ client }) => `${client}/review-pack`,
  'client review pack of a wrong period': ({ client }) => `${client}/review-pack?${WRONG_PERIOD}`,
  'client reports': ({ client }) => `${client}/reports`,
  'new application': ({ client }) => `${client}/applications/new`,
  'identity section': ({ application }) => `${application}/sections/identity`,
  'backups section': ({ application }) => `${application}/sections/backups`,
  readiness: ({ application }) => `${application}/readiness`,
  sign: ({ application }) => `${application}/sign`,
  evidence: ({ evidence }) => evidence,
  scan: ({ scan }) => scan,
  report: ({ report }) => report,
  'second factors': () => '/second-factors',
  'how reports look': () => '/report-look',
  'signing authority': () => '/signing-keys',
  'report in full': ({ report }) => `${report}/read`,
  'shared report': ({ shared }) => shared.read,
  'door of a shared report': ({ shared }) => shared.door,
  'revoked share of a report': ({ shared }) => shared.revoked,
  engagements: () => '/engagements',
  'offer of applications': () => '/engagements/new',
  subjectivities: ({ application }) => `${application}/subjectivities`,
  'new subjectivity': ({ application }) => `${application}/subjectivities/new`,
  'quote and binder': ({ application }) => `${application}/subjectivities/binding`,
  'response to conditions': ({ application }) => `${application}/subjectivities/response`,
  'subjectivities of all clients': () => '/subjectivities',
  circumstances: ({ application }) => `${application}/circumstances`,
  'forms and workbooks': ({ application }) => `${application}/files`,
  'move to another edition': ({ application }) => `${application}/move`,
  questionnaires: () => '/questionnaires',
  'new questionnaire': () => '/questionnaires/new',
  edition: () => '/questionnaires/core-cyber/2',
  'edition tried as the applicant': () => '/questionnaires/ransomware-supplement/2/preview',
  'editions compared': () => '/questionnaires/compare?older=mfa-attestation/1&newer=mfa-attestation/2',
  'who would fall short': () => '/questionnaires/core-cyber/2/what-if',
  documents: () => '/documents',
  ledger: () => '/ledger',
  'a mail': ({ mail }) => mail,
  account: () => '/account',
  'an address that leads nowhere': () => '/nowhere',
}

/** Answered with status 400, which browsers log as an error. */
const WRONG_PERIOD = 'from=2999-01-01'

const SIGNED_OUT = {
  home: '/',
  'sign-up': '/sign-up',
  'sign-up of an insurer': '/sign-up?kind=insurer',
  'sign-in': '/sign-in',
  verify: '/verify',
}

async function check(page: Page, path: string) {
  const problems: string[] = []
  const errors: string[] = []
  const expected = path.endsWith(WRONG_PERIOD) ? /status of (400|404|410)/ : /status of (404|410)/
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) errors.push(message.text())
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
  test.concurrent.each(Object.entries(SIGNED_OUT))('%s, signed out', async (_name, path) => {
    const visitor = await browser.newContext({ ...CONTEXT, bypassCSP: true })
    try {
      await check(await visitor.newPage(), path)
    } finally {
      await visitor.close()
    }
  })

  test('every tab of a client is reached on a phone, and the row says that it goes on', async () => {
    const page = await context.newPage()
    try {
      await page.setViewportSize(PHONE)
      await page.goto(`${server.url}${found.client}`)
      await page.waitForLoadState('networkidle')
      const row = page.getByRole('navigation', { name: 'Client' })
      const goesOn = () => row.evaluate((nav) => [nav.dataset.moreBefore, nav.dataset.moreAfter])
      await expect.poll(goesOn).toEqual([undefined, ''])
      for (const tab of await row.getByRole('link').all()) {
        await tab.focus()
        const isInside = async () => {
          const [outer, inner] = [await row.boundingBox(), await tab.boundingBox()]
          if (!outer || !inner) return false
          return inner.x >= outer.x && inner.x + inner.width <= outer.x + outer.width
        }
        await expect.poll(isInside).toBe(true)
      }
      await expect.poll(goesOn).toEqual(['', undefined])
    } finally {
      await page.close()
    }
  })

  const checkOne = async (_name: string, addressIn: (typeof PAGES)[string]) => {
    const page = await context.newPage()
    try {
      await check(page, addressIn(found))
    } finally {
      await page.close()
    }
  }
  test.concurrent.each(Object.entries(PAGES))('%s', checkOne)
})
