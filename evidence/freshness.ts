/** The one place that decides whether evidence still counts (domain/controls.md §0.2); stale evidence supports nothing. */

/**
 * - `fresh`: within its fresh days
 * - `expiring`: still counts; time to collect again, because of its age or of an end date near by
 * - `stale`: past its maximum age, or `ended`: past the expiry that the document states
 * - `ignored`: cannot be placed in time
 */
export interface Freshness {
  state: 'fresh' | 'expiring' | 'stale' | 'ignored'
  because: 'age' | 'end' | 'end-unknown' | 'no-date' | 'future' | null
  /** When the state is next another one by the passing of time alone; null where it stays. */
  changesAt: Date | null
  becomes: 'fresh' | 'expiring' | 'stale' | 'ended' | null
}

export interface Dated {
  observedAt: Date
  /** Last moment of validity that the document itself states. */
  validUntil: Date | null
  /** null where only `validUntil` counts. */
  freshDays: number | null
  maximumDays: number | null
}

export const DAY_MS = 86_400_000
/** An end date this near is told beforehand. */
export const SOON_DAYS = 30

/** Whole days from `observedAt` to `now`; negative when observed in the future. */
export function ageDays(observedAt: Date, now: Date): number {
  return Math.floor((now.getTime() - observedAt.getTime()) / DAY_MS)
}

/**
 * Limits are inclusive and whole days: evidence of `freshDays` is fresh to the end of that day of its age, and what
 * was observed on a day without an hour changes at midnight UTC. `validUntil` itself still counts. A date that is
 * none never reads as fresh: without one evidence is ignored, and with an unreadable end it has ended.
 */
export function freshnessOf(dated: Dated, now: Date): Freshness {
  if (Number.isNaN(dated.observedAt.getTime()))
    return { state: 'ignored', because: 'no-date', changesAt: null, becomes: null }
  return { ...judge(dated, now), ...nextChange(dated, now) }
}

function judge(
  { observedAt, validUntil, freshDays, maximumDays }: Dated,
  now: Date,
): Pick<Freshness, 'state' | 'because'> {
  if (observedAt.getTime() > now.getTime()) return { state: 'ignored', because: 'future' }
  if (validUntil && !(validUntil.getTime() >= now.getTime())) return { state: 'stale', because: 'end' }
  const age = ageDays(observedAt, now)
  if (maximumDays !== null && age > maximumDays) return { state: 'stale', because: 'age' }
  if (freshDays !== null && age > freshDays) return { state: 'expiring', because: 'age' }
  if (validUntil && validUntil.getTime() - now.getTime() <= SOON_DAYS * DAY_MS)
    return { state: 'expiring', because: 'end' }
  if (maximumDays === null && !validUntil) return { state: 'expiring', because: 'end-unknown' }
  return { state: 'fresh', because: null }
}

/** The state changes at none but these moments, so the first at which it differs is the next change. */
function nextChange(dated: Dated, now: Date): Pick<Freshness, 'changesAt' | 'becomes'> {
  const { observedAt, validUntil, freshDays, maximumDays } = dated
  const observed = observedAt.getTime()
  const end = validUntil?.getTime() ?? Number.NaN
  const current = judge(dated, now).state
  const moments = [
    observed,
    freshDays === null ? Number.NaN : observed + (freshDays + 1) * DAY_MS,
    maximumDays === null ? Number.NaN : observed + (maximumDays + 1) * DAY_MS,
    end - SOON_DAYS * DAY_MS,
    end + 1,
  ]
  const later = moments.filter((moment) => moment > now.getTime()).sort((a, b) => a - b)
  for (const moment of later) {
    const { state, because } = judge(dated, new Date(moment))
    if (state === current || state === 'ignored') continue
    return { changesAt: new Date(moment), becomes: state === 'stale' && because === 'end' ? 'ended' : state }
  }
  return { changesAt: null, becomes: null }
}

/** The last moment at which it counts, by its age or by the end that it states; null where nothing ends it. */
export function lastCounted({ observedAt, validUntil, maximumDays }: Omit<Dated, 'freshDays'>): Date | null {
  const ends = [
    validUntil?.getTime(),
    maximumDays === null ? undefined : observedAt.getTime() + (maximumDays + 1) * DAY_MS - 1,
  ].filter((end) => end !== undefined && !Number.isNaN(end))
  return ends.length === 0 ? null : new Date(Math.min(...(ends as number[])))
}
