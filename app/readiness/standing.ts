/** Whether a fact or a document still counts today, in words; `evidence/freshness.ts` decides. */
import { ageDays, type Freshness, freshnessOf } from '#evidence/freshness.ts'
import { type Catalogue, type EvidenceKind, findEvidenceKind } from '#questionnaires/controls.ts'
import { countOf, formatDay } from './sentences.ts'

/**
 * `fresh` and `expiring` count; `stale` neither supports nor contradicts; `ignored` cannot be placed in time.
 * `why` is a sentence, empty for `fresh`.
 */
export interface Standing extends Pick<Freshness, 'state' | 'changesAt' | 'becomes'> {
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
  const limits = { freshDays: kind?.freshDays ?? null, maximumDays: kind?.maximumDays ?? null }
  const { state, because, changesAt, becomes } = freshnessOf({ ...source, ...limits }, now)
  // A wrong date is told before an unknown kind: it is what the person can correct.
  if (!kind && state !== 'ignored') {
    const why = `Its kind "${source.kind}" is not in the catalogue, so its age cannot be judged.`
    return { state: 'ignored', why, ended: false, kindLabel: source.kind, changesAt: null, becomes: null }
  }
  return {
    state,
    why: because === null ? '' : explain(because, state, source, kind, now),
    ended: state === 'stale' && because === 'end',
    kindLabel: kind?.label ?? source.kind,
    changesAt,
    becomes,
  }
}

function explain(
  because: NonNullable<Freshness['because']>,
  state: Freshness['state'],
  { observedAt, validUntil }: { observedAt: Date; validUntil: Date | null },
  kind: EvidenceKind | null,
  now: Date,
): string {
  switch (because) {
    case 'no-date':
      return 'It carries no date, so its age cannot be judged.'
    case 'future':
      return `It is dated in the future (${formatDay(observedAt)}).`
    case 'end-unknown':
      return 'Its end date is not recorded; record it so that it is known how long it counts.'
    case 'end': {
      const day = formatDay(validUntil ?? new Date(Number.NaN))
      return state === 'stale' ? `It ended on ${day}.` : `It ends on ${day}.`
    }
    case 'age': {
      const age = countOf(ageDays(observedAt, now), 'day')
      return state === 'stale'
        ? `It is ${age} old; this kind counts for ${countOf(kind?.maximumDays ?? 0, 'day')}.`
        : `It is ${age} old and should be collected again.`
    }
  }
}
