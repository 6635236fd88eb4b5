/** German as an underwriter between Hamburg, Vienna and Zurich expects it; readers are addressed as „Sie“. */
import type { Translation } from '#app/language/messages.ts'
import type { Catalogue } from '../en/catalogue.ts'
import { appendices } from './appendices.ts'
import { examined } from './examined.ts'
import { findings } from './findings.ts'
import { frame } from './frame.ts'
import { method } from './method.ts'
import { reading } from './reading.ts'
import { reviews } from './reviews.ts'
import { shared } from './shared.ts'
import { statuses } from './statuses.ts'

export const DE: Translation<Catalogue> = {
  ...frame,
  ...statuses,
  ...examined,
  ...findings,
  ...method,
  ...appendices,
  ...reading,
  ...reviews,
  ...shared,
}
