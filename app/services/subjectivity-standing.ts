/** How a condition and a binder stand on a day: pure, so that pages, documents and tests share it. */
import { cutText } from '#app/language/cut-text.ts'
import type { BindingRow } from '#db/queries/bindings.server.ts'
import type {
  DecisionRow,
  ExtensionRow,
  ResponseRow,
  SubjectivityRow,
} from '#db/queries/subjectivities.server.ts'
import { daysUntil } from './portfolio.ts'
import { addDays } from './subjectivity-input.ts'

export const STANDINGS = ['open', 'submitted', 'lapsed', 'closed', 'waived', 'withdrawn'] as const
/** `lapsed`: past its day and neither closed nor waived, answered or not. */
export type SubjectivityStanding = (typeof STANDINGS)[number]

/** From here on a clock is shown as urgent. */
export const URGENT_DAYS = 7

type Clocked = Pick<SubjectivityRow, 'timing' | 'dueOn' | 'dueDays' | 'state' | 'withdrawnAt'>
type Bound = Pick<BindingRow, 'boundOn'> | null

/** By the condition itself, before any extension; null before the bind, and where the insurer named no day. */
export function firstDue({ timing, dueOn, dueDays }: Clocked, binding: Bound): string | null {
  if (timing === 'pre-bind') return dueOn
  return binding?.boundOn && dueDays !== null ? addDays(binding.boundOn, dueDays) : null
}

/** The last extension counts, whatever came before. @param extensions oldest first */
export function currentDue(
  row: Clocked,
  extensions: readonly Pick<ExtensionRow, 'dueOn'>[],
  binding: Bound,
): string | null {
  return extensions.at(-1)?.dueOn ?? firstDue(row, binding)
}

export function standingOf(row: Clocked, dueOn: string | null, now: Date): SubjectivityStanding {
  if (row.withdrawnAt) return 'withdrawn'
  if (row.state === 'closed' || row.state === 'waived') return row.state
  return dueOn !== null && daysUntil(dueOn, now) < 0 ? 'lapsed' : row.state
}

/** Still to be met, whether its day has passed or not. */
export const isPending = (row: Pick<SubjectivityRow, 'state' | 'withdrawnAt'>): boolean =>
  row.withdrawnAt === null && (row.state === 'open' || row.state === 'submitted')

export interface Said {
  responses: readonly ResponseRow[]
  decisions: readonly DecisionRow[]
  extensions: readonly ExtensionRow[]
}

export type ShownSubjectivity = Omit<SubjectivityRow, 'organisationId'> &
  Said & {
    controlLabel: string | null
    firstDueOn: string | null
    /** The day that counts now. */
    dueNow: string | null
    /** Whole days to it, in UTC: 0 on it, negative once it has passed. */
    daysLeft: number | null
    standing: SubjectivityStanding
  }

/** @param said of this condition alone, oldest first */
export function showSubjectivity(
  row: SubjectivityRow,
  said: Said,
  context: { binding: Bound; controlLabel: string | null; now: Date },
): ShownSubjectivity {
  const { binding, controlLabel, now } = context
  const { organisationId: _, ...shown } = row
  const dueNow = currentDue(row, said.extensions, binding)
  return {
    ...shown,
    ...said,
    controlLabel,
    firstDueOn: firstDue(row, binding),
    dueNow,
    daysLeft: dueNow === null ? null : daysUntil(dueNow, now),
    standing: standingOf(row, dueNow, now),
  }
}

/** What is still to be met first, by its day; what has no day after what has one; then what is settled. */
export function byDue<Row extends Pick<ShownSubjectivity, 'standing' | 'dueNow' | 'recordedAt'>>(
  rows: readonly Row[],
): Row[] {
  const rank = ({ standing }: Row) => (isToBeMet(standing) ? 0 : standing === 'withdrawn' ? 2 : 1)
  return [...rows].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.dueNow ?? '9999').localeCompare(b.dueNow ?? '9999') ||
      a.recordedAt.getTime() - b.recordedAt.getTime(),
  )
}

export const isToBeMet = (standing: SubjectivityStanding): boolean =>
  standing === 'open' || standing === 'submitted' || standing === 'lapsed'

export type BinderStanding =
  | { kind: 'no-quote' }
  | { kind: 'quoted' }
  /** The quote cannot be bound while these are to be met. */
  | { kind: 'held'; open: number }
  | { kind: 'conditional'; open: number; expiresOn: string; daysLeft: number }
  /** Its last day has passed with conditions to be met. */
  | { kind: 'lapsed'; open: number; expiresOn: string; daysLeft: number }
  | { kind: 'unconditional' }
  /** The last condition was settled only when the binder's last day had passed: cover may have had a gap. */
  | { kind: 'settled-late'; expiresOn: string; settledOn: string }

type Settled = Pick<SubjectivityRow, 'timing' | 'state' | 'withdrawnAt'> & {
  decisions: readonly Pick<DecisionRow, 'decidedOn'>[]
}

/** @param rows each with its own decisions, oldest first */
export function binderStanding(
  binding: Pick<BindingRow, 'boundOn' | 'binderExpiresOn'> | null,
  rows: readonly Settled[],
  now: Date,
): BinderStanding {
  if (!binding) return { kind: 'no-quote' }
  const pending = rows.filter(isPending)
  const { boundOn, binderExpiresOn } = binding
  if (boundOn === null || binderExpiresOn === null) {
    const open = pending.filter(({ timing }) => timing === 'pre-bind').length
    return open > 0 ? { kind: 'held', open } : { kind: 'quoted' }
  }
  if (pending.length === 0) {
    const settledOn = lastSettled(rows)
    return settledOn > binderExpiresOn
      ? { kind: 'settled-late', expiresOn: binderExpiresOn, settledOn }
      : { kind: 'unconditional' }
  }
  const daysLeft = daysUntil(binderExpiresOn, now)
  return {
    kind: daysLeft < 0 ? 'lapsed' : 'conditional',
    open: pending.length,
    expiresOn: binderExpiresOn,
    daysLeft,
  }
}

/** By the insurer's decision; a condition that is withdrawn never stood. Empty where there was nothing to settle. */
const lastSettled = (rows: readonly Settled[]): string =>
  rows
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .flatMap(({ decisions }) => decisions.at(-1)?.decidedOn ?? [])
    .sort()
    .at(-1) ?? ''

const NAME_LETTERS = 80

/** As conditions are called in sentences: the insurer's number, and the beginning of its words, without a full stop. */
export function nameOf({ reference, condition }: Pick<SubjectivityRow, 'reference' | 'condition'>): string {
  const line = condition.replace(/\s+/g, ' ').replace(/\.$/, '')
  const cut = cutText(line, NAME_LETTERS)
  const short = line.length > NAME_LETTERS ? `${cut.replace(/\s\S{0,20}$/, '')}…` : line
  return reference ? `${reference}: ${short}` : short
}

/** Whether two texts say the same; case, spaces and the last full stop make no difference. */
export const sameWords = (a: string, b: string): boolean => plain(a) === plain(b)
const plain = (text: string) => text.replace(/\s+/g, ' ').trim().replace(/\.$/, '').toLowerCase()
