import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sidewaysOverflow, violationsOn } from '../support/axe.ts'
import { CONTEXT, launchBrowser, PHONE } from '../support/browser.ts'
import { askFor } from '../support/request.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'
import { createClientIn, openSignedIn } from '../support/signed-in-page.ts'

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

/** As large as a phone makes them: far above what a form may have. */
const photo = (name: string) => ({
  name,
  mimeType: 'image/jpeg',
  buffer: Buffer.alloc(4 * 1024 * 1024, name),
})

test('somebody without an account answers a request on a phone, is asked again, and sees that it is done', async () => {
  const technician = await openSignedIn(browser, server.url, { ...CONTEXT, bypassCSP: true })
  const client = await createClientIn(technician, server.url)
  const title = 'Report of the last restore test'
  const { request, path } = await askFor(technician, client, {
    title,
    name: 'Fiona Finance',
    email: 'fiona@marlow.example',
  })

  const phone = await (
    await browser.newContext({ ...CONTEXT, bypassCSP: true, viewport: PHONE, isMobile: true, hasTouch: true })
  ).newPage()
  phone.setDefaultTimeout(60_000)
  await phone.goto(`${server.url}${path}`)
  await phone.getByRole('heading', { name: title }).waitFor()
  await phone.waitForLoadState('networkidle')
  expect(await violationsOn(phone)).toEqual([])
  expect(await sidewaysOverflow(phone)).toBe(0)
  await phone.getByLabel('Files').setInputFiles([photo('page-1.jpg'), photo('page-2.jpg')])
  await phone.getByRole('button', { name: 'Send', exact: true }).click()
  await phone.getByText('Thank you, it arrived').waitFor()
  await phone.getByText('page-2.jpg').last().waitFor()

  await technician.goto(request)
  await technician.waitForLoadState('networkidle')
  await technician.getByLabel('What is missing').fill('The second page is cut off.')
  await technician.getByRole('button', { name: 'Ask again' }).click()
  await technician.getByText('Asked again').waitFor()
  expect(await violationsOn(technician)).toEqual([])

  await phone.reload()
  await phone.getByText('The second page is cut off.').waitFor()
  await phone.getByLabel('Files').setInputFiles([photo('page-2-whole.jpg')])
  await phone.getByRole('button', { name: 'Send', exact: true }).click()
  await phone.getByText('Thank you, it arrived').waitFor()

  await technician.goto(request)
  await technician.waitForLoadState('networkidle')
  await technician.getByText('Take as evidence: page-2-whole.jpg').click()
  await technician.getByLabel('Kind of evidence').last().selectOption('restore-test-log')
  await technician.getByRole('button', { name: 'Take as evidence' }).last().click()
  await technician.getByText('Fulfilled').first().waitFor()

  await phone.reload()
  await phone.getByText('Done, nothing more is needed').waitFor()
  expect(await phone.getByLabel('Files').count()).toBe(0)
  await technician.goto(`${client}/evidence`)
  await technician.getByRole('link', { name: title }).first().waitFor()
})
