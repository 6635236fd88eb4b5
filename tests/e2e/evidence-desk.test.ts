/** One piece of evidence from drop to what goes out: looked at in the browser, blacked out, its columns explained. */
import { createHash } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePng } from '../documents/png-files.ts'
import { sidewaysOverflow, violationsOn } from '../support/axe.ts'
import { CONTEXT, DESKTOP, launchBrowser, PHONE } from '../support/browser.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'
import { createClientIn, openSignedIn } from '../support/signed-in-page.ts'

let server: RunningServer
let browser: Browser
let page: Page
let client: string
const faults: string[] = []

beforeAll(async () => {
  server = await startServer({ dataDir: makeDataDir() })
  browser = await launchBrowser()
  page = await openSignedIn(browser, server.url, { ...CONTEXT, bypassCSP: true, reducedMotion: 'reduce' })
  page.on('pageerror', (error) => faults.push(error.message))
  client = await createClientIn(page, server.url)
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (server) removeDataDir(server.dataDir)
})

/** The page as it stands, at both widths and in both colours. */
async function look() {
  await page.locator('h1').waitFor()
  const problems: string[] = []
  for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    await page.setViewportSize(viewport)
    for (const [scheme, rules] of [['light'], ['dark', ['color-contrast', 'link-in-text-block']]] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      const found = await violationsOn(page, rules && [...rules])
      for (const line of found) problems.push(`${size}, ${scheme}: ${line}`)
    }
    const overflow = await sidewaysOverflow(page)
    if (overflow > 0) problems.push(`${size}: scrolls sideways by ${overflow} px`)
  }
  await page.setViewportSize(DESKTOP)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  expect([...problems, ...faults]).toEqual([])
}

/** @returns the address of the evidence */
async function upload(name: string, body: Buffer): Promise<string> {
  await page.goto(`${client}/evidence#add`)
  await page.waitForLoadState('networkidle')
  await page.locator('#files').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: body })
  await page.getByText(name).first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.getByLabel('Kind of evidence').selectOption({ index: 1 })
  await page.getByRole('button', { name: /^Upload/ }).click()
  await page.locator('li', { hasText: name }).last().getByText('Received', { exact: true }).waitFor()
  await page.goto(`${client}/evidence`)
  await page
    .getByRole('link', { name: name.replace(/\.\w+$/, '') })
    .first()
    .click()
  await page.waitForURL(/evidence\/[0-9a-f-]{36}$/)
  return page.url()
}

test('a text is read inside the page, and what is blacked out is in no copy', async () => {
  const text = 'Restore test of 12 May\nserver srv-1 by Ada Marlow\nResult: 214 files compared, all equal\n'
  const evidence = await upload('restore-test.txt', Buffer.from(text))
  await look()
  await page.getByRole('link', { name: 'Preview', exact: true }).click()
  await page.waitForURL(/revisions\/[0-9a-f-]{36}$/)
  const frame = page.frameLocator('iframe')
  expect(await frame.locator('body').textContent()).toContain('214 files compared')
  await look()
  await page.getByRole('link', { name: 'Make a redacted copy' }).click()
  await page.getByLabel('Texts to black out').waitFor()
  await look()
  await page.getByRole('button', { name: 'Make redacted copy' }).click()
  await page.locator('[aria-invalid=true]').first().waitFor()
  await page.getByLabel('Texts to black out').fill('Ada Marlow')
  await page.getByRole('button', { name: 'Make redacted copy' }).click()
  await page.getByText('Redacted copy made').waitFor()
  await look()
  await page.getByRole('link', { name: 'Look at it' }).click()
  await page.waitForURL(/revisions\/[0-9a-f-]{36}$/)
  const shown = await page.frameLocator('iframe').locator('body').textContent()
  expect(shown).not.toContain('Marlow')
  expect(shown).toContain('214 files compared')
  const original = createHash('sha256').update(text).digest('hex')
  expect(await page.content()).toContain(original)
  await look()
  await page.goto(evidence)
  await page
    .getByText(/Redacted/)
    .first()
    .waitFor()
  await look()
}, 600_000)

test('a picture is blacked out by dragging, and its new file holds nothing below', async () => {
  await upload('console.png', makePng(400, 300, 3, Buffer.alloc(400 * 300 * 3, 240)))
  await page.getByRole('link', { name: 'Preview', exact: true }).click()
  await page.waitForURL(/revisions\/[0-9a-f-]{36}$/)
  await page.getByRole('link', { name: 'Make a redacted copy' }).click()
  const surface = page.getByRole('img', { name: /black rectangles/ })
  await surface.waitFor()
  const box = await surface.boundingBox()
  if (!box) throw new Error('The picture has no place on the page')
  await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.25)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.6, { steps: 5 })
  await page.mouse.up()
  await page.getByRole('button', { name: 'Remove rectangle 1' }).waitFor()
  // A second one without a pointer.
  await page.getByRole('button', { name: 'Add rectangle' }).click()
  await look()
  await page.getByRole('button', { name: 'Make redacted copy' }).click()
  await page.getByText('Redacted copy made').waitFor()
  await page.getByRole('link', { name: 'Look at it' }).click()
  await page.waitForURL(/revisions\/[0-9a-f-]{36}$/)
  await look()
  const colours = await page.evaluate(async () => {
    const image = document.querySelector<HTMLImageElement>('main img')
    if (!image) throw new Error('No picture')
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
    const context = canvas.getContext('2d')
    if (!context) throw new Error('No canvas')
    context.drawImage(image, 0, 0)
    const at = (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data.slice(0, 3)]
    return { dragged: at(160, 120), added: at(10, 10), left: at(380, 280) }
  })
  expect(colours).toEqual({ dragged: [0, 0, 0], added: [0, 0, 0], left: [240, 240, 240] })
}, 600_000)

test('a table that nobody knows is explained once and read', async () => {
  const rows = Array.from(
    { length: 30 },
    (_row, index) =>
      `srv-${index % 3},10.0.0.${index % 3},Weak cipher ${index},${['High', 'Medium', 'Low'][index % 3]},443,2026-11-20`,
  )
  const header = 'Asset,IP address,Vulnerability,Severity,Port,Last seen'
  await upload('portal-export.csv', Buffer.from([header, ...rows].join('\r\n')))
  await page
    .getByRole('link', { name: /explain/i })
    .first()
    .click()
  await page.getByRole('heading', { name: 'Explain the columns' }).waitFor()
  await look()
  await page.getByLabel('Tool that wrote the table').fill('Nodeware')
  await page.getByRole('button', { name: 'Save and read the table' }).click()
  await page.waitForURL(/scans\/[0-9a-f-]{36}$/)
  await page.getByText(/30/).first().waitFor({ timeout: 240_000 })
  await page.goto(`${client}/findings`)
  await page.getByText('Weak cipher 0', { exact: false }).first().waitFor()
  await look()
}, 600_000)
