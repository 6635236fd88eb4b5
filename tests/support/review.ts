/** Reviewing an application in a browser: the invitation, the door and the desk. */
import type { Page } from 'playwright-core'
import { codeInOutbox, linkInOutbox } from './request.ts'

/** On the member's page. @returns the path of the link, as the outbox shows it */
export async function inviteIn(
  member: Page,
  application: string,
  assessor: { name: string; firm: string; email: string },
): Promise<string> {
  await member.goto(`${application}/review`)
  await member.waitForLoadState('networkidle')
  await member.getByLabel('Name', { exact: true }).fill(assessor.name)
  await member.getByLabel('Works for').fill(assessor.firm)
  await member.getByLabel('E-mail', { exact: true }).fill(assessor.email)
  await member.getByRole('button', { name: 'Send invitation' }).click()
  await member.getByText(`${assessor.name} is invited`).waitFor()
  return linkInOutbox(member, /\/review\/[\w-]{54}/)
}

/** @param member whose outbox has the code */
export async function enterReview(assessor: Page, member: Page, address: string): Promise<void> {
  await assessor.goto(address)
  await assessor.waitForLoadState('networkidle')
  await assessor.getByRole('button', { name: /^Send a code to/ }).click()
  await assessor.getByLabel('Code', { exact: true }).waitFor()
  await assessor.getByLabel('Code', { exact: true }).fill(await codeInOutbox(member))
  await assessor.getByRole('button', { name: 'Open', exact: true }).click()
  await assessor.getByRole('heading', { name: 'Evidence', exact: true }).waitFor()
}
