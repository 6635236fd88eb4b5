/** What the page of an evidence item can ask for, each with its own service. */
import { z } from 'zod'
import { linkEvidence, withdrawEvidence } from './evidence.server.ts'
import { copyEvidence } from './evidence-copies.server.ts'
import { CopyInput, EvidenceLinksInput } from './evidence-input.ts'
import { requestNewerEvidence } from './evidence-requests.server.ts'
import { withdrawRevisionOf } from './evidence-revisions.server.ts'
import type { Member } from './member.ts'
import { WithdrawInput } from './report-input.ts'
import { RequestInput } from './request-input.ts'

export const EvidenceChange = z.discriminatedUnion('intent', [
  WithdrawInput.extend({ intent: z.literal('withdraw') }),
  WithdrawInput.extend({ intent: z.literal('withdraw-revision'), revisionId: z.uuid() }),
  EvidenceLinksInput.extend({ intent: z.literal('link') }),
  CopyInput.extend({ intent: z.literal('copy') }),
  RequestInput.extend({ intent: z.literal('request') }),
])
export type EvidenceChange = z.infer<typeof EvidenceChange>

/** @param origin where browsers reach us, for the links of mails */
export async function changeEvidence(
  member: Member,
  evidenceId: string,
  change: EvidenceChange,
  origin: string,
) {
  switch (change.intent) {
    case 'withdraw':
      await withdrawEvidence(member, evidenceId, change.reason)
      return { outcome: 'withdrawn' as const }
    case 'withdraw-revision':
      await withdrawRevisionOf(member, evidenceId, change.revisionId, change.reason)
      return { outcome: 'revision-withdrawn' as const }
    case 'link': {
      const { controlIds, questionRefs } = change
      await linkEvidence(member, evidenceId, { controlIds, questionRefs })
      return { outcome: 'linked' as const }
    }
    case 'copy':
      return copyEvidence(member, evidenceId, change.clientId)
    case 'request': {
      const { intent: _, ...input } = change
      await requestNewerEvidence(member, evidenceId, input, origin)
      return { outcome: 'requested' as const }
    }
  }
}
