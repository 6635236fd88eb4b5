/** Hours and time zones as forms ask for them. */
import { z } from 'zod'
import { isTimeZone } from '#app/schedule/zone.ts'

const HOUR = /^(\d|1\d|2[0-3])$/
const CHOOSE_HOUR = 'Choose an hour'
const CHOOSE_ZONE = 'Choose a time zone of the list'

export const Hour = z.string().regex(HOUR, CHOOSE_HOUR).transform(Number)
export const Zone = z.string().max(100, CHOOSE_ZONE).refine(isTimeZone, CHOOSE_ZONE)

/** Null where nothing was chosen. */
export const optionalHour = z
  .string()
  .refine((text) => text === '' || HOUR.test(text), CHOOSE_HOUR)
  .transform((text) => (text === '' ? null : Number(text)))

/** As `optionalHour`. */
export const optionalZone = z
  .string()
  .max(100, CHOOSE_ZONE)
  .refine((text) => text === '' || isTimeZone(text), CHOOSE_ZONE)
  .transform((text) => text || null)
