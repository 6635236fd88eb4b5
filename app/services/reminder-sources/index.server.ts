/**
 * Everything that people are reminded of, by the kind that its keys begin with. A feature with due days adds its source
 * here: it lists what is open, and whatever it no longer lists is done.
 */
import { attestationDues } from './attestations.server.ts'
import { evidenceDues } from './evidence.server.ts'
import { exceptionDues } from './exceptions.server.ts'
import { promiseDues } from './promises.server.ts'
import { renewalDues } from './renewals.server.ts'
import { requestDues } from './requests.server.ts'
import { scheduleDues } from './schedules.server.ts'
import type { ReminderSource } from './source.ts'
import { subjectivityDues } from './subjectivities.server.ts'
import { waiverDues } from './waivers.server.ts'

export const REMINDER_SOURCES: Readonly<Record<string, ReminderSource>> = {
  request: requestDues,
  evidence: evidenceDues,
  exception: exceptionDues,
  waiver: waiverDues,
  subjectivity: subjectivityDues,
  attestation: attestationDues,
  'renewal-step': renewalDues,
  schedule: scheduleDues,
  promise: promiseDues,
}
