import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyReport } from '#app/report/verify.ts'
import { needs, runTool } from '../report/outside-tools.ts'
import { CONTEXT, launchBrowser, PHONE } from '../support/browser.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'
import { enterPasscode, shareReport } from '../support/share.ts'

/** Names in three scripts, one of them read from the right. */
const NAME = 'Rita Ραπτη קוראת'

let server: RunningServer
let browser: Browser
let sender: Page
let reader: Page
let reportUrl: string
let link: { path: string; passcode: string }
const downloads = mkdtempSync(join(tmpdir(), 'attested-shared-'))

beforeAll(async () => {
  server = await startServer({ dataDir: makeDataDir() })
  browser = await launchBrowser()
  sender = await (await browser.newContext(CONTEXT)).newPage()
  sender.setDefaultTimeout(60_000)
  reader = await (await browser.newContext({ ...CONTEXT, viewport: PHONE })).newPage()
  reader.setDefaultTimeout(60_000)
  await sender.goto(server.url)
  await sender.getByRole('button', { name: 'Explore the demo workspace' }).first().click()
  await sender.waitForURL('**/clients', { timeout: 240_000 })
  await sender.getByRole('link', { name: 'Harbour Street Dental Group' }).first().click()
  await sender.waitForURL(/clients\/[0-9a-f-]{36}$/)
  await sender.goto(`${sender.url()}/reports`)
  await sender.locator('a[href^="/reports/"]').first().click()
  await sender.waitForURL(/reports\/[0-9a-f-]{36}$/)
  reportUrl = sender.url()
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (server) removeDataDir(server.dataDir)
  rmSync(downloads, { recursive: true, force: true })
})

const headersOf = async (path: string) => (await reader.request.get(server.url + path)).headers()

