/** Asking for evidence in a browser, and the link as the outbox shows it. */
import type { Page } from 'playwright-core'

/** @param client the client's address. @returns the request's address and the path of its link */
export async function askFor(
  page: Page,
  client: string,
  asked: { title: string; name: string; email: string; question?: string },
): Promise<{ request: string; path: string }> {
  await page.goto(`${client}/requests/new${asked.question ? `?question=${asked.question}` : ''}`)
  await page.waitForLoadState('networkidle')
  await page.getByLabel('What you want').fill(asked.title)
  await page.getByLabel('What is needed, and why').fill('The insurer asks for it. It must show its day.')
  await page.getByLabel('Who is asked').fill(asked.name)
  await page.getByLabel('Their e-mail').fill(asked.email)
  await page.getByRole('button', { name: 'Send request' }).click()
  await page.waitForURL(/requests\/[0-9a-f-]{36}$/)
  const request = page.url()
  return { request, path: await linkInOutbox(page, /\/request\/[\w-]{54}/) }
}

/** In the newest mail that has one. */
export async function linkInOutbox(page: Page, pattern: RegExp): Promise<string> {
  await page.goto(new URL('/outbox', page.url()).href)
  const path = pattern.exec((await page.locator('main').textContent()) ?? '')?.[0]
  if (!path) throw new Error(`No mail holds ${pattern}`)
  return path
}

/** The code of the newest mail that has one. */
export async function codeInOutbox(page: Page): Promise<string> {
  await page.goto(new URL('/outbox', page.url()).href)
  return (await page.locator('article p.font-mono').first().textContent()) ?? ''
}
