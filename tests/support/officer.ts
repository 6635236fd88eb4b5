/** The part of whoever signs from a link in a browser: from the code to the signature. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** The officer's, a contributor's and a reviewer's. */
export const SIGN = /^(Attest and sign|Sign for my part|Sign as reviewer)$/

/** Confirms every answer that has to be, one by one; ends at the declaration. */
export async function confirmAnswers(officer: Page): Promise<void> {
  const confirm = officer.getByRole('button', { name: /^I have (read|reviewed) this/ })
  const declare = officer.getByRole('heading', { name: 'Declare and sign' })
  for (let answers = 0; answers < 60; answers += 1) {
    await confirm.or(declare).first().waitFor()
    if (await declare.isVisible()) return
    const title = await officer.getByRole('heading', { level: 1 }).textContent()
    await confirm.click()
    await expect.poll(() => officer.getByRole('heading', { level: 1 }).textContent()).not.toBe(title)
  }
  throw new Error('The declaration was not reached')
}

/** On the declaration. */
export async function declareAndSign(officer: Page, name: string): Promise<void> {
  await officer.getByLabel(/^I make this declaration/).check()
  await officer.getByLabel('Your full name').fill(name)
  await officer.getByRole('button', { name: SIGN }).click()
  await officer.getByRole('heading', { name: /^You have (attested|signed)/ }).waitFor({ timeout: 240_000 })
}

/**
 * Where mails do not leave, as in the demo: link and code are taken from the outbox. `member` shows the report.
 * @param own the officer's own browser; a tab of the member's where absent
 */
export async function attestThroughOutbox(
  member: Page,
  origin: string,
  name: string,
  own?: Page,
): Promise<void> {
  const report = member.url()
  await member.getByRole('button', { name: /^Send the link to/ }).click({ timeout: 240_000 })
  await member.getByText('Take the link back').waitFor()
  await member.goto(`${origin}/outbox`)
  const link = await member.locator('a[href*="/attest/"]').first().getAttribute('href')
  const officer = own ?? (await member.context().newPage())
  await officer.goto(link ?? '')
  await officer.waitForLoadState('networkidle')
  await officer.getByRole('button', { name: /Send a one-time code/ }).click()
  await officer.getByLabel('One-time code').waitFor()
  await member.reload()
  const code = await member.locator('article p.font-mono').first().textContent()
  await officer.getByLabel('One-time code').fill(code ?? '')
  await officer.getByRole('button', { name: 'Go on' }).click()
  await officer.getByRole('link', { name: /^(Begin with|Go on|Read the declaration)/ }).click()
  await confirmAnswers(officer)
  await declareAndSign(officer, name)
  if (!own) await officer.close()
  await member.goto(report)
}
