/** Sharing a report in a browser: the sender's form and the reader's door. */
import type { Page } from 'playwright-core'

/** On a signed report's page. @returns the path of the link, and the passcode, as they are shown once */
export async function shareReport(
  page: Page,
  reader: { name: string; mayDownload: boolean },
): Promise<{ path: string; passcode: string }> {
  await page.getByText('Share with somebody').click()
  await page.getByLabel('Name of the reader').fill(reader.name)
  await page.getByLabel('Organisation').fill('Harbour Brokers')
  await page.getByLabel('E-mail address').fill('reader@broker.example')
  if (reader.mayDownload) await page.getByLabel('May download the signed file').check()
  await page.getByRole('button', { name: 'Share the report' }).click()
  const notice = page.getByRole('status').filter({ hasText: `Shared with ${reader.name}` })
  await notice.waitFor()
  const text = (await notice.textContent()) ?? ''
  const passcode = /[A-Z]{4}-[A-Z]{4}-[A-Z]{4}/.exec(text)?.[0]
  const path = /\/shared\/[\w-]{54}/.exec(text)?.[0]
  if (!passcode || !path) throw new Error(`Neither a passcode nor a link: ${text}`)
  return { path, passcode }
}

export async function enterPasscode(page: Page, passcode: string): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.getByLabel('Passcode').fill(passcode)
  await page.getByRole('button', { name: 'Open' }).click()
}
