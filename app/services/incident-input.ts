/** What is recorded of an incident; the form and its action share this schema. */
import { z } from 'zod'
import type { Language } from '#app/language/languages.ts'
import { Day, optionalDay, optionalText } from './form-texts.ts'

export const INCIDENT_KINDS = [
  'ransomware',
  'email-compromise',
  'funds-transfer-fraud',
  'data-breach',
  'outage',
  'other',
] as const
export type IncidentKind = (typeof INCIDENT_KINDS)[number]

export const KIND_WORDS: Record<IncidentKind, string> = {
  ransomware: 'Ransomware or extortion',
  'email-compromise': 'Business e-mail compromise',
  'funds-transfer-fraud': 'Funds transfer fraud',
  'data-breach': 'Data breach',
  outage: 'Outage of a system or supplier',
  other: 'Something else',
}

/** As a claim pack's cover says them. */
export const KIND_WORDS_IN: Record<Language, Record<IncidentKind, string>> = {
  en: KIND_WORDS,
  de: {
    ransomware: 'Ransomware oder Erpressung',
    'email-compromise': 'Übernahme geschäftlicher E-Mail-Konten',
    'funds-transfer-fraud': 'Überweisungsbetrug',
    'data-breach': 'Datenschutzverletzung',
    outage: 'Ausfall eines Systems oder Lieferanten',
    other: 'Anderes',
  },
}

/** @param now what is dated after it is refused; read anew at each check */
export const incidentInput = (now: () => Date) =>
  z
    .object({
      kind: z.enum(INCIDENT_KINDS, 'Choose what kind of incident it was'),
      title: z.string().trim().min(3, 'Say in a few words what happened').max(200),
      occurredFrom: Day,
      /** Empty: the day is known, and is `occurredFrom`. */
      occurredUntil: optionalDay,
      /** "2026-03-31T14:05", UTC. */
      discoveredAt: z
        .string()
        .trim()
        .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'Enter a day and a time')
        .transform((text) => `${text}:00.000Z`)
        .pipe(z.iso.datetime('There is no such day or time')),
      reportedOn: optionalDay,
      policyNumber: optionalText(120),
      noticeReference: optionalText(200),
      description: z.string().trim().max(8000, 'Use at most 8000 characters'),
      affectedAssetIds: z.array(z.uuid()).max(2000).default([]),
    })
    .transform((input) => ({ ...input, occurredUntil: input.occurredUntil ?? input.occurredFrom }))
    .superRefine((input, context) => {
      const complain = (path: string, message: string) =>
        context.addIssue({ code: 'custom', path: [path], message })
      const { occurredFrom, occurredUntil, discoveredAt, reportedOn } = input
      const present = now().toISOString()
      if (occurredUntil < occurredFrom)
        complain('occurredUntil', 'The latest day cannot be before the earliest')
      if (discoveredAt > present) complain('discoveredAt', 'This is still to come. Times are in UTC.')
      else if (occurredFrom > discoveredAt.slice(0, 10))
        complain('occurredFrom', 'Nothing is discovered before it happens. Compare the two dates.')
      else if (occurredUntil > discoveredAt.slice(0, 10))
        complain('occurredUntil', 'It had begun when it was discovered. Choose that day or an earlier one.')
      if (reportedOn && reportedOn < discoveredAt.slice(0, 10))
        complain('reportedOn', 'Notice cannot be given before the discovery')
      if (reportedOn && reportedOn > present.slice(0, 10)) complain('reportedOn', 'This day is still to come')
    })
export type IncidentInput = z.infer<ReturnType<typeof incidentInput>>

export const IncidentIntent = z.object({
  intent: z.enum(['close', 'reopen']),
  seenVersion: z.coerce.number().int(),
})

/** Which day's truth a pack freezes; the service checks that it lies within the incident's. */
export const PackInput = z.object({ intent: z.literal('make-pack'), asOf: Day })
