/**
 * Brings free text into OSCAL's own kinds of text. They are narrower than ours: no empty values, no line breaks,
 * names without signs, and markup in which some letters mean something. `statement.json` keeps every text exactly.
 */
import { sha256Hex } from '#evidence/canonical.ts'

/** OSCAL has no empty text. */
const NOTHING = '—'
const NAMESPACE = 'https://attested.example/ns/oscal'

export interface Property {
  name: string
  ns: string
  value: string
  class?: string
}

/** A property in our namespace: OSCAL reserves the one without. */
export function property(name: string, value: string | number | boolean, group?: string): Property {
  return {
    name,
    ns: NAMESPACE,
    value: plainText(String(value)),
    ...(group === undefined ? {} : { class: group }),
  }
}

/** A `string`: one line without space around it. */
export function plainText(text: string): string {
  // Cc are control characters; the others are white space in some readers and none in others.
  return text.replaceAll(/[\s\p{Cc}\u180e\u200b\u2060]+/gu, ' ').trim() || NOTHING
}

/** A `token`. A text that is none keeps a part of its hash, so that two of them stay two. */
export function token(text: string): string {
  if (/^[\p{L}_][\p{L}\p{N}._-]*$/u.test(text)) return text
  const readable = text.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80)
  return `_${readable}-${sha256Hex(text).slice(0, 16)}`
}

/** One line of markup in which no letter is markup. */
export function line(text: string): string {
  return plainText(text)
    .replaceAll(/[\\`*_~^[\]{}<>#&|!]/g, '\\$&')
    .replace(/^([-+=]|\d{1,9}(?=[.)]))/, (mark) => (/^\d/.test(mark) ? `${mark}\\` : `\\${mark}`))
}

/** Paragraphs of markup, parted by empty lines as in the text. */
export function prose(...paragraphs: string[]): string {
  return paragraphs
    .flatMap((paragraph) => paragraph.split(/\r?\n[^\S\n]*\r?\n/))
    .map(line)
    .join('\n\n')
}

const EARLIEST = Date.parse('1900-01-01T00:00:00.000Z')
const LATEST = Date.parse('2999-12-31T23:59:59.000Z')

/** A time in UTC. OSCAL knows the years 1900 to 2999 only; what lies beyond is no time of an assessment. */
export function moment(time: string): string {
  return new Date(Math.min(Math.max(Date.parse(time), EARLIEST), LATEST)).toISOString()
}

/** The end of a day, as a time. */
export const endOfDay = (date: string): string => moment(`${date}T23:59:59Z`)

type Member = unknown

/** OSCAL allows no empty list: a member without content is left out. */
export function withoutEmpty(members: Record<string, Member>): Record<string, Member> {
  return Object.fromEntries(
    Object.entries(members).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  )
}
