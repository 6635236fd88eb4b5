/** What is said of schedules on forms; pages and their actions share it. */
import { z } from 'zod'
import { parseRule, writeRule } from '#app/schedule/rule.ts'
import { PLACES, type PlainChoice, ruleOfChoice, WEEKDAYS } from '#app/schedule/rule-words.ts'
import { Day, optionalDay } from './form-texts.ts'
import { optionalHour, optionalZone } from './hour-fields.ts'
import { Line } from './plain-words.ts'

export const PURPOSES = ['re-attestation', 'scan', 'review-meeting'] as const
export type Purpose = (typeof PURPOSES)[number]
export const PURPOSE_WORDS: Record<Purpose, string> = {
  're-attestation': 'Re-attestation',
  scan: 'Scan',
  'review-meeting': 'Review meeting',
}
export const isPurpose = (text: string | undefined): text is Purpose =>
  (PURPOSES as readonly string[]).includes(text ?? '')

const number = (least: number, most: number, message: string) =>
  z
    .string()
    .default('')
    .transform((text, context) => {
      const value = /^-?\d{1,3}$/.test(text.trim()) ? Number(text) : Number.NaN
      if (value >= least && value <= most) return value
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    })

const Fields = z.object({
  seenVersion: z.coerce.number().int().min(0).max(1_000_000),
  isOn: z.enum(['inherit', 'on', 'off'], 'Choose one of these'),
  how: z.enum(['inherit', 'month-day', 'weekday', 'rule'], 'Choose one of these'),
  startsOn: optionalDay.refine(
    (day) => day === null || (day >= '2000-01-01' && day <= '2100-01-01'),
    'Choose a day from 2000 to 2100',
  ),
  timeZone: optionalZone,
  localHour: optionalHour,
})
const MonthDay = z.object({
  months: number(1, 60, 'Enter a number of months from 1 to 60'),
  day: number(1, 31, 'Enter a day from 1 to 31'),
})
const Weekday = z.object({
  months: number(1, 60, 'Enter a number of months from 1 to 60'),
  place: z
    .string()
    .transform(Number)
    .refine((place) => PLACES.some(({ value }) => value === place), 'Choose which one of the month'),
  weekday: number(0, WEEKDAYS.length - 1, 'Choose a day of the week'),
})
const Raw = z.object({
  rule: z
    .string()
    .default('')
    .transform((text, context) => {
      const parsed = parseRule(text)
      if (parsed.ok) return writeRule(parsed.rule)
      context.addIssue({ code: 'custom', message: parsed.problem })
      return z.NEVER
    }),
})

export const ScheduleInput = z.looseObject({ how: z.string() }).transform((values, context) => {
  const take = <Schema extends z.ZodType>(schema: Schema): z.output<Schema> | null => {
    const parsed = schema.safeParse(values)
    if (parsed.success) return parsed.data
    for (const { path, message } of parsed.error.issues) context.addIssue({ code: 'custom', path, message })
    return null
  }
  const fields = take(Fields)
  const rule = readRule(values.how, take)
  if (!fields) return z.NEVER
  const { isOn, how: _, ...rest } = fields
  return { ...rest, isOn: isOn === 'inherit' ? null : isOn === 'on', rule }
})
export type ScheduleInput = z.output<typeof ScheduleInput>

function readRule(
  how: string,
  take: <Schema extends z.ZodType>(schema: Schema) => z.output<Schema> | null,
): string | null {
  if (how === 'rule') return take(Raw)?.rule ?? null
  const ofMonth = how === 'month-day' ? take(MonthDay) : null
  if (ofMonth) return ruleOfChoice({ kind: 'month-day', ...ofMonth })
  const onWeekday = how === 'weekday' ? take(Weekday) : null
  return onWeekday ? ruleOfChoice({ kind: 'weekday', ...onWeekday } satisfies PlainChoice) : null
}

const Reason = Line(500).pipe(z.string().min(3, 'Say why, in a few words'))

export const ScheduleChangeInput = z
  .object({
    kind: z.enum(['pause', 'skip', 'move'], 'Choose one of these'),
    fromOn: Day,
    untilOn: optionalDay.optional().transform((day) => day ?? null),
    movedTo: optionalDay.optional().transform((day) => day ?? null),
    reason: Reason,
  })
  .superRefine(({ kind, fromOn, untilOn, movedTo }, context) => {
    const complain = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (kind === 'pause' && untilOn !== null && untilOn < fromOn)
      complain('untilOn', 'A pause cannot end before it begins')
    if (kind === 'move' && movedTo === null) complain('movedTo', 'Enter the day it is moved to')
  })
  .transform(({ kind, fromOn, untilOn, movedTo, reason }) => ({
    kind,
    fromOn,
    untilOn: kind === 'pause' ? untilOn : null,
    movedTo: kind === 'move' ? movedTo : null,
    reason,
  }))
export type ScheduleChangeInput = z.output<typeof ScheduleChangeInput>
