/** Whether a fact or a document still counts today: by the age limits of its evidence kind and by its own end date. */
import { type Catalogue, type EvidenceKind, findEvidenceKind } from '#questionnaires/controls.ts'
import { countOf, formatDay } from './sentences.ts'

const DAY = 86_400_000
const SOON_DAYS = 30

/**
 * `fresh` and `expiring` count; `stale` neither supports nor contradicts; `ignored` cannot be placed in time.
 * `why` is a sentence, empty for `fresh`.
 */
export interface Standing {
  state: 'fresh' | 'expiring' | 'stale' | 'ignored'
  why: string
  /** Stale because the document itself says that it ended. */
  ended: boolean
  kindLabel: string
}

/** @param source.validUntil the document's own end, null where it names none */
export function standingOf(
  source: { kind: string; observedAt: Date; validUntil: Date | null },
  catalogue: Catalogue,
  now: Date,
): Standing {
  const kind = findEvidenceKind(catalogue, source.kind)
  const kindLabel = kind?.label ?? source.kind
  const standing = (state: Standing['state'], why = '', ended = false): Standing => ({
    state,
    why,
    ended,
    kindLabel,
  })
  const observedAt = source.observedAt.getTime()
  if (Number.isNaN(observedAt)) return standing('ignored', 'It carries no date, so its age cannot be judged.')
  if (observedAt > now.getTime())
    return standing('ignored', `It is dated in the future (${formatDay(source.observedAt)}).`)
  if (!kind)
    return standing(
      'ignored',
      `Its kind "${source.kind}" is not in the catalogue, so its age cannot be judged.`,
    )
  const { validUntil } = source
  if (validUntil && !(validUntil.getTime() >= now.getTime())) {
    return standing('stale', `It ended on ${formatDay(validUntil)}.`, true)
  }
  return ageStanding(kind, (now.getTime() - observedAt) / DAY, validUntil, now, standing)
}

function ageStanding(
  kind: EvidenceKind,
  ageDays: number,
  validUntil: Date | null,
  now: Date,
  standing: (state: Standing['state'], why?: string) => Standing,
): Standing {
  const { freshDays, maximumDays } = kind
  const age = countOf(Math.floor(ageDays), 'day')
  if (maximumDays !== null && ageDays > maximumDays) {
    return standing('stale', `It is ${age} old; this kind counts for ${countOf(maximumDays, 'day')}.`)
  }
  if (freshDays !== null && ageDays > freshDays) {
    return standing('expiring', `It is ${age} old and should be collected again.`)
  }
  if (validUntil && validUntil.getTime() - now.getTime() <= SOON_DAYS * DAY) {
    return standing('expiring', `It ends on ${formatDay(validUntil)}.`)
  }
  if (maximumDays === null && !validUntil) {
    return standing(
      'expiring',
      'Its end date is not recorded; record it so that it is known how long it counts.',
    )
  }
  return standing('fresh')
}
