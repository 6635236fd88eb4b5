/** Assessors at the door and at the desk, as services see them. */
import type { Key } from '#app/services/attestation-door.server.ts'
import { registerEvidence, storeFile } from '#app/services/evidence.server.ts'
import { enterGuestCode, sendGuestCode } from '#app/services/guest-door.server.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import type { Member } from '#app/services/member.ts'
import { InviteInput } from '#app/services/review-input.ts'
import { visitReview } from '#app/services/review-visit.server.ts'
import { inviteAssessor } from '#app/services/reviews.server.ts'

export const ORIGIN = 'https://attested.example'
export const caller = { address: '203.0.113.9', userAgent: 'a desk' }

export const invitation = (words: Record<string, unknown> = {}) => ({
  assessorName: 'Rosa Reviewer',
  assessorFirm: 'Harbor Mutual',
  assessorEmail: 'rosa@harbor-mutual.example',
  lastDay: '2026-12-20',
  evidenceFrom: '',
  evidenceUntil: '',
  instructions: '',
  ...words,
})

/** @returns the invitation with a key that has not entered a code yet */
export async function invite(member: Member, applicationId: string, words: Record<string, unknown> = {}) {
  const sent = await inviteAssessor(member, applicationId, InviteInput.parse(invitation(words)), ORIGIN)
  const key: Key = { token: sent.href.split('/').at(-1), session: null }
  return { ...sent, key, recipient: String(invitation(words).assessorEmail) }
}

/** Through the door with the code that waits in the outbox. */
export async function enter(
  member: Member,
  { key, recipient }: { key: Key; recipient: string },
): Promise<Key> {
  await sendGuestCode('review', key)
  const mail = (await listOutbox(member)).find((one) => one.recipient === recipient && one.content?.code)
  const entered = await enterGuestCode('review', key, mail?.content?.code ?? '', caller)
  if (entered.outcome !== 'open') throw new Error(`The code did not open: ${entered.outcome}`)
  return { ...key, session: entered.session }
}

export async function itemOf(key: Key, questionId: string) {
  const item = (await visitReview(key)).desk.items.find((one) => one.questionId === questionId)
  if (!item) throw new Error(`No ${questionId} on the desk`)
  return item
}

export async function addEvidence(
  member: Member,
  clientId: string,
  said: { title: string; observedOn: string; content?: string; controlIds?: string[]; collector?: string },
) {
  const { title, observedOn, content = title, controlIds = ['mfa-email'], collector = '' } = said
  const stored = await storeFile(member, bytesOf(content))
  const held = await registerEvidence(member, clientId, stored, `${title}.txt`, {
    kind: 'idp-policy-export',
    title,
    observedOn,
    validUntil: null,
    collector,
    controlIds,
    questionRefs: [],
    viewpoint: 'internal',
  })
  if (held.outcome !== 'received') throw new Error('Not received')
  return held
}

async function* bytesOf(text: string) {
  yield Buffer.from(text)
}
