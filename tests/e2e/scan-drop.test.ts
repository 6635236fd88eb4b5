/** Three exports of three tools are dropped at once; what they say, what they contradict and what to fix first follows. */
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dentalAnswers } from '#app/services/demo/clients.ts'
import { readNessusFixture } from '../fixtures/nessus/dated.ts'
import { launchBrowser } from '../support/browser.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'
import { answerAll, createClientIn, openSignedIn, startOn } from '../support/signed-in-page.ts'

let server: RunningServer
let browser: Browser
let page: Page
let client: string

beforeAll(async () => {
  server = await startServer({ dataDir: makeDataDir() })
  browser = await launchBrowser()
  page = await openSignedIn(browser, server.url)
  client = await createClientIn(page, server.url)
  const application = await startOn(page, client, { formCode: 'core-cyber', edition: '1' })
  await answerAll(page, application, dentalAnswers(new Date()))
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (server) removeDataDir(server.dataDir)
})

interface Dropped {
  name: string
  base64: string
}

async function drop(files: Dropped[]) {
  await page.goto(`${client}/evidence#add`)
  await page.waitForLoadState('networkidle')
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer()
    for (const { name, base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      data.items.add(new File([bytes], name))
    }
    return data
  }, files)
  const zone = page.locator('#files').locator('xpath=..')
  await zone.dispatchEvent('dragover', { dataTransfer: transfer })
  await zone.dispatchEvent('drop', { dataTransfer: transfer })
  for (const { name } of files) await page.getByText(name).first().waitFor()
  // What each file is was read from its beginning; nobody has to choose.
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: /^Upload/ }).click()
}

const base64 = (text: string) => Buffer.from(text).toString('base64')
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

const users = [
  'First Name [Required],Last Name [Required],Email Address [Required],Status [READ ONLY],2sv Enrolled [READ ONLY],2sv Enforced [READ ONLY]',
  'Ada,Marlow,ada@marlow.example,Active,True,True',
  'Bo,Marlow,bo@marlow.example,Active,True,False',
].join('\r\n')
const backups = [
  'Job Name,Machine,Session Type,Start Time,End Time,Result',
  `Backup of the practice,srv-1,Backup,${day(-1)} 01:00:00,${day(-1)} 02:00:00,Success`,
  `Backup of the practice,srv-1,Backup,${day(-40)} 01:00:00,${day(-40)} 02:00:00,Success`,
].join('\r\n')

test('each file shows how far it is, its facts, and the answers that it contradicts', async () => {
  await drop([
    {
      name: 'office.nessus',
      base64: base64(readNessusFixture('small-office-internal', new Date(Date.now() - 86_400_000))),
    },
    { name: 'workspace-users.csv', base64: base64(users) },
    { name: 'backup-jobs.csv', base64: base64(backups) },
  ])
  const rows = page.locator('li', {
    has: page.getByText(/office\.nessus|workspace-users\.csv|backup-jobs\.csv/),
  })
  for (const name of ['office.nessus', 'workspace-users.csv', 'backup-jobs.csv']) {
    const row = rows.filter({ hasText: name }).last()
    await row.getByText(/facts? read\./).waitFor({ timeout: 240_000 })
  }
  const nessus = rows.filter({ hasText: 'office.nessus' }).last()
  expect(await nessus.textContent()).toMatch(/answers? contradicted:/)
  await page.goto(`${client}/findings`)
  await page.getByRole('heading', { name: 'What to fix first' }).waitFor()
  await page.getByText(/you clear \d+ % of what insurers ask about/).waitFor()
  expect(await page.locator('ol > li h3').count()).toBeGreaterThan(0)
  expect(await page.locator('ol > li h3').count()).toBeLessThanOrEqual(5)
}, 600_000)

const samples = fileURLToPath(new URL('../../../shared/samples/', import.meta.url))
const REAL = [
  'nessus/nessus_with_cvssv3.nessus',
  'nmap/nmap_multiple_port.xml',
  'prowler/example_output_aws.ocsf.json',
]
const isThere = existsSync(samples)
if (!isThere)
  console.warn('Real files are not beside this checkout (../shared/samples): they are not dropped.')

test.skipIf(!isThere)(
  'three real files go the same way',
  async () => {
    await drop(
      REAL.map((path) => ({ name: basename(path), base64: readFileSync(samples + path).toString('base64') })),
    )
    for (const path of REAL) {
      const row = page.locator('li', { hasText: basename(path) }).last()
      await row.getByText(/facts? read\./).waitFor({ timeout: 240_000 })
    }
    await page.goto(`${client}/findings?standing=all&q=Remote`)
    await page.getByRole('heading', { name: 'What to fix first' }).waitFor()
  },
  180_000,
)
