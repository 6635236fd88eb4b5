/** A client with an application that asks about MFA, and a waiver of that service. */
import { recordAnswer } from '#app/services/answers.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import type { Member } from '#app/services/member.ts'
import type { WaiverInput } from '#app/services/waiver-input.ts'
import { signWaiver, type WaiverSigner } from '#app/services/waiver-signing.server.ts'
import { createWaiver, offerWaiver } from '#app/services/waivers.server.ts'

export const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

export const ADA = { name: 'Ada Approver', email: 'ada@client.example' }

export const words = (more: Partial<WaiverInput> = {}): WaiverInput => ({
  service: 'Multi-factor authentication for mail',
  controlIds: ['mfa-email'],
  serviceOfferedOn: day(-20),
  risk: 'A stolen password opens the mailboxes of {client}.',
  consequence: 'Questions about MFA have to be answered no, as {provider} told.',
  decisionMakerName: ADA.name,
  decisionMakerRole: 'Managing director',
  decisionMakerEmail: ADA.email,
  clientReason: 'Our staff have no telephones for it.',
  reviewOn: day(90),
  ...more,
})

export const FREELY = { template: null, replaces: null }

export const signer = (more: Partial<WaiverSigner['record']> = {}): WaiverSigner => ({
  ...ADA,
  record: {
    method: 'link and one-time code, both mailed to the signer’s address',
    address: '203.0.113.9',
    userAgent: 'a telephone',
    typedName: 'ada  approver',
    consent: 'I decline the service.',
    ...more,
  },
})

export const newClient = (member: Member) => createClient(member, demoClients(new Date()).dental)

export async function offered(member: Member, clientId: string, more: Partial<WaiverInput> = {}) {
  const id = await createWaiver(member, clientId, words(more), FREELY)
  await offerWaiver(member, id, 1)
  return id
}

export async function signed(member: Member, clientId: string, more: Partial<WaiverInput> = {}) {
  const id = await offered(member, clientId, more)
  await signWaiver(member.organisationId, id, signer())
  return id
}

/** An application in which MFA on mail is answered yes. */
export async function claimMfa(member: Member, clientId: string): Promise<string> {
  const applicationId = await startApplication(member, clientId, { formCode: 'core-cyber', edition: '2' })
  await recordAnswer(member, {
    applicationId,
    questionId: 'mfa-email',
    answer: { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } },
    seenVersion: 0,
  })
  return applicationId
}
