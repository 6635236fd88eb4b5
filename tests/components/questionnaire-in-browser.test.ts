import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import type { Browser, Page } from 'playwright-core'
import { build, type InlineConfig, type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CONTEXT, DESKTOP, launchBrowser, PHONE } from '../support/browser.ts'
import type { TestPage } from './questionnaire-page/main.tsx'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'attested-page-'))
let server: PreviewServer
let browser: Browser
let page: Page

beforeAll(async () => {
  const root = fileURLToPath(new URL('questionnaire-page', import.meta.url))
  const config: InlineConfig = {
    root,
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    plugins: [tailwindcss()],
    // Vitest's own mode would ask for the development build of React's JSX.
    esbuild: { jsx: 'automatic', jsxDev: false },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
  }
  await build(config)
  server = await preview({ ...config, preview: { port: 0, host: '127.0.0.1' } })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

const address = () => server.resolvedUrls?.local[0] ?? ''

beforeEach(async () => {
  page = await (await browser.newContext(CONTEXT)).newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(address())
  await page.locator('section[id="ai-use"]').waitFor()
  return () => page.context().close()
})

const card = (id: string) => page.locator(`section[id="${id}"]`)
const saved = (id: string) =>
  card(id)
    .getByText(/^Saved/)
    .waitFor()
const state = () => page.evaluate(() => (window as unknown as { page: TestPage }).page)
const savesOf = async (id: string) => (await state()).saves.filter(({ questionId }) => questionId === id)
const lastAnswer = async (id: string) => (await savesOf(id)).at(-1)?.answer
const focused = () => page.evaluate(() => document.activeElement?.id)

describe('a proposal', () => {
  test('becomes an answer only when it is confirmed, through the normal way of saving', async () => {
    const question = card('remote-mfa')
    expect(await question.getByRole('checkbox', { name: 'Yes' }).isChecked()).toBe(false)
    await question.getByRole('button', { name: /^Confirm this answer/ }).click()
    await saved('remote-mfa')
    expect(await savesOf('remote-mfa')).toEqual([
      {
        questionId: 'remote-mfa',
        answer: { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } },
        seenVersion: 0,
      },
    ])
    expect(await question.getByText('Proposed, not yet confirmed').count()).toBe(0)
    expect(await question.getByRole('checkbox', { name: 'Yes' }).isChecked()).toBe(true)
    expect(await focused()).toBe('remote-mfa_answer-yes')
  })

  test('that lacks an explanation asks for it first and saves both together', async () => {
    const question = card('encryption')
    await question.getByRole('button', { name: /^Confirm this answer/ }).click()
    expect(await question.getByRole('radio', { name: 'No', exact: true }).isChecked()).toBe(true)
    await question.getByText('Write its explanation there').waitFor()
    expect(await focused()).toBe('encryption_answer-explanation')
    expect(await savesOf('encryption')).toEqual([])
    await question.getByText('Not saved yet').waitFor()
    await page.keyboard.type('Phones follow in March.')
    await saved('encryption')
    expect(await lastAnswer('encryption')).toEqual({
      state: 'answered',
      value: { kind: 'yes-no', choice: 'no' },
      explanation: 'Phones follow in March.',
    })
    expect(await question.getByText('Proposed, not yet confirmed').count()).toBe(0)
  })

  test('can be passed over from the keyboard', async () => {
    await card('edr-share')
      .getByRole('button', { name: /^Answer differently/ })
      .focus()
    await page.keyboard.press('Enter')
    expect(await focused()).toBe('edr-share_answer')
    await page.keyboard.type('118')
    await page.keyboard.press('Tab')
    await page.keyboard.type('118')
    await saved('edr-share')
    expect(await lastAnswer('edr-share')).toMatchObject({ value: { covered: 118, total: 118 } })
  })

  test('that is only the old answer cannot be confirmed', async () => {
    await card('backup-frequency').getByText('Answered differently before').waitFor()
    expect(
      await card('backup-frequency')
        .getByRole('button', { name: /Confirm/ })
        .count(),
    ).toBe(0)
  })
})

describe('clearing', () => {
  test('saves that there is no answer, and the proposal stands there again', async () => {
    await card('remote-mfa').getByRole('checkbox', { name: 'Yes' }).check()
    await saved('remote-mfa')
    await card('remote-mfa')
      .getByRole('button', { name: /^Clear answer/ })
      .click()
    await card('remote-mfa').getByText('Proposed, not yet confirmed').waitFor()
    expect(await lastAnswer('remote-mfa')).toBeNull()
    expect(await card('remote-mfa').getByRole('checkbox', { name: 'Yes' }).isChecked()).toBe(false)
  })

  test('empties fields that were typed into', async () => {
    await card('staff').getByLabel('Answer').fill('1,250')
    await saved('staff')
    expect(await lastAnswer('staff')).toMatchObject({ value: { number: 1250 } })
    await card('staff')
      .getByRole('button', { name: /^Clear answer/ })
      .click()
    expect(await card('staff').getByLabel('Answer').inputValue()).toBe('')
    await expect.poll(() => lastAnswer('staff')).toBeNull()
  })

  test('is what unticking "yes" does where a blank means "no"', async () => {
    const box = card('remote-mfa').getByRole('checkbox', { name: 'Yes' })
    await box.check()
    await saved('remote-mfa')
    await box.uncheck()
    await expect.poll(() => lastAnswer('remote-mfa')).toBeNull()
  })
})

describe('a table', () => {
  test('is filled in from the keyboard alone', async () => {
    const question = card('providers')
    await question.getByLabel('Service, row 1').focus()
    for (const text of ['Mail', 'Tern Ltd', '12,500.50']) {
      await page.keyboard.type(text)
      await page.keyboard.press('Tab')
    }
    await question.getByLabel('Has access, row 1').selectOption('yes')
    // The second row is due, but nobody is told so while still at work in the first.
    expect(await question.getByText('Error:').count()).toBe(0)
    await question.getByText('Not saved yet').waitFor()
    await question.getByLabel('Service, row 2').fill('Payroll')
    await question.getByLabel('Provider, row 2').fill('Plover AG')
    await question.getByLabel(/^Spend a year, row 2/).fill('99')
    await question.getByLabel('Has access, row 2').selectOption('no')
    await saved('providers')
    expect(await lastAnswer('providers')).toEqual({
      state: 'answered',
      value: {
        kind: 'table',
        rows: [
          { service: 'Mail', provider: 'Tern Ltd', spend: 1_250_050, access: 'yes' },
          { service: 'Payroll', provider: 'Plover AG', spend: 9_900, access: 'no' },
        ],
      },
    })
    await question.getByRole('button', { name: 'Add a row' }).focus()
    await page.keyboard.press('Enter')
    expect(await focused()).toBe('providers_answer-2-service')
    // A row that nobody has filled in yet is not part of the answer.
    expect(await savesOf('providers')).toHaveLength(1)
    await question.getByRole('button', { name: 'Remove row 1' }).focus()
    await page.keyboard.press('Enter')
    expect(await question.getByLabel('Service, row 1').inputValue()).toBe('Payroll')
    expect(await question.getByLabel(/^Spend a year, row 1/).inputValue()).toBe('99')
    expect(await focused()).toBe('providers_answer-add')
  })

  test('names what is wrong in the cell where it is wrong, once the question is left', async () => {
    const question = card('providers')
    await question.getByLabel('Service, row 1').fill('Mail')
    await question.getByLabel(/^Spend a year, row 1/).fill('12,5')
    await card('ai-use').getByLabel('Answer').focus()
    const cell = question.getByLabel('Provider, row 1')
    await expect.poll(() => cell.getAttribute('aria-invalid')).toBe('true')
    const described = await cell.getAttribute('aria-describedby')
    expect(described).toBe('providers_answer-0-provider-error')
    expect(await page.locator(`[id="${described}"]`).textContent()).toMatch(/^Error: .+/)
    expect(await question.getByLabel(/^Spend a year, row 1/).getAttribute('aria-invalid')).toBe('true')
    expect(await savesOf('providers')).toEqual([])
  })
})

describe('an attachment', () => {
  test('is picked from the evidence, kept by its hash, and removed again', async () => {
    const question = card('loss-runs')
    // The first that fits stands first.
    await question.getByLabel('File to attach').selectOption({ index: 1 })
    await question.getByRole('button', { name: 'Attach' }).click()
    await saved('loss-runs')
    expect(await lastAnswer('loss-runs')).toMatchObject({
      value: { files: [{ fileName: 'file-2.pdf', sha256: '2'.repeat(64) }] },
    })
    expect(await focused()).toBe('loss-runs_answer-file')
    await question.getByRole('button', { name: 'Remove file-2.pdf' }).click()
    await expect.poll(() => lastAnswer('loss-runs')).toBeNull()
  })

  test('that is cleared says so until something else is answered', async () => {
    const question = card('loss-runs')
    await question.getByLabel('File to attach').selectOption({ index: 1 })
    await question.getByRole('button', { name: 'Attach' }).click()
    await saved('loss-runs')
    const said = () => question.getByRole('status').allTextContents()
    await question.getByRole('button', { name: /^Clear answer/ }).click()
    await expect.poll(said).toEqual(['The answer is cleared.', ''])
    await question.getByLabel('I don’t know').click()
    await expect.poll(said).toEqual(['', expect.stringMatching(/^Saved/)])
    await question.getByRole('button', { name: /^Clear answer/ }).click()
    await expect.poll(said).toEqual(['The answer is cleared.', ''])
  })
})

describe('saving', () => {
  test('leaves the focus where it is when something is still missing', async () => {
    const question = card('encryption')
    await question.getByRole('radio', { name: 'Yes' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await question.getByRole('radio', { name: 'No', exact: true }).isChecked()).toBe(true)
    await question.getByText('Not saved yet').waitFor()
    await page.waitForTimeout(300)
    expect(await focused()).toBe('encryption_answer-no')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => lastAnswer('encryption')).toMatchObject({ value: { choice: 'not-applicable' } })
  })

  test('is not put off by going elsewhere in the middle of typing', async () => {
    await card('ai-use').getByLabel('Answer').fill('Nothing confidential')
    await page.getByRole('link', { name: 'See what the evidence says' }).click()
    await page.getByText('Another page').waitFor()
    expect(await lastAnswer('ai-use')).toMatchObject({ value: { text: 'Nothing confidential' } })
  })

  test('does not record again what is saved already', async () => {
    await card('staff').getByLabel('Answer').fill('12')
    await saved('staff')
    await card('staff').getByLabel('Answer').fill('123')
    await card('staff').getByText('Not saved yet').waitFor()
    await card('staff').getByLabel('Answer').fill('12')
    await saved('staff')
    expect(await savesOf('staff')).toHaveLength(1)
  })

  test('shows a newer answer that a reload brings, and saves on top of that one', async () => {
    await page.evaluate(() => {
      const { held } = (window as unknown as { page: TestPage }).page
      held.staff = {
        answer: { state: 'answered', value: { kind: 'number', number: 40 } },
        version: 3,
        answeredAt: '2026-11-24T13:00:00Z',
      }
    })
    await card('ai-use').getByLabel('Answer').fill('None')
    await saved('ai-use')
    await expect.poll(() => card('staff').getByLabel('Answer').inputValue()).toBe('40')
    await card('staff').getByLabel('Answer').fill('41')
    await saved('staff')
    expect((await savesOf('staff')).at(-1)?.seenVersion).toBe(3)
  })

  test('lets a person choose when somebody else saved in between', async () => {
    await page.evaluate(() => {
      const { held } = (window as unknown as { page: TestPage }).page
      held.staff = {
        answer: { state: 'answered', value: { kind: 'number', number: 40 } },
        version: 1,
        answeredAt: '2026-11-24T13:00:00Z',
      }
    })
    await card('staff').getByLabel('Answer').fill('41')
    await card('staff').getByRole('button', { name: 'Keep theirs' }).click()
    expect(await card('staff').getByLabel('Answer').inputValue()).toBe('40')
  })

  test('is tried again when the server is back', async () => {
    const setDown = (isDown: boolean) =>
      page.evaluate((down) => {
        ;(window as unknown as { page: TestPage }).page.isDown = down
      }, isDown)
    await setDown(true)
    await card('staff').getByLabel('Answer').fill('12')
    await card('staff').getByText('The server cannot be reached').waitFor()
    await setDown(false)
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await saved('staff')
  })
})

test.each(['light', 'dark'] as const)(
  'every kind of answer is accessible and fits a phone, %s',
  async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // With errors, open help and what only appears with an answer.
    await card('remote-mfa').locator('summary').click()
    await card('encryption')
      .getByRole('button', { name: /^Confirm/ })
      .click()
    await card('backup-frequency').getByRole('radio', { name: 'Other' }).check()
    await card('providers').getByLabel('Service, row 1').fill('Mail')
    await card('loss-runs').getByLabel('File to attach').selectOption({ index: 1 })
    await card('loss-runs').getByRole('button', { name: 'Attach' }).click()
    await saved('loss-runs')
    await card('records').getByLabel('I don’t know').check()
    await expect.poll(() => card('providers').getByText('Error:').count()).toBeGreaterThan(0)
    const found: string[] = []
    await page.evaluate(axeSource)
    for (const size of [DESKTOP, PHONE]) {
      await page.setViewportSize(size)
      found.push(
        ...(await page.evaluate(async () => {
          const { axe } = window as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> }
          }
          const { violations } = await axe.run()
          return violations.flatMap(({ id, nodes }) =>
            nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
          )
        })),
      )
    }
    expect(found).toEqual([])
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(await overflow()).toBe(0)
  },
)
