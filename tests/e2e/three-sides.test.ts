import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dentalAnswers } from '#app/services/demo/clients.ts'
import { sidewaysOverflow, violationsOn } from '../support/axe.ts'
import { CONTEXT, DESKTOP, launchBrowser, PHONE } from '../support/browser.ts'

import { attestThroughOutbox } from '../support/officer.ts'
import { askFor } from '../support/request.ts'
import { enterReview, inviteIn } from '../support/review.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'
import { answerAll, createClientIn, openSignedIn, startOn } from '../support/signed-in-page.ts'

/** Where pictures of the desk are left, for people to look at. */
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

async function openBrowser(options: object): Promise<Page> {
  const page = await (await browser.newContext({ ...CONTEXT, bypassCSP: true, ...options })).newPage()
  page.setDefaultTimeout(60_000)
  return page
}

/** The officer answers a request from their phone, and the technician takes what came as evidence. */
async function sendAndTake(
  { technician, officer }: { technician: Page; officer: Page },
  client: string,
  title: string,
  file: { name: string; mimeType: string; buffer: Buffer },
  question: string,
) {
  const asked = { title, name: 'Fiona Finance', email: 'fiona@marlow.example', question }
  const { request, path } = await askFor(technician, client, asked)
  await officer.goto(`${server.url}${path}`)
  await officer.waitForLoadState('networkidle')
  await officer.getByLabel('Files').setInputFiles([file])
  await officer.getByRole('button', { name: 'Send', exact: true }).click()
  await officer.getByText('Thank you, it arrived').waitFor()
  await technician.goto(request)
  await technician.waitForLoadState('networkidle')
  await technician.getByText(`Take as evidence: ${file.name}`).click()
  await technician.getByLabel('Kind of evidence').selectOption('idp-policy-export')
  await technician.getByRole('button', { name: 'Take as evidence' }).click()
  await technician.getByText('Fulfilled').first().waitFor()
}

