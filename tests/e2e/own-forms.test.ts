import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '#questionnaires/answers.ts'
import { drawForm, rawValues, savePdf } from '../documents/carrier-forms.ts'
import { editWorkbook } from '../documents/edited-workbook.ts'
import { ownForm } from '../services/own-form.ts'
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
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (server) removeDataDir(server.dataDir)
})

async function save(link: Locator): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  const path = join(server.dataDir, download.suggestedFilename())
  await download.saveAs(path)
  return path
}

/** Stays on the page. @returns what the page asked before it would be left */
async function askedOnLeaving(link: Locator): Promise<string> {
  const before = page.url()
  const [dialog] = await Promise.all([
    page.waitForEvent('dialog').then(async (dialog) => {
      await dialog.dismiss()
      return dialog
    }),
    link.click(),
  ])
  expect(page.url()).toBe(before)
  return dialog.message()
}

async function goTo(path: string) {
  await page.goto(`${server.url}${path}`)
  // Typed before the page is awake, text would be lost.
  await page.waitForLoadState('networkidle')
}

describe('a questionnaire of one’s own', () => {
  test('is uploaded, corrected where its problems are, tried, published and taken along', async () => {
    await goTo('/questionnaires/new')
    const wrong = ownForm('2', 'story').replace('control: patch-critical-sla', 'control: patch-everything')
    await page
      .getByLabel('Definition or spreadsheet')
      .setInputFiles({ name: 'story.yaml', mimeType: 'text/yaml', buffer: Buffer.from(wrong) })
    await page.getByRole('button', { name: 'Read it into a draft' }).click()
    await page.waitForURL('**/questionnaires/drafts/*')
    await page.waitForLoadState('networkidle')

    const line = wrong.split('\n').findIndex((text) => text.includes('patch-everything')) + 1
    await page.getByRole('button', { name: new RegExp(`line ${line}\\b`, 'i') }).click()
    const text = page.getByLabel('Definition (YAML or JSON)')
    const selected = await text.evaluate((area: HTMLTextAreaElement) =>
      area.value.slice(area.selectionStart, area.selectionEnd),
    )
    expect(selected).toContain('patch-everything')
    expect(await page.getByRole('button', { name: 'Publish' }).count()).toBe(0)

    await page.keyboard.type('patch-critical-sla')
    expect(await askedOnLeaving(page.getByRole('link', { name: 'Ledger' }))).toContain('not saved')
    await page.getByRole('button', { name: 'Save and check' }).click()
    await page.getByText('No problems').waitFor()

    await page.getByRole('link', { name: 'Try it as the applicant' }).click()
    await page.waitForURL('**/preview')
    await page.locator('section[id="mfa-staff"] input[value="no"]').check()
    await page.locator('section[id="mfa-staff"]').getByLabel('Explanation').waitFor()
    await page.goBack()

    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('button', { name: 'Publish edition' }).click()
    await page.waitForURL('**/questionnaires/story/2')
    await page.waitForLoadState('networkidle')
    const yaml = await save(page.getByRole('link', { name: 'Definition as YAML' }))
    expect(readFileSync(yaml, 'utf8')).toBe(wrong.replace('patch-everything', 'patch-critical-sla'))
  })
})

describe('an edition', () => {
  test('is retired only with a reason, which is asked for where it is missing', async () => {
    await goTo('/questionnaires/core-cyber/1')
    await page.getByRole('button', { name: 'Retire', exact: true }).click()
    const reason = page.getByLabel('Why it is retired')
    for (const given of ['', 'Too old']) {
      await reason.fill(given)
      await page.getByRole('button', { name: 'Retire edition' }).click()
      await page.getByText('Say in a sentence why').waitFor()
      expect(await reason.evaluate((field) => field === document.activeElement)).toBe(true)
      expect(await reason.getAttribute('aria-describedby')).toContain('retire-reason-error')
    }
    await reason.fill('The second edition takes its place.')
    await page.getByRole('button', { name: 'Retire edition' }).click()
    await page.getByText('Retired: nothing new is started on it').waitFor()
    await page.getByRole('button', { name: 'Reinstate' }).click()
    await page.getByRole('button', { name: 'Retire', exact: true }).waitFor()
  })

  test('compared with none leads to the list of those that can be', async () => {
    await goTo('/questionnaires/compare')
    expect(page.url()).toBe(`${server.url}/questionnaires`)
  })
})

