import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dentalAnswers } from '#app/services/demo/clients.ts'
import type { Answer } from '#questionnaires/answers.ts'
import { listQuestions } from '#questionnaires/definition.ts'
import { getEdition } from '#questionnaires/library.server.ts'
import { type NessusFixture, readNessusFixture } from '../fixtures/nessus/dated.ts'
import { sidewaysOverflow, violationsOn } from '../support/axe.ts'
import { CONTEXT, launchBrowser, PHONE } from '../support/browser.ts'
import { type MailServer, plainTextOf, startMailServer } from '../support/mail-server.ts'
import { confirmAnswers, declareAndSign, SIGN } from '../support/officer.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'
import { enterPasscode, shareReport } from '../support/share.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const samples = join(root, '../shared/samples/nessus')

/** An old scan would be stale and contradict nothing. */
function freshFixture(name: NessusFixture): string {
  const path = join(downloads, `${name}.nessus`)
  writeFileSync(path, readNessusFixture(name, new Date(Date.now() - 86_400_000)))
  return path
}

/** Where to leave pictures of the pages, for whoever wants to look at them. */
const PICTURES = process.env.ATTESTED_TEST_PICTURES

let mails: MailServer
let server: RunningServer
let browser: Browser
let page: Page
let clientUrl = ''
let applicationUrl = ''
const downloads = mkdtempSync(join(tmpdir(), 'attested-story-'))

beforeAll(async () => {
  mails = await startMailServer()
  server = await startServer({
    dataDir: makeDataDir(),
    env: { ATTESTED_SMTP_URL: mails.url, ATTESTED_MAIL_FROM: 'Attested <attested@msp.example>' },
  })
  browser = await launchBrowser()
  page = await (await browser.newContext(CONTEXT)).newPage()
  page.setDefaultTimeout(60_000)
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await mails?.close()
  if (server) removeDataDir(server.dataDir)
  rmSync(downloads, { recursive: true, force: true })
})

async function upload(file: string, options: { kind: string; viewpoint?: 'inside' | 'outside' }) {
  await page.goto(`${clientUrl}/evidence#add`)
  await page.waitForLoadState('networkidle')
  await page.getByLabel('Kind of evidence').selectOption(options.kind)
  if (options.viewpoint) await page.getByRole('radio', { name: new RegExp(options.viewpoint, 'i') }).check()
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: /^Upload/ }).click()
}

/** A signer's part, in a browser of their own: from the mail to the signature. */
async function signOnPhone(name: string) {
  const officer = await (await browser.newContext({ ...CONTEXT, viewport: PHONE, bypassCSP: true })).newPage()
  officer.setDefaultTimeout(60_000)
  const faults: string[] = []
  officer.on('pageerror', (error) => faults.push(error.message))
  const look = async (view: string) => {
    await officer.waitForLoadState('networkidle')
    if (PICTURES)
      await officer.screenshot({
        path: join(PICTURES, `attest-${name.split(' ')[0]}-${view}.png`),
        fullPage: true,
      })
    const found = [...(await violationsOn(officer)), ...faults]
    expect({ view, found, overflow: await sidewaysOverflow(officer) }).toEqual({
      view,
      found: [],
      overflow: 0,
    })
  }
  const mailed = async (words: RegExp): Promise<string> => {
    const find = () =>
      mails.received
        .map(plainTextOf)
        .filter((text) => text.includes(`Hello ${name},`))
        .flatMap((text) => words.exec(text)?.[0] ?? [])
        .at(-1)
    await expect.poll(find, { timeout: 240_000 }).toBeTruthy()
    return find() ?? ''
  }
  await officer.goto(await mailed(/http:\S+\/attest\/\S+/))
  await look('door')
  await officer.getByRole('button', { name: /Send a one-time code/ }).click()
  await officer.getByLabel('One-time code').fill('00 00')
  await officer.getByRole('button', { name: 'Go on' }).click()
  await officer.getByText('Enter the six digits from the mail').first().waitFor()
  await look('code')
  await officer.getByLabel('One-time code').fill(await mailed(/^\d{6}$/m))
  await officer.getByRole('button', { name: 'Go on' }).click()
  await officer.getByRole('heading', { name: /What you are asked to/ }).waitFor()
  await look('list')
  await officer.getByRole('link', { name: 'Begin with the first answer' }).click()
  await officer.getByText(/^(You are|The insured is) stating$/).waitFor()
  await look('answer')
  // Before every answer is confirmed, the declaration cannot be reached.
  await officer.goto(`${officer.url().split('?')[0]}?step=sign`)
  await officer.getByRole('heading', { name: /What you are asked to/ }).waitFor()
  await officer.getByRole('link', { name: 'Begin with the first answer' }).click()
  await confirmAnswers(officer)
  await look('sign')
  await officer.getByRole('button', { name: SIGN }).click()
  await officer.getByText('Confirm the declaration').first().waitFor()
  await declareAndSign(officer, name)
  await look('done')
  await officer.context().close()
}

