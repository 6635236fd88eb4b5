/** Text, days and numbers as answers take them: trimmed, printable, and within what can be stored and printed exactly. */
import { z } from 'zod'

/** Amounts stay exact as numbers and printable: 10^14 minor units is a trillion dollars. */
const LARGEST_AMOUNT = 1e14
const LARGEST_COUNT = 1e9
const LARGEST_NUMBER = 1e15

export function numberSchema({
  min = -LARGEST_NUMBER,
  max = LARGEST_NUMBER,
  whole,
}: {
  min?: number
  max?: number
  whole: boolean
}) {
  const number = whole ? z.int('Enter a whole number.') : z.number('Enter a number.')
  return number.min(min, `Enter ${min} or more.`).max(max, `Enter ${max} or less.`)
}

export function countSchema(message: string) {
  return z.int(message).max(LARGEST_COUNT, 'This number is too large. Check the digits.')
}

/** Minor units. */
export function amountSchema() {
  return z
    .int('Enter an amount.')
    .min(0, 'Enter an amount of zero or more.')
    .max(LARGEST_AMOUNT, 'This amount is too large. Check the digits.')
}

/** Date fields hand over half-typed years such as 0002-05-01, hence a first plausible day. */
export function day(message: string, first: string) {
  return z.iso.date({ error: message, abort: true }).refine((date) => date >= first, 'Check the year.')
}

/** "Today" reaches UTC+14 before it does elsewhere; nobody is told that their own today lies in the future. */
export function pastDay(now: Date) {
  const today = new Date(now.getTime() + 14 * 3_600_000).toISOString().slice(0, 10)
  return day('Enter a date.', '1800-01-01').refine((date) => date <= today, 'This date lies in the future.')
}

/**
 * Trimmed text. Control characters and lone surrogates cannot be stored or canonicalised, and direction
 * overrides make a printed report read differently from the text that was signed.
 * @param emptyMessage what to say when nothing is left; '' allows empty text
 */
export function wording(maxLength: number, emptyMessage: string, multiline = false) {
  const schema = z
    .string(emptyMessage || 'Write text.')
    .overwrite((text) => tidy(text, multiline))
    .max(maxLength, `Use at most ${maxLength} characters.`)
    .refine((text) => !UNPRINTABLE.test(text), 'Remove characters that cannot be printed.')
  return emptyMessage ? schema.min(1, emptyMessage) : schema
}

const UNPRINTABLE = /(?![\n\t])\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u

function tidy(text: string, multiline: boolean): string {
  return (multiline ? text.replace(/\r\n?/g, '\n') : text.replace(/\s+/g, ' ')).trim()
}
