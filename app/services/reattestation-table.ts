/** What changed since an application was signed, as a table for a spreadsheet: the answers, then what was observed. */
import { reattestWords } from '#app/report/language/reattestation/words.ts'
import { csvTable } from './csv-lines.ts'
import type { ShownComparison } from './reattestation-pages.server.ts'

interface Line {
  what: string
  item: string
  about: string
  before: string
  now: string
  since: string | null
  why: string
}

/** @param now how the day that is compared with is called */
const columns = (now: string): [header: string, value: (line: Line) => string | null][] => [
  ['What', ({ what }) => what],
  ['Item', ({ item }) => item],
  ['About', ({ about }) => about],
  ['As signed', ({ before }) => before],
  [now, ({ now: shown }) => shown],
  ['Since', ({ since }) => since],
  ['Why', ({ why }) => why],
]

/**
 * @param whole unchanged answers as well
 * @param frozenOn the day of a comparison that is not of today, YYYY-MM-DD
 */
export function writeChangeTable(
  { answers, changedFacts, newExceptions, openSubjectivities, language }: ShownComparison,
  { whole, frozenOn }: { whole: boolean; frozenOn?: string | undefined },
): string {
  const { say } = reattestWords(language)
  const lines: Line[] = [
    ...answers
      .filter(({ mark }) => whole || mark !== 'unchanged')
      .map(
        ({ item, prompt, signed, marks, since, why, status }): Line => ({
          what: marks.map((mark) => say(`mark.${mark}`)).join(', '),
          item,
          about: prompt,
          before: `${signed.shown} (${signed.status})`,
          now: status ?? '',
          since,
          why: why.join(' '),
        }),
      ),
    ...changedFacts.map(
      ({ label, subject, before, now, observedOn }): Line => ({
        what: say('chapter.fact'),
        item: '',
        about: `${label} (${subject})`,
        before: before ?? '',
        now: now ?? '',
        since: observedOn,
        why: '',
      }),
    ),
    ...newExceptions.map(
      ({ form, scope, reason, expiresOn, approvedBy }): Line => ({
        what: say('chapter.new-exceptions'),
        item: form,
        about: scope,
        before: '',
        now: `until ${expiresOn}`,
        since: null,
        why: `${reason} (${approvedBy})`,
      }),
    ),
    ...openSubjectivities.map(
      ({ reference, condition, due }): Line => ({
        what: say('chapter.subjectivities'),
        item: reference ?? '',
        about: condition,
        before: '',
        now: due ?? '',
        since: null,
        why: '',
      }),
    ),
  ]
  return csvTable(columns(frozenOn ? `On ${frozenOn}` : 'Today'), lines)
}