/** On the form that prepares a report: somebody who signs for the second section. */
async function addContributor({ name, email }: { name: string; email: string }) {
  await page.getByRole('button', { name: 'Add a contributor' }).click()
  const fields = page.getByRole('group', { name: 'Contributor 1' })
  await page.getByRole('button', { name: 'Certify and prepare the report' }).click()
  await fields.getByText('Choose the sections that this person answers for').waitFor()
  await fields.getByLabel('Full name').fill(name)
  await fields.getByLabel('Title').fill('Practice manager')
  await fields.getByLabel('Organisation').fill('Marlow & Finch Veterinary Ltd')
  await fields.getByLabel('E-mail address').fill(email)
  await fields.getByRole('checkbox').nth(1).check()
  if (PICTURES) await page.screenshot({ path: join(PICTURES, 'prepare-form.png'), fullPage: true })
}

/** Types and clicks one answer as a person would, and waits until the page says that it is saved. */
async function giveAnswer(questionId: string, answer: Answer) {
  const card = page.locator(`section[id="${questionId}"]`)
  await card.waitFor()
  if (answer.state === 'dont-know') {
    await card.getByLabel('I don’t know').check()
  } else {
    const { value } = answer
    if (value.kind === 'yes-no' || value.kind === 'single-choice' || value.kind === 'band') {
      await card.locator(`input[value="${value.choice}"]`).check()
    } else if (value.kind === 'multiple-choice') {
      for (const choice of value.choices) await card.locator(`input[value="${choice}"]`).check()
    } else if (value.kind === 'percent') {
      await card.getByLabel('Covered').fill(String(value.covered))
      await card.getByLabel(/^Of all/).fill(String(value.total))
    } else if (value.kind === 'currency') {
      await card.getByLabel('Amount').fill(String(value.amountMinor / 100))
    } else if (value.kind === 'date') await card.getByLabel('Date').fill(value.date)
    else if (value.kind === 'number') await card.getByLabel('Answer').fill(String(value.number))
    else if (value.kind === 'product') await card.getByLabel('Product').fill(value.product)
    else if (value.kind === 'text') await card.getByLabel('Answer').fill(value.text)
    else throw new Error(`The story has no way to answer a ${value.kind}`)
    if (answer.explanation) await card.getByLabel('Explanation').fill(answer.explanation)
  }
  await card.getByText(/^Saved/).waitFor()
}

