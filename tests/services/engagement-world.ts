/** Engagements between organisations, as services see them. */
import { acceptOffer } from '#app/services/engagement-acceptance.server.ts'
import { visitEngaged } from '#app/services/engagement-desk.server.ts'
import { OfferInput } from '#app/services/engagement-input.ts'
import { offerEngagement } from '#app/services/engagements.server.ts'
import type { Member } from '#app/services/member.ts'
import { ORIGIN } from './review-world.ts'

export const offered = (applicationIds: string[], words: Record<string, unknown> = {}) => ({
  kind: 'insurer-review',
  recipientEmail: 'ines@harbor-mutual.example',
  applicationIds,
  evidenceFrom: '',
  evidenceUntil: '',
  instructions: '',
  lastDay: '2026-12-20',
  ...words,
})

/** @returns the engagement with the token of its mailed link */
export async function offerTo(host: Member, applicationIds: string[], words: Record<string, unknown> = {}) {
  const sent = await offerEngagement(host, OfferInput.parse(offered(applicationIds, words)), ORIGIN)
  return { ...sent, token: sent.href.split('/').at(-1) ?? '' }
}

export async function engage(
  host: Member,
  guest: Member,
  applicationIds: string[],
  words: Record<string, unknown> = {},
): Promise<string> {
  const { token } = await offerTo(host, applicationIds, words)
  return acceptOffer(guest, token)
}

export async function engagedItem(
  member: Member,
  desk: { engagementId: string; applicationId: string },
  questionId: string,
) {
  const item = (await visitEngaged(member, desk)).desk.items.find((one) => one.questionId === questionId)
  if (!item) throw new Error(`No ${questionId} on the desk`)
  return item
}
