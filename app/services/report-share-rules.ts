/** How long a shared report stays open, how often its passcode may be wrong, and what a passcode looks like. */

export const SHARE_DAYS = 30
export const SHARE_DAYS_AT_MOST = 365
/** Wrong passcodes in a row; then the link is locked until somebody of the organisation unlocks it. */
export const PASSCODE_TRIES = 8
/** After the passcode; reading takes time, and entering it again costs nothing. */
export const SHARE_SESSION_MINUTES = 120
/** Opening or viewing again from the same address within this time is the same visit. */
export const SAME_VISIT_MINUTES = 10

/** Neither I nor L nor O: read from paper or over the telephone they are taken for figures and for each other. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ'
const GROUPS = 3
const GROUP_LENGTH = 4

/**
 * Twelve letters, 54 bits.
 * @param pick a random whole number from 0 below its argument
 */
export function writePasscode(pick: (below: number) => number): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, () => LETTERS[pick(LETTERS.length)]).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

/** Letters alone count: people write a passcode in small letters, without hyphens, or with spaces. */
export const plainPasscode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z]/g, '')

/** The last day that a share may have, and the one proposed; calendar days in UTC, YYYY-MM-DD. */
export const lastDayAtMost = (now: Date) => dayAfter(now, SHARE_DAYS_AT_MOST)
export const proposedLastDay = (now: Date) => dayAfter(now, SHARE_DAYS)

const DAY_MS = 24 * 60 * 60 * 1000

function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10)
}

/** The first moment after the last day: from then on the link opens nothing. */
export const endOfDay = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS)

/** The last day of what ends at `expiresAt`. */
export const lastDayOf = (expiresAt: Date) => new Date(expiresAt.getTime() - 1).toISOString().slice(0, 10)
