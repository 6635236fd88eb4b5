/** A browser page of somebody who just signed up, and the product's own addresses called from it. */
import type { Browser, Page } from 'playwright-core'
import type { Answer } from '#questionnaires/answers.ts'
import { CONTEXT } from './browser.ts'

export async function openSignedIn(browser: Browser, url: string, options = CONTEXT): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(`${url}/sign-up`)
  await page.getByLabel('Organisation').fill('Fjord IT Services')
  await page.getByLabel('Your name').fill('Ines Halvorsen')
  await page.getByLabel('E-mail').fill('ines@fjord-it.example')
  await page.getByLabel('Password').fill('correct horse battery staple')
  await page.getByRole('button', { name: /Create/ }).click()
  await page.waitForURL('**/clients')
  return page
}

/** @returns the client's address */
export async function createClientIn(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/clients/new`)
  await page.getByLabel('Legal name').fill('Marlow & Finch Veterinary Ltd')
  await page.getByRole('button', { name: /Create|Save/ }).click()
  await page.waitForURL(/clients\/[0-9a-f-]{36}$/)
  return page.url()
}

/**
 * Starts an application on any edition that is not retired, the way the form posts it.
 * @returns the application's address
 */
export async function startOn(
  page: Page,
  client: string,
  pick: { formCode: string; edition: string },
): Promise<string> {
  const address = await page.evaluate(
    async ([base, fields]) => {
      const body = new URLSearchParams(fields)
      return (await fetch(`${base}/applications/new`, { method: 'POST', body })).url
    },
    [client, pick] as const,
  )
  return address.replace(/(applications\/[0-9a-f-]{36}).*/, '$1')
}

/** Saves answers through the address that the form saves to. @returns the statuses */
export async function answerAll(
  page: Page,
  application: string,
  answers: Record<string, Answer>,
): Promise<number[]> {
  return page.evaluate(
    async ([base, given]) => {
      const seen: number[] = []
      for (const [id, answer] of Object.entries(given)) {
        const body = JSON.stringify({ answer, seenVersion: 0 })
        const headers = { 'Content-Type': 'application/json', Accept: 'application/json' }
        seen.push((await fetch(`${base}/answers/${id}`, { method: 'POST', headers, body })).status)
      }
      return seen
    },
    [application, answers] as const,
  )
}
