/** What the "Shared with" section of a report's page asks for. */
import { data } from '@remix-run/node'
import type { Member } from '#app/services/member.ts'
import { ShareDayInput, ShareIdInput, ShareInput } from '#app/services/report-share-input.ts'
import {
  changeLastDay,
  renewPasscode,
  revokeShare,
  shareReport,
  unlockShare,
} from '#app/services/report-shares.server.ts'
import { acting } from './faults.server.ts'
import { type FieldErrors, parseWith } from './input.server.ts'

const INTENTS = ['share', 'revoke-share', 'unlock-share', 'renew-passcode', 'change-last-day'] as const
type ShareIntent = (typeof INTENTS)[number]

export const isShareIntent = (intent: unknown): intent is ShareIntent =>
  INTENTS.includes(intent as ShareIntent)

export async function answerShareIntent(
  member: Member,
  reportId: string,
  { intent, values, origin }: { intent: ShareIntent; values: Record<string, unknown>; origin: string },
) {
  if (intent === 'share') {
    const parsed = parseWith(ShareInput, values)
    if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
    return acting(async () => {
      const { href, passcode, recipientName, delivery } = await shareReport(
        member,
        reportId,
        parsed.input,
        origin,
      )
      return { outcome: 'shared' as const, href, passcode, recipientName, delivery }
    })
  }
  if (intent === 'change-last-day') {
    const parsed = parseWith(ShareDayInput, values)
    if (!parsed.ok) return refuseForm(parsed.fieldErrors)
    const { shareId, lastDay } = parsed.input
    return acting(async () => {
      await changeLastDay(member, { reportId, shareId }, lastDay)
      return { outcome: 'share-changed' as const }
    })
  }
  const parsed = parseWith(ShareIdInput, values)
  if (!parsed.ok) return refuseForm(parsed.fieldErrors)
  const which = { reportId, shareId: parsed.input.shareId }
  return acting(async () => {
    if (intent === 'renew-passcode')
      return { outcome: 'renewed' as const, ...(await renewPasscode(member, which)) }
    if (intent === 'unlock-share') await unlockShare(member, which)
    else await revokeShare(member, which)
    return { outcome: 'share-changed' as const }
  })
}

/** The small forms beside each share have no place for errors of their fields. */
function refuseForm(fieldErrors: FieldErrors) {
  const message = Object.values(fieldErrors)[0] ?? 'Reload the page and try again.'
  return data({ refusal: { code: 'share-input', message } }, { status: 400 })
}
