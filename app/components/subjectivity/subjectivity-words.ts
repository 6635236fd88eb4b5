/** Conditions, quotes, binders and what is said about them, as the texts of their forms. */
import type { ShownSubjectivity } from '#app/services/subjectivity-standing.ts'
import { countOf } from '../counts.ts'
import { typedTextsOf } from '../typed-texts.ts'

export const SUBJECTIVITY_FIELDS = [
  'reference',
  'condition',
  'source',
  'timing',
  'dueOn',
  'dueDays',
  'ownerName',
  'ownerSide',
  'controlId',
] as const
export const QUOTE_FIELDS = ['insurer', 'quoteReference', 'quotedOn'] as const
export const BINDER_FIELDS = ['boundOn', 'binderExpiresOn', 'expirySource'] as const
export const ANSWER_FIELDS = ['answer'] as const
export const DECISION_FIELDS = ['outcome', 'why', 'decidedBy', 'decidedOn'] as const
export const EXTENSION_FIELDS = ['newDueOn', 'grantedBy', 'grantedOn', 'extensionReason'] as const
export const WITHDRAW_FIELDS = ['reason'] as const

/** As they stand in a form: text, empty where nothing is known. */
export type Texts<Fields extends readonly string[]> = Partial<Record<Fields[number], string>>

export const subjectivityTexts = typedTextsOf(SUBJECTIVITY_FIELDS)
export const bindingTexts = typedTextsOf([...QUOTE_FIELDS, ...BINDER_FIELDS, ...WITHDRAW_FIELDS])
export const replyTexts = typedTextsOf([
  ...ANSWER_FIELDS,
  ...DECISION_FIELDS,
  ...EXTENSION_FIELDS,
  ...WITHDRAW_FIELDS,
])

/** How long there is; null for what is settled. */
export function clockWords({
  standing,
  daysLeft,
  timing,
  dueDays,
}: Pick<ShownSubjectivity, 'standing' | 'daysLeft' | 'timing' | 'dueDays'>): string | null {
  if (standing === 'closed' || standing === 'waived' || standing === 'withdrawn') return null
  if (daysLeft === null)
    return timing === 'post-bind' ? `${countOf(dueDays ?? 0, 'day')} after the bind` : 'No day named'
  if (daysLeft < 0) return `${countOf(-daysLeft, 'day')} overdue`
  return daysLeft === 0 ? 'Due today' : `In ${countOf(daysLeft, 'day')}`
}
