import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, AnswerValue } from '#questionnaires/answers.ts'
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

const answered = (value: AnswerValue): Answer => ({ state: 'answered', value })
const yes = answered({ kind: 'yes-no', choice: 'yes' })

async function draftOn(formCode: string, edition: string, answers: Record<string, Answer>): Promise<string> {
  const application = await startOn(page, client, { formCode, edition })
  const statuses = await answerAll(page, application, answers)
  expect(new Set(statuses)).toEqual(new Set([200]))
  return application
}

async function openPreview(application: string, to: string) {
  await page.goto(`${application}/move?to=${to}`)
  await page.getByRole('heading', { name: 'Question by question' }).waitFor()
}

const row = (questionId: string) => page.locator(`li[data-question="${questionId}"]`)
const wordsOf = async (questionId: string) => (await row(questionId).textContent()) ?? ''

async function begin(): Promise<string> {
  const before = page.url()
  await page.getByRole('button', { name: 'Begin the new draft' }).first().click()
  await page.waitForURL(
    (url) => /applications\/[0-9a-f-]{36}\/sections\//.test(url.href) && url.href !== before,
  )
  return page.url().replace(/\/sections\/.*/, '')
}

/** The card of a question in its section. */
const card = (questionId: string) => page.locator(`section[id="${questionId}"]`)

describe('the split of one MFA question into six access paths', () => {
  test('is shown before it is done and leaves every path to be answered anew', async () => {
    const application = await draftOn('mfa-attestation', '1', { mfa: yes })
    await openPreview(application, 'mfa-attestation/2')
    const paths = [
      'mfa-email',
      'mfa-remote',
      'mfa-admin-directory',
      'mfa-admin-backup',
      'mfa-admin-network',
      'mfa-admin-endpoints-servers',
    ]
    for (const path of paths) {
      const words = await wordsOf(path)
      expect(words, path).toContain('Answer anew')
      expect(words, path).toContain('Yes')
      expect(words, path).not.toContain('Proposed now')
    }
    expect(await wordsOf('mfa-email')).toContain('is now asked in 6 questions')

    const draft = await begin()
    await page.goto(`${draft}/sections/access`)
    await card('mfa-email').getByText('Answered differently before').waitFor()
    expect(await page.locator('section input:checked').count()).toBe(0)
    expect(
      await card('mfa-email')
        .getByRole('button', { name: /^Confirm/ })
        .count(),
    ).toBe(0)
  })

  test('is undone by throwing the new draft away, and the old one has not changed', async () => {
    const application = await draftOn('mfa-attestation', '1', { mfa: yes })
    await openPreview(application, 'mfa-attestation/2')
    const draft = await begin()
    await page.goto(`${application}/sections/access`)
    expect(await card('mfa').locator('input[value="yes"]').isChecked()).toBe(true)
    await page.goto(`${draft}/circumstances`)
    await page.getByRole('button', { name: 'Throw away' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Throw away' }).click()
    await page.waitForURL(/clients\/[0-9a-f-]{36}$/)
    expect((await page.goto(`${draft}/sections/access`))?.status()).toBe(404)
    await openPreview(application, 'mfa-attestation/2')
    expect(await wordsOf('mfa-email')).toContain('Answer anew')
  })
})

describe('a changed type, threshold and definition', () => {
  const answers: Record<string, Answer> = {
    'endpoint-technology': answered({ kind: 'single-choice', choice: 'edr-all' }),
    'transfer-checks': answered({ kind: 'multiple-choice', choices: ['called-back'] }),
    'mfa-remote': yes,
    'mfa-mail': yes,
  }

  test('are told in the preview with the words of before and after', async () => {
    const application = await draftOn('mid-market', '1', answers)
    await openPreview(application, 'mid-market/2')

    const type = await wordsOf('endpoint-coverage')
    expect(type).toContain('Kind of answer changed')
    expect(type).toContain('Answer anew')
    expect(type).toContain('EDR on every one of them')

    const threshold = await wordsOf('transfer-checks')
    expect(threshold).toContain('Limit changed')
    expect(threshold).toContain('25,000')
    expect(threshold).toContain('10,000')
    expect(threshold).not.toContain('Stays answered')

    const definition = await wordsOf('mfa-remote')
    expect(definition).toContain('Meaning changed')
    expect(definition).not.toContain('Stays answered')

    expect(await wordsOf('mfa-mail')).toContain('Stays answered')
  })

  test('leave nothing confirmed in the new draft but what means the same', async () => {
    const application = await draftOn('mid-market', '1', answers)
    await openPreview(application, 'mid-market/2')
    const draft = await begin()
    await page.goto(`${draft}/sections/access`)
    await card('mfa-mail').locator('input[value="yes"]:checked').waitFor()
    expect(await card('mfa-remote').locator('input:checked').count()).toBe(0)
    await page.goto(`${draft}/sections/computers`)
    await card('endpoint-coverage').waitFor()
    expect(await card('endpoint-coverage').locator('input').first().inputValue()).toBe('')
  })
})

describe('a definition that became wider', () => {
  test('proposes the old answer beside both wordings, and counts only once a person confirms it', async () => {
    const application = await draftOn('mfa-attestation', '2', { 'mfa-email': yes, 'mfa-remote': yes })
    await openPreview(application, 'mfa-attestation/3')
    const words = await wordsOf('mfa-remote')
    expect(words).toContain('Meaning changed')
    expect(words).not.toContain('Stays answered')
    const draft = await begin()
    await page.goto(`${draft}/sections/access`)
    const question = card('mfa-remote')
    await question.getByText(/Proposed, not yet confirmed|Answered differently before/).waitFor()
    expect(await question.locator('input:checked').count()).toBe(0)
    await question.locator('input[value="yes"]').check()
    await question.getByText(/^Saved/).waitFor()
    expect(await question.getByText('Proposed, not yet confirmed').count()).toBe(0)
  })
})