describe.sequential('from sign-up to a verified report', () => {
  test('a technician signs up and creates a client', async () => {
    await page.goto(server.url)
    await page.getByRole('link', { name: 'Create your organisation' }).first().click()
    await page.getByLabel('Organisation').fill('Fjord IT Services')
    await page.getByLabel('Your name').fill('Ines Halvorsen')
    await page.getByLabel('E-mail').fill('ines@fjord-it.example')
    await page.getByLabel('Password').fill('correct horse battery staple')
    await page.getByRole('button', { name: /Create/ }).click()
    await page.waitForURL('**/clients')
    await page.getByRole('link', { name: 'New client' }).first().click()
    await page.getByLabel('Legal name').fill('Marlow & Finch Veterinary Ltd')
    await page.getByRole('button', { name: /Create|Save/ }).click()
    await page.waitForURL(/clients\/[0-9a-f-]{36}$/)
    clientUrl = page.url()
    await page.getByRole('heading', { level: 1, name: /Marlow & Finch/ }).waitFor()
  })

  test('opens the questionnaire and answers every question, section by section', async () => {
    await page.goto(`${clientUrl}/applications/new`)
    // Changed before the page is awake, the field would be set back.
    await page.waitForLoadState('networkidle')
    const start = page.getByRole('button', { name: /Start Core cyber application/ }).first()
    // The story's answers are those of edition 1, which can still be begun while it is not retired.
    await start.evaluate((button: HTMLButtonElement) => {
      const field = button.form?.elements.namedItem('edition')
      if (field instanceof HTMLInputElement) field.value = '1'
    })
    await start.click()
    await page.waitForURL(/applications\/[0-9a-f-]{36}\/sections\//)
    applicationUrl = page.url().replace(/\/sections\/.*/, '')
    const { edition } = getEdition('core-cyber', '1')
    const answers = dentalAnswers(new Date())
    for (const section of edition.sections) {
      await page.goto(`${applicationUrl}/sections/${section.id}`)
      await page.waitForLoadState('networkidle')
      for (const question of listQuestions({ ...edition, sections: [section] })) {
        const answer = answers[question.id]
        if (answer) await giveAnswer(question.id, answer)
      }
    }
    // A "no" is not saved, and not said to be, before it is explained.
    await page.goto(`${applicationUrl}/sections/response`)
    await page.waitForLoadState('networkidle')
    const plan = page.locator('section[id="ir-plan"]')
    await plan.locator('input[value="no"]').check()
    await plan.getByText('Not saved yet').waitFor()
    await plan.getByLabel('Explanation').waitFor()
    await plan.locator('input[value="yes"]').check()
    await plan.getByText(/^Saved/).waitFor()
    // What the page said was saved is there after a reload.
    await page.goto(`${applicationUrl}/sections/identity`)
    await expect(page.locator('section[id="mfa-email"] input[value="yes"]').isChecked()).resolves.toBe(true)
  }, 600_000)

  test('a scan contradicts an answer, which then cannot be signed', async () => {
    await upload(freshFixture('small-office-internal'), { kind: 'vuln-scan-summary', viewpoint: 'inside' })
    await page.getByRole('link', { name: /scan/i }).last().waitFor()
    await expect
      .poll(
        async () => {
          await page.goto(`${applicationUrl}/readiness`)
          return page.getByRole('heading', { name: /^Contradicted \(/ }).count()
        },
        { timeout: 240_000, interval: 1000 },
      )
      .toBe(1)
    await page.goto(`${applicationUrl}/sign`)
    await page.getByText('Not ready to sign').waitFor()
    expect(await page.getByRole('button', { name: /prepare the report/ }).count()).toBe(0)
  })

  test('real scan files are read too', async (context) => {
    if (!existsSync(samples)) return context.skip('no real scan files beside this checkout')
    for (const name of readdirSync(samples).filter((file) => /\.(nessus|xml)$/.test(file))) {
      await upload(join(samples, name), { kind: 'vuln-scan-summary', viewpoint: 'inside' })
      // The whole sentence: the word alone heads a column, and leaving then would break off the upload.
      await page
        .getByRole('listitem')
        .filter({ hasText: name })
        .getByText('Received; it is a scan')
        .last()
        .waitFor()
    }
    await page.goto(`${clientUrl}/scans`)
    await expect
      .poll(
        async () => {
          await page.reload()
          return page.getByText(/queued|reading|running/i).count()
        },
        { timeout: 240_000, interval: 1000 },
      )
      .toBe(0)
    expect(await page.getByText('nessus_with_cvssv3.nessus').count()).toBeGreaterThan(0)
  })

  test('reasoned exceptions and honest answers clear the way', async () => {
    for (let round = 0; round < 12; round += 1) {
      await page.goto(`${applicationUrl}/readiness`)
      await page.waitForLoadState('networkidle')
      const open = page.getByRole('button', { name: 'Record an exception' })
      if ((await open.count()) === 0) break
      await open.first().click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('What exactly is excepted').fill('The one host named in the scan')
      await dialog
        .getByLabel('Why the answer still holds')
        .fill('The affected host is being replaced this week under a signed order.')
      await dialog
        .getByLabel('What limits the risk in the meantime')
        .fill('It is cut off from the network and watched by the EDR.')
      await dialog.getByLabel('Who accepts it at the client').fill('Peter Marlow')
      await dialog.getByRole('button', { name: 'Record exception' }).click()
      await dialog.waitFor({ state: 'hidden' })
    }
    await page.goto(`${applicationUrl}/readiness`)
    await page.getByText('Ready to sign', { exact: true }).waitFor()
  })

  test('four people sign, and the report is downloaded', async () => {
    await page.goto(`${applicationUrl}/sign`)
    await page.waitForLoadState('networkidle')
    await page.getByLabel('Your title').fill('Security engineer')
    await page.getByLabel(/I certify that the technical facts/).check()
    await page.getByLabel('Full name', { exact: true }).fill('Peter Marlow')
    await page.getByLabel('Title', { exact: true }).fill('Owner')
    await page.getByLabel('Role').selectOption('president-or-owner')
    await page.getByLabel('E-mail address', { exact: true }).fill('peter@marlow-finch.example')
    await page.getByLabel('Reviewer’s full name').fill('Ida Lind')
    await page.getByLabel('Reviewer’s organisation').fill('Lind Assurance')
    await page.getByLabel('Title, where the reviewer signs').fill('Partner')
    await page.getByLabel('E-mail address, where the reviewer signs').fill('ida@lind.example')
    await addContributor({ name: 'Nora Finch', email: 'nora@marlow-finch.example' })
    await page.getByRole('button', { name: 'Certify and prepare the report' }).click()
    await page.waitForURL(/reports\/[0-9a-f-]{36}$/)
    for (const [name, email] of [
      ['Nora Finch', 'nora@marlow-finch.example'],
      ['Ida Lind', 'ida@lind.example'],
      ['Peter Marlow', 'peter@marlow-finch.example'],
    ] as const) {
      await page.getByRole('button', { name: `Send the link to ${email}` }).click({ timeout: 240_000 })
      await page.getByText('Take the link back').waitFor()
      if (PICTURES) await page.screenshot({ path: join(PICTURES, `report-${email}.png`), fullPage: true })
      await signOnPhone(name)
    }
    const link = page.getByRole('link', { name: 'Download the signed report' })
    await link.waitFor({ timeout: 240_000 })
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    await download.saveAs(join(downloads, 'report.pdf'))
    const beside = page.getByRole('link', { name: 'Download the envelope of the report' })
    const [envelope] = await Promise.all([page.waitForEvent('download'), beside.click()])
    expect(envelope.suggestedFilename()).toMatch(/^readiness-report-.*\.pdf\.dsse\.json$/)
    await envelope.saveAs(join(downloads, 'report.pdf.dsse.json'))
    const oscal = page.getByRole('link', { name: 'Download the OSCAL assessment results' })
    const [results] = await Promise.all([page.waitForEvent('download'), oscal.click()])
    await results.saveAs(join(downloads, 'oscal.json'))
    expect(JSON.parse(readFileSync(join(downloads, 'oscal.json'), 'utf8'))).toMatchObject({
      'assessment-results': { metadata: { 'oscal-version': '1.2.1' } },
    })
  }, 600_000)

  test('it is shared by mail: the link leaves, the passcode does not', async () => {
    await page.waitForLoadState('networkidle')
    const shared = await shareReport(page, { name: 'Bea Broker', mayDownload: false })
    const find = () => mails.received.map(plainTextOf).find((text) => text.includes(shared.path))
    await expect.poll(find, { timeout: 240_000 }).toBeTruthy()
    const mail = find() ?? ''
    expect(mail).toContain('Hello Bea Broker,')
    expect(mail.replace(/\W/g, '')).not.toContain(shared.passcode.replace(/\W/g, ''))
    const reader = await (await browser.newContext({ ...CONTEXT, viewport: PHONE })).newPage()
    await reader.goto(/http:\S+\/shared\/\S+/.exec(mail)?.[0] ?? '')
    await enterPasscode(reader, shared.passcode)
    await reader.getByText('This report was shared for reading').waitFor({ timeout: 60_000 })
    await reader.context().close()
  })

  test('our verifier accepts it offline, and names what it checked', () => {
    const printed = execFileSync(
      process.execPath,
      [
        'app/launch/attested.mjs',
        'verify',
        join(downloads, 'report.pdf'),
        '--envelope',
        join(downloads, 'report.pdf.dsse.json'),
        '--json',
      ],
      {
        cwd: root,
        encoding: 'utf8',
      },
    )
    const result = JSON.parse(printed)
    expect(result.ok).toBe(true)
    expect(result.signatures.map(({ role }: { role: string }) => role)).toEqual([
      ...['technical-contributor', 'contributor', 'reviewer', 'insured-officer'],
    ])
    expect(result.checks).toContainEqual(expect.objectContaining({ id: 'detached', ok: true }))
  })

  test('pdfsig and qpdf accept it where they are installed', (context) => {
    const has = (tool: string) => {
      try {
        execFileSync('which', [tool])
        return true
      } catch {
        return false
      }
    }
    if (!has('pdfsig') || !has('qpdf')) return context.skip('pdfsig or qpdf is not installed')
    const report = join(downloads, 'report.pdf')
    const signatures = execFileSync('pdfsig', ['-nocert', report], { encoding: 'utf8' })
    expect(signatures.match(/Signature is Valid/g)).toHaveLength(4)
    expect(execFileSync('qpdf', ['--check', report], { encoding: 'utf8' })).toContain(
      'No syntax or stream encoding errors',
    )
  })
})
