/** What a finished run came to, as it is kept beside its evidence and shown on the page. */
import type { ExposureReading } from './exposure-reading.ts'
import type { MailReading } from './mail-reading.ts'

export type CheckOutcome =
  | { kind: 'mail'; domains: MailReading[]; factCount: number }
  | { kind: 'exposure'; reading: ExposureReading; factCount: number }
