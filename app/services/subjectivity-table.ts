/** Conditions of insurers as lists: by state, as a table for a spreadsheet. */
import { z } from 'zod'
import { csvTable } from './csv-lines.ts'
import { OUTCOME_WORDS, SIDE_WORDS, TIMING_WORDS } from './subjectivity-input.ts'
import { isToBeMet, type ShownSubjectivity, type SubjectivityStanding } from './subjectivity-standing.ts'

/** `due`: everything that is still to be met. */
export const SUBJECTIVITY_VIEWS = ['due', 'open', 'submitted', 'lapsed', 'closed', 'waived', 'all'] as const
export type SubjectivityView = (typeof SUBJECTIVITY_VIEWS)[number]

/** From an address line: what makes no sense there is ignored. */
export const SubjectivitySearch = z.object({ state: z.enum(SUBJECTIVITY_VIEWS).catch('due') })

export const isInView = (standing: SubjectivityStanding, view: SubjectivityView): boolean =>
  view === 'all' || (view === 'due' ? isToBeMet(standing) : standing === view)

export interface ListedSubjectivity {
  client: { id: string; legalName: string }
  form: { title: string; edition: string }
  insurer: string | null
  condition: ShownSubjectivity
}

const newest = <T>(items: readonly T[]): T | undefined => items.at(-1)
const dayOf = (at: Date | null | undefined) => at?.toISOString().slice(0, 10) ?? null

const COLUMNS: [header: string, value: (row: ListedSubjectivity) => string | number | null][] = [
  ['Client', ({ client }) => client.legalName],
  ['Form', ({ form }) => `${form.title}, edition ${form.edition}`],
  ['Insurer', ({ insurer }) => insurer],
  ['State', ({ condition }) => condition.standing],
  ['Number', ({ condition }) => condition.reference],
  ['Condition', ({ condition }) => condition.condition],
  ['Source', ({ condition }) => condition.source],
  ['To be met', ({ condition }) => TIMING_WORDS[condition.timing]],
  ['Days after the bind', ({ condition }) => condition.dueDays],
  ['Due', ({ condition }) => condition.dueNow],
  ['Days left', ({ condition }) => (isToBeMet(condition.standing) ? condition.daysLeft : null)],
  ['First due', ({ condition }) => condition.firstDueOn],
  ['Extensions', ({ condition }) => condition.extensions.length],
  ['Owner', ({ condition }) => condition.ownerName],
  ['Side', ({ condition }) => SIDE_WORDS[condition.ownerSide]],
  ['Control', ({ condition }) => condition.controlLabel],
  ['Responses', ({ condition }) => condition.responses.length],
  ['Last response', ({ condition }) => newest(condition.responses)?.answer ?? null],
  ['Responded on', ({ condition }) => dayOf(newest(condition.responses)?.respondedAt)],
  ['Responded by', ({ condition }) => newest(condition.responses)?.respondedByName ?? null],
  [
    'Evidence',
    ({ condition }) =>
      newest(condition.responses)
        ?.cited.map(({ title, sha256 }) => `${title} (SHA-256 ${sha256})`)
        .join('; ') ?? null,
  ],
  [
    'Insurer’s decision',
    ({ condition: { decisions } }) => {
      const last = newest(decisions)
      return last ? OUTCOME_WORDS[last.outcome] : null
    },
  ],
  ['Decided on', ({ condition }) => newest(condition.decisions)?.decidedOn ?? null],
  ['Decided by', ({ condition }) => newest(condition.decisions)?.decidedBy ?? null],
  ['Because', ({ condition }) => newest(condition.decisions)?.why ?? null],
  ['Recorded on', ({ condition }) => dayOf(condition.recordedAt)],
  ['Recorded by', ({ condition }) => condition.recordedByName],
  ['Withdrawn on', ({ condition }) => dayOf(condition.withdrawnAt)],
  ['Withdrawn by', ({ condition }) => condition.withdrawnByName],
  ['Withdrawn because', ({ condition }) => condition.withdrawnReason],
]

export const writeSubjectivityTable = (rows: readonly ListedSubjectivity[]): string => csvTable(COLUMNS, rows)
