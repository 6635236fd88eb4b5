/** How old evidence is against the age limits of its kind (domain/controls.md §0.2); stale evidence supports nothing. */

/**
 * - `fresh`: within its fresh days
 * - `expiring`: past them, still acceptable; time to collect again
 * - `stale`: past its maximum age, or past the expiry that the document states
 * - `future`: observed after `now`; the date is wrong, so nothing can rest on it
 */
export type Freshness = 'fresh' | 'expiring' | 'stale' | 'future'

export interface Dated {
  observedAt: Date
  /** Last moment of validity that the document itself states. */
  validUntil: Date | null
  /** null where only `validUntil` counts. */
  freshDays: number | null
  maximumDays: number | null
}

const DAY = 86_400_000

/** Whole days from `observedAt` to `now`; negative when observed in the future. */
export function ageDays(observedAt: Date, now: Date): number {
  return Math.floor((now.getTime() - observedAt.getTime()) / DAY)
}

/**
 * Limits are inclusive: evidence of exactly `freshDays` is fresh, of exactly `maximumDays` not yet stale.
 * A kind without fresh days is fresh until its maximum; one without either is fresh until `validUntil`.
 * @throws RangeError for a date that is none: silence would read as fresh.
 */
export function freshnessOf({ observedAt, validUntil, freshDays, maximumDays }: Dated, now: Date): Freshness {
  const times = [observedAt, now, ...(validUntil ? [validUntil] : [])]
  if (times.some((time) => Number.isNaN(time.getTime())))
    throw new RangeError('A date of this evidence is not a date')
  if (observedAt.getTime() > now.getTime()) return 'future'
  if (validUntil && now.getTime() > validUntil.getTime()) return 'stale'
  const age = ageDays(observedAt, now)
  if (maximumDays !== null && age > maximumDays) return 'stale'
  if (freshDays !== null && age > freshDays) return 'expiring'
  return 'fresh'
}