describe('the insurer’s own PDF', () => {
  const FORM = { formCode: 'mfa-attestation', edition: '3' }
  const yes: Answer = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } }

  test('is mapped once by a person and then filled from the answers of a client', async () => {
    const drawn = drawForm()
    drawn.text('applicant', 'Name of applicant')
    drawn.tick('mail_yes', 'MFA on every mailbox: yes')
    drawn.text('remote', 'MFA on remote access').setValue('Yes, everywhere')
    drawn.text('broker', 'Broker of record').setValue('Old Broker Ltd')
    drawn.signature('signature', 'Signature')
    const path = await savePdf(join(server.dataDir, 'carrier.pdf'), drawn.pdf)

    await goTo('/documents')
    await page.getByLabel('Fillable form').setInputFiles(path)
    await page.getByRole('button', { name: 'Read its fields' }).click()
    await page.waitForURL(/documents\/[0-9a-f-]{36}$/)
    const document = page.url()
    await page.goto(`${document}/mapping?to=${FORM.formCode}/${FORM.edition}`)
    await page.waitForLoadState('networkidle')
    expect(await page.getByText('0 of 4 fields mapped').count()).toBe(1)
    await page.getByText('The form has 5 fields, 4 of them for answers (1 for a signature).').waitFor()

    const row = (label: string) => page.locator('ol > li').filter({ hasText: label })
    const choose = async (label: string, value: string) => {
      const list = row(label).locator('select').first()
      await list.focus()
      await list.selectOption(value)
    }
    await row('Name of applicant')
      .getByRole('button', { name: /^Put in/ })
      .click()
    await choose('MFA on every mailbox', 'mfa-email choice:yes')
    await choose('MFA on remote access', 'mfa-remote answer')
    await page.getByLabel('Find a field').fill('MAILBOX mfa')
    await page.getByText('1 of 4 fields fits.').waitFor()
    expect(await row('MFA on remote access').isVisible()).toBe(false)
    await page.keyboard.press('Enter')
    expect(await row('MFA on every mailbox').locator('select:focus').count()).toBe(1)
    // Words that only the prompt of its question has.
    await page.getByLabel('Find a field').fill('everyone opens')
    await page.getByText('1 of 4 fields fits.').waitFor()
    expect(await row('MFA on every mailbox').isVisible()).toBe(true)
    // What is chosen in hidden rows is saved all the same.
    await page.getByLabel('Find a field').fill('nothing like it')
    await page.getByText('No field fits.').waitFor()
    await page.getByRole('button', { name: 'Save mapping' }).click()
    await page.getByText('Mapping saved').first().waitFor()

    const application = await startOn(page, client, FORM)
    await answerAll(page, application, { 'mfa-email': yes })
    await page.goto(`${application}/files`)
    await page.waitForLoadState('networkidle')
    await page.getByRole('link', { name: /Look and download carrier.pdf/ }).click()
    await page
      .getByText('2 fields filled, 2 left empty, 1 kept as the insurer’s file has it. The form has 5 fields')
      .waitFor()
    await page.getByText('A person signs here').waitFor()
    await page.getByText('One value was taken out of the insurer’s file').waitFor()
    await page.getByText('Taken out: “Yes, everywhere”').waitFor()
    const kept = page.getByRole('table', { name: 'Fields kept as the insurer’s file has them' })
    expect(await kept.getByRole('row', { name: /Broker of record/ }).textContent()).toContain(
      'Old Broker Ltd',
    )
    const filled = await save(page.getByRole('link', { name: /Download filled form/ }))
    const values = rawValues(filled)
    expect(values.get('applicant')).toBe('Marlow & Finch Veterinary Ltd')
    expect(values.get('mail_yes')).not.toBe('Off')
    expect(values.get('remote')).toBeUndefined()
    expect(values.get('broker')).toBe('Old Broker Ltd')
    expect(values.get('signature')).toBeUndefined()
  })
})

describe('an answer that is not complete', () => {
  test('is not lost without a word when its section is left', async () => {
    const application = await startOn(page, client, { formCode: 'mid-market', edition: '2' })
    await page.goto(`${application}/sections/applicant`)
    await page.waitForLoadState('networkidle')
    const table = page.locator('section[id="revenue-by-region"]')
    await table
      .getByLabel(/^Financial year/)
      .first()
      .fill('2025')
    await table.getByText('Not saved yet').waitFor()
    expect(await askedOnLeaving(page.getByRole('link', { name: 'Readiness' }))).toContain('not complete')
    expect(
      await table
        .getByLabel(/^Financial year/)
        .first()
        .inputValue(),
    ).toBe('2025')
  })
})

describe('an application that is answered offline', () => {
  test('goes out as a workbook and comes back with a preview of what changes', async () => {
    const application = await startOn(page, client, { formCode: 'short-smb', edition: '2' })
    await page.goto(`${application}/files`)
    await page.waitForLoadState('networkidle')
    const sent = await save(page.getByRole('link', { name: 'Download workbook' }))
    await editWorkbook(sent, ({ cell }) => {
      cell('mfa-email').value = 'Yes'
      cell('mfa-email', 'notes').value = '=HYPERLINK("http://nowhere.example")'
    })
    const back = join(server.dataDir, 'back.xlsx')
    writeFileSync(back, readFileSync(sent))
    await page.getByLabel('Filled workbook').setInputFiles(back)
    await page.getByRole('button', { name: 'Show what changes' }).click()
    await page.waitForURL(/workbooks\/[0-9a-f-]{36}$/)
    await page.waitForLoadState('networkidle')
    await page.getByText('=HYPERLINK("http://nowhere.example")').waitFor()
    await page.getByRole('button', { name: 'Take over what is ticked' }).click()
    await page.waitForURL(/sections/)
    await page.goto(`${application}/sections/sign-in`)
    await page.locator('section[id="mfa-email"] input[value="yes"]:checked').waitFor()
    await page.goto(`${application}/files`)
    await page.getByText('Taken over').waitFor()
  })
})
