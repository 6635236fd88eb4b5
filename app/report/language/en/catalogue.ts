/** English, the language that every key is first written in. */
import { appendices } from './appendices.ts'
import { examined } from './examined.ts'
import { findings } from './findings.ts'
import { frame } from './frame.ts'
import { method } from './method.ts'
import { reading } from './reading.ts'
import { reviews } from './reviews.ts'
import { shared } from './shared.ts'
import { statuses } from './statuses.ts'

export const EN = {
  ...frame,
  ...statuses,
  ...examined,
  ...findings,
  ...method,
  ...appendices,
  ...reading,
  ...reviews,
  ...shared,
} as const
export type Catalogue = typeof EN