test('MSP, client and assessor carry one application from draft to signed report', async () => {
  const technician = await openSignedIn(browser, server.url, { ...CONTEXT, bypassCSP: true })
  const officer = await openBrowser({ viewport: PHONE })
  const assessor = await openBrowser({ viewport: DESKTOP })
  const client = await createClientIn(technician, server.url)
  const application = await startOn(technician, client, { formCode: 'core-cyber', edition: '1' })
  expect(new Set(await answerAll(technician, application, dentalAnswers(new Date())))).toEqual(new Set([200]))
  const question = `${application.split('/').at(-1)}/mfa-email`

  await sendAndTake(
    { technician, officer },
    client,
    'Sign-in policies of the mailboxes',
    { name: 'policies.txt', mimeType: 'text/plain', buffer: Buffer.from('an export without its date') },
    question,
  )
  const path = await inviteIn(technician, application, {
    name: 'Rosa Reviewer',
    firm: 'Harbor Mutual',
    email: 'rosa@harbor-mutual.example',
  })
  await enterReview(assessor, technician, `${server.url}${path}`)

  const openQuestion = async () => {
    await assessor.goto(`${server.url}${path}?q=mfa-email`)
    await assessor.waitForLoadState('networkidle')
  }
  await openQuestion()
  await assessor.getByRole('link', { name: 'Sign-in policies of the mailboxes' }).click()
  const frame = assessor.frameLocator('iframe[title="Content of policies.txt"]')
  await frame.getByText('an export without its date').waitFor()
  expect(await assessor.getByTestId('watermark').count()).toBe(1)
  expect(await violationsOn(assessor)).toEqual([])
  await lookAtDesk(assessor)

  // A rejection needs a ground and a reason.
  await assessor.getByLabel('Reject', { exact: false }).check()
  await assessor.getByRole('button', { name: 'Record decision' }).click()
  await assessor.getByText('Say why it is rejected').first().waitFor()
  await assessor.getByLabel('Why it does not do').selectOption('unreadable')
  await assessor.getByLabel('Reason').fill('It does not say for which day.')
  await assessor.getByRole('button', { name: 'Record decision' }).click()
  await expect.poll(() => assessor.url()).not.toContain('q=mfa-email')

  // The technician reads it, replies, and asks the client again.
  await technician.goto(`${application}/review`)
  await technician.waitForLoadState('networkidle')
  await technician.getByText('It does not say for which day.').waitFor()
  expect(await violationsOn(technician)).toEqual([])
  await technician.getByText(/^Reply about item/).click()
  await technician.getByLabel('Your reply').fill('A dated export is on its way.')
  await technician.getByRole('button', { name: 'Send reply' }).click()
  await technician.getByText('Reply sent').waitFor()
  await sendAndTake(
    { technician, officer },
    client,
    'Dated sign-in policies',
    {
      name: 'policies-dated.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('an export of 26 November 2026'),
    },
    question,
  )

  // The assessor sees that it changed, what was replied and the new file, and accepts.
  await openQuestion()
  await assessor.getByText('The answer or its evidence has changed since').waitFor()
  await assessor.getByText('A dated export is on its way.').waitFor()
  await assessor.getByRole('link', { name: 'Dated sign-in policies' }).click()
  await assessor.getByLabel('Single keys').check()
  await assessor.getByRole('heading', { level: 1 }).click()
  await assessor.keyboard.press('1')
  expect(await assessor.locator('#kind-accepted').isChecked()).toBe(true)
  await assessor.keyboard.press('Control+Enter')
  await expect.poll(() => assessor.url()).not.toContain('q=mfa-email')

  await assessor.getByRole('link', { name: 'Sign off' }).click()
  await assessor.getByLabel('Satisfied', { exact: true }).check()
  await assessor.getByLabel('Summary').fill('MFA on mailboxes was in question, so only that was looked at.')
  await assessor.getByLabel('Your name').fill('Rosa Reviewer')
  await assessor.getByRole('button', { name: 'Sign off' }).click()
  await assessor.getByText('Signed off: satisfied').waitFor()
  expect(await violationsOn(assessor)).toEqual([])

  await technician.goto(`${application}/review`)
  await technician.getByText('Signed off').first().waitFor()
  await technician.getByRole('link', { name: /Rosa Reviewer/ }).click()
  await technician
    .getByText('Looked at: Dated sign-in policies')
    .or(technician.getByText('Looked at: Sign-in policies'))
    .first()
    .waitFor()
  expect(await violationsOn(technician)).toEqual([])

  await technician.goto(`${application}/sign`)
  await technician.waitForLoadState('networkidle')
  await technician.getByLabel('Your title').fill('Security engineer')
  await technician.getByLabel(/I certify that the technical facts/).check()
  await technician.getByLabel('Full name', { exact: true }).fill('Fiona Finance')
  await technician.getByLabel('Title', { exact: true }).fill('Owner')
  await technician.getByLabel('Role').selectOption('president-or-owner')
  await technician.getByLabel('E-mail address', { exact: true }).fill('fiona@marlow.example')
  await technician.getByRole('button', { name: 'Certify and prepare the report' }).click()
  await technician.waitForURL(/reports\/[0-9a-f-]{36}$/)
  await attestThroughOutbox(technician, server.url, 'Fiona Finance', officer)
  await technician.getByRole('link', { name: 'Download the signed report' }).waitFor({ timeout: 240_000 })
}, 900_000)

async function lookAtDesk(page: Page) {
  for (const [name, viewport] of Object.entries({
    wide: { width: 1600, height: 1000 },
    desktop: DESKTOP,
    phone: PHONE,
  })) {
    await page.setViewportSize(viewport)
    expect(await sidewaysOverflow(page)).toBe(0)
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/desk-${name}.png`, fullPage: true })
  }
  await page.setViewportSize(DESKTOP)
}
