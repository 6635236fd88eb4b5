/** What saving one row of a matrix comes back with; the row's own form and the page without scripts both read it. */
import { typedTextsOf } from '../typed-texts.ts'

export const ROW_FIELDS = ['party', 'thirdParty', 'note', 'agreedOn'] as const
export type RowTexts = Partial<Record<(typeof ROW_FIELDS)[number], string>>
export const typedRow = typedTextsOf(ROW_FIELDS)

export type RowReply =
  | { controlId: string; outcome: 'saved' | 'unchanged' }
  | { controlId: string; fieldErrors: Record<string, string>; typed: RowTexts }
  | { controlId: string; conflict: RowConflict; typed: RowTexts }
  | { refusal: { message: string } }

export interface RowConflict {
  version: number
  /** What the other person chose, in words. */
  shown: string
  by: string
}
