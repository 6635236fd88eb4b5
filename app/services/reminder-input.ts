/** What is said of reminders on forms; pages and their actions share it. */
import { z } from 'zod'
import { CHANNELS } from '#app/schedule/habits.ts'
import { RUNGS, type Rung } from '#app/schedule/reminder-plan.ts'
import { Day, optionalText } from './form-texts.ts'
import { Hour, optionalHour, optionalZone, Zone } from './hour-fields.ts'
import { Line } from './plain-words.ts'

export const RUNG_WORDS: Record<Rung, string> = {
  owner: 'Whoever sees to it',
  lead: 'Whoever leads',
  sponsor: 'The client’s sponsor',
}

export const KIND_WORDS: Record<string, string> = {
  request: 'Request',
  evidence: 'Evidence ends',
  exception: 'Exception ends',
  waiver: 'Waiver to review',
  subjectivity: 'Subjectivity',
  attestation: 'Signature',
  'renewal-step': 'Renewal',
  schedule: 'Schedule',
  promise: 'Promised at re-attestation',
  reattestation: 'Re-attestation signed',
}
export const kindOf = (subjectKey: string): string => {
  const kind = subjectKey.split(':')[0] ?? ''
  return KIND_WORDS[kind] ?? kind
}

const MOST_DAYS = 60
const MOST_STEPS = 8
/** `-` says: nobody on this rung; nothing: as above. */
export const NOBODY = '-'

/** @example "-14, -3, 0"; null where nothing was typed */
const Days = z
  .string()
  .trim()
  .max(100)
  .transform((text, context): number[] | null => {
    if (text === '') return null
    if (text === NOBODY || text === '–') return []
    const parts = text.split(/[\s,;]+/).filter(Boolean)
    const days = parts.map((part) => (/^[+-]?\d{1,2}$/.test(part) ? Number(part) : Number.NaN))
    if (days.length > MOST_STEPS || days.some((day) => !(Math.abs(day) <= MOST_DAYS))) {
      const message = `Enter up to ${MOST_STEPS} numbers from -${MOST_DAYS} to ${MOST_DAYS}, such as -14, -3, 0`
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }
    return [...new Set(days)].sort((a, b) => a - b)
  })

export const ReminderSettingInput = z
  .object({
    seenVersion: z.coerce.number().int().min(0).max(1_000_000),
    ownerDays: Days,
    leadDays: Days,
    sponsorDays: Days,
    leadUserId: optionalText(36).pipe(z.uuid('Choose a member').nullable()),
    sponsorName: Line(200).transform((text) => text || null),
    sponsorEmail: optionalText(254)
      .transform((text) => text?.toLowerCase() ?? null)
      .pipe(z.email('Enter an e-mail address, or leave it empty').nullable()),
    timeZone: optionalZone,
    localHour: optionalHour,
  })
  .superRefine(({ sponsorName, sponsorEmail }, context) => {
    if ((sponsorName === null) === (sponsorEmail === null)) return
    const path = [sponsorName === null ? 'sponsorName' : 'sponsorEmail']
    context.addIssue({ code: 'custom', path, message: 'Name and address go together' })
  })
export type ReminderSettingInput = z.output<typeof ReminderSettingInput>

export const ReminderPreferenceInput = z.object({
  channel: z.enum(CHANNELS, 'Choose how you want to be reminded'),
  digestWeekday: z
    .string()
    .regex(/^[1-7]$/, 'Choose a day of the week')
    .transform(Number),
  timeZone: Zone,
  localHour: Hour,
  quietFrom: Hour,
  quietUntil: Hour,
  onWeekends: z
    .string()
    .optional()
    .transform((value) => value === 'on'),
})
export type ReminderPreferenceInput = z.output<typeof ReminderPreferenceInput>

const SubjectKey = z.string().regex(/^[a-z-]{1,40}:[0-9a-f-]{36}$/, 'Reload the page and try again')
const Reason = Line(500).pipe(z.string().min(3, 'Say why, in a few words'))

/** What is done with one thing that people are reminded of. */
export const ReminderStepInput = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('send-now'),
    subjectKey: SubjectKey,
    occurrence: Day,
    rung: z.enum(RUNGS),
    offsetDays: z.coerce.number().int().min(-100).max(100),
  }),
  z.object({ intent: z.literal('snooze'), subjectKey: SubjectKey, untilOn: Day, reason: Reason }),
  z.object({ intent: z.literal('stop'), subjectKey: SubjectKey, reason: Reason }),
  z.object({ intent: z.literal('resume'), subjectKey: SubjectKey }),
])
export type ReminderStepInput = z.output<typeof ReminderStepInput>
