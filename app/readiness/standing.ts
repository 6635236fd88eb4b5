/** Whether a fact or a document still counts today, in words; `evidence/freshness.ts` decides. */
import { ageDays, type Freshness, freshnessOf } from '#evidence/freshness.ts'
import { type Catalogue, type EvidenceKind, findEvidenceKind } from '#questionnaires/controls.ts'
import { type ReasonWords, reasonWords } from './language/reason-words.ts'

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
  words: ReasonWords = reasonWords(),
): Standing {
  const kind = findEvidenceKind(catalogue, source.kind)
  const limits = { freshDays: kind?.freshDays ?? null, maximumDays: kind?.maximumDays ?? null }
  const { state, because, changesAt, becomes } = freshnessOf({ ...source, ...limits }, now)
  // A wrong date is told before an unknown kind: it is what the person can correct.
  if (!kind && state !== 'ignored') {
    const why = words.say('age.no-kind', { kind: source.kind })
    return { state: 'ignored', why, ended: false, kindLabel: source.kind, changesAt: null, becomes: null }
  }
  return {
    state,
    why: because === null ? '' : explain(because, state, source, kind, now, words),
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
  words: ReasonWords,
): string {
  const { say, day } = words
  switch (because) {
    case 'no-date':
      return say('age.no-date')
    case 'future':
      return say('age.future', { day: day(observedAt) })
    case 'end-unknown':
      return say('age.end-unknown')
    case 'end': {
      const end = day(validUntil ?? new Date(Number.NaN))
      return say(state === 'stale' ? 'age.ended' : 'age.ends', { day: end })
    }
    case 'age': {
      const age = say('days', { count: ageDays(observedAt, now) })
      return state === 'stale'
        ? say('age.old', { age, limit: say('days', { count: kind?.maximumDays ?? 0 }) })
        : say('age.expiring', { age })
    }
  }
}