describe.sequential('a report shared outside the workspace', () => {
  test('the sender names the reader and is shown link and passcode once', async () => {
    await sender.waitForLoadState('networkidle')
    link = await shareReport(sender, { name: NAME, mayDownload: true })
    await sender.reload()
    expect(await sender.content()).not.toContain(link.passcode)
    expect(await sender.content()).not.toContain(link.path)
    await sender.getByText('Not opened yet').waitFor()
  })

  test('the link alone shows nothing of the report', async () => {
    await reader.goto(server.url + link.path)
    await reader.getByRole('heading', { name: 'Enter the passcode' }).waitFor()
    for (const word of ['Harbour Street', 'Lakeside', 'Rita'])
      expect(await reader.content()).not.toContain(word)
    await enterPasscode(reader, 'AAAA-AAAA-AAAA')
    await reader.getByText('That is not the passcode. 7 tries are left').first().waitFor()
    const file = await reader.request.get(`${server.url}${link.path}/report`, { maxRedirects: 0 })
    expect([file.status(), file.headers().location]).toEqual([302, link.path])
  })

  test('the passcode opens it, with the reader’s name across all of it, on screen and on paper', async () => {
    await enterPasscode(reader, link.passcode.toLowerCase())
    await reader.getByRole('heading', { level: 1, name: 'Readiness report' }).waitFor()
    await reader.getByText('reader@broker.example').first().waitFor()
    for (const media of ['screen', 'print'] as const) {
      await reader.emulateMedia({ media })
      const seen = await reader.locator('.watermark').evaluate((mark) => {
        const { position, pointerEvents, opacity, visibility } = getComputedStyle(mark)
        const { top, left, width, height } = mark.getBoundingClientRect()
        const first = mark.querySelector('.watermark-line')
        return {
          look: { position, pointerEvents, visibility },
          isFaint: Number(opacity) > 0.05 && Number(opacity) < 0.2,
          isWhole: top === 0 && left === 0 && width >= innerWidth && height >= innerHeight,
          hidden: mark.getAttribute('aria-hidden'),
          selectable: mark.textContent,
          text: first ? getComputedStyle(first, '::before').content : '',
        }
      })
      expect(seen).toMatchObject({
        look: { position: 'fixed', pointerEvents: 'none', visibility: 'visible' },
        isFaint: true,
        isWhole: true,
        hidden: 'true',
        selectable: '',
      })
      for (const part of [NAME, 'reader@broker.example', String(new Date().getUTCFullYear())])
        expect(seen.text).toContain(part)
    }
    await reader.emulateMedia({ media: 'screen' })
  })

  test('each printed sheet carries the mark', async (context) => {
    needs('pdftotext', context.skip)
    const path = join(downloads, 'printed.pdf')
    await reader.pdf({ path, format: 'A4' })
    const sheets = runTool('pdftotext', ['-raw', path, '-']).output.split('\f').slice(0, -1)
    expect(sheets.length).toBeGreaterThan(3)
    // Turned text comes out in pieces.
    const marked = sheets.filter((text) => text.replace(/\s/g, '').includes('reader@broker'))
    expect(marked).toHaveLength(sheets.length)
  })

  test('it is kept in no cache, in no list, and tells no other site where the reader came from', async () => {
    for (const path of [link.path, `${link.path}/report`, `${link.path}.data`, '/shared/nowhere']) {
      const headers = await headersOf(path)
      expect(headers['cache-control']).toMatch(/no-store/)
      expect(headers['x-robots-tag']).toBe('noindex, nofollow, noarchive')
    }
    expect((await headersOf(link.path))['referrer-policy']).toMatch(/no-referrer$/)
    expect(await reader.locator('meta[name=referrer]').getAttribute('content')).toBe('no-referrer')
  })

  test('the download is the signed file, and verifies', async () => {
    const anchor = reader.getByRole('link', { name: 'Download the signed report' })
    const [download] = await Promise.all([reader.waitForEvent('download'), anchor.click()])
    await download.saveAs(join(downloads, 'report.pdf'))
    const bytes = readFileSync(join(downloads, 'report.pdf'))
    expect((await verifyReport(bytes)).ok).toBe(true)
    const digest = createHash('sha256').update(bytes).digest('hex')
    await reader.getByText(digest).waitFor()
    const beside = reader.getByRole('link', { name: 'Download the envelope of the report' })
    const [envelope] = await Promise.all([reader.waitForEvent('download'), beside.click()])
    await envelope.saveAs(join(downloads, 'report.dsse.json'))
    const detachedEnvelope = readFileSync(join(downloads, 'report.dsse.json'), 'utf8')
    expect((await verifyReport(bytes, { detachedEnvelope })).ok).toBe(true)
  })

  test('the sender sees what was done, also as a table', async () => {
    await sender.goto(reportUrl)
    await sender.waitForLoadState('networkidle')
    await sender.getByText(/Read once, downloaded 3 times/).waitFor()
    await sender.getByText('One wrong passcode in all.').waitFor()
    await sender.getByText(/^Access log/).click()
    for (const done of [
      'Opened the link',
      'Entered a wrong passcode',
      'Read the report',
      'Downloaded the signed PDF',
      'Downloaded the envelope of the report',
    ])
      await sender.getByRole('cell', { name: done }).first().waitFor()
    const csv = sender.getByRole('link', { name: 'Download the log (CSV)' })
    const [table] = await Promise.all([sender.waitForEvent('download'), csv.click()])
    await table.saveAs(join(downloads, 'log.csv'))
    const lines = readFileSync(join(downloads, 'log.csv'), 'utf8').trim().split('\r\n')
    expect(lines.map((line) => line.split(',')[1])).toEqual([
      'what',
      'opened',
      'wrong-passcode',
      'viewed',
      // Asked for its headers only, and then in earnest.
      'downloaded',
      'downloaded',
      'downloaded',
    ])
  })

  test('a withdrawn report stays readable and says so', async () => {
    const reason = 'Two sites turned out to have no second factor.'
    await sender.getByText('Withdraw this signed report').click()
    await sender.getByLabel('Reason').fill(reason)
    await sender.getByRole('button', { name: 'Withdraw', exact: true }).click()
    await sender.getByText('Withdrawn: this report is no longer in force').waitFor()
    expect(await sender.getByText('Share with somebody').count()).toBe(0)
    await reader.reload()
    await reader.getByText('Withdrawn: this report is no longer in force').waitFor()
    await reader.getByText(reason).waitFor()
    expect(await reader.getByText('move its answers').count()).toBe(0)
  })

  test('revoked, it opens nothing any more, for whoever reads it, too', async () => {
    await sender.reload()
    await sender.waitForLoadState('networkidle')
    await sender.getByRole('button', { name: 'Revoke' }).click()
    await sender.getByText('Files that were downloaded stay where they are').waitFor()
    await sender.getByRole('button', { name: 'Revoke the link' }).click()
    await sender.getByText('Revoked', { exact: true }).waitFor()
    const answer = await reader.reload()
    expect(answer?.status()).toBe(410)
    await reader.getByRole('heading', { name: 'This link was revoked' }).waitFor()
    for (const word of ['Harbour Street', 'Lakeside', 'Rita'])
      expect(await reader.content()).not.toContain(word)
    const file = await reader.request.get(`${server.url}${link.path}/report`, { maxRedirects: 0 })
    expect(file.status()).toBe(302)
    await sender.goto(`${server.url}/ledger`)
    await sender.getByText('Share of a report revoked').first().waitFor()
    expect(server.log()).not.toContain(link.path)
  })
})
