/** The responsibility matrix of a client: pure, so that page, table and document share it. */
import { groupsOf } from '#app/readiness/order.ts'
import type { Catalogue } from '#questionnaires/controls.ts'
import { csvTable } from './csv-lines.ts'
import { PARTY_WORDS, type ResponsibleParty } from './responsibility-input.ts'

/** One version of what is agreed of a control. */
export interface HeldResponsibility {
  version: number
  party: ResponsibleParty
  thirdParty: string | null
  note: string | null
  agreedOn: string | null
  fromTemplate: boolean
  recordedByName: string
  recordedAt: Date
}

export interface AskingQuestion {
  controlId: string
  formTitle: string
  item: string
  href: string
}

export interface MatrixRow {
  controlId: string
  label: string
  domain: string
  /** Questions of the client's applications about this control. */
  askedBy: Omit<AskingQuestion, 'controlId'>[]
  /** The newest version; null before anything was recorded. */
  current: HeldResponsibility | null
  /** Versions before it, newest first. */
  earlier: HeldResponsibility[]
  place: MatrixPlace
}

/** A gap is a control that nobody answers for; one that an application asks about is answered in somebody's name. */
export const MATRIX_PLACES = ['asked-gap', 'gap', 'agreed'] as const
export type MatrixPlace = (typeof MATRIX_PLACES)[number]

type Versioned = HeldResponsibility & { controlId: string }

/** @param versions of one client, the newest of each control first */
export function matrixOf(
  { controls, domains }: Pick<Catalogue, 'controls' | 'domains'>,
  versions: readonly Versioned[],
  asked: readonly AskingQuestion[],
): MatrixRow[] {
  const heldOf = groupsOf(versions, ({ controlId }) => controlId)
  const askedOf = groupsOf(asked, ({ controlId }) => controlId)
  const rows = controls.map(({ id, label, domain }): MatrixRow => {
    const [current = null, ...earlier] = heldOf(id).map(withoutControl)
    const askedBy = askedOf(id).map(({ controlId: _, ...question }) => question)
    return {
      controlId: id,
      label,
      domain: domains.find((one) => one.id === domain)?.label ?? domain,
      askedBy,
      current,
      earlier,
      place: isGap(current) ? (askedBy.length > 0 ? 'asked-gap' : 'gap') : 'agreed',
    }
  })
  // Within a place the catalogue's order, which keeps a domain together.
  return MATRIX_PLACES.flatMap((place) => rows.filter((row) => row.place === place))
}

const withoutControl = (row: Versioned): HeldResponsibility => ({
  version: row.version,
  party: row.party,
  thirdParty: row.thirdParty,
  note: row.note,
  agreedOn: row.agreedOn,
  fromTemplate: row.fromTemplate,
  recordedByName: row.recordedByName,
  recordedAt: row.recordedAt,
})

export const isGap = (held: Pick<HeldResponsibility, 'party'> | null): boolean =>
  held === null || held.party === 'unset' || held.party === 'nobody'

/** "Third party: Harbor Hosting" */
export function describeParty(held: Pick<HeldResponsibility, 'party' | 'thirdParty'> | null): string {
  if (!held) return PARTY_WORDS.unset
  const word = PARTY_WORDS[held.party]
  return held.thirdParty ? `${word}: ${held.thirdParty}` : word
}

export interface TemplateHeld {
  version: number
  party: ResponsibleParty
  thirdParty: string | null
  note: string | null
  recordedByName: string
  recordedAt: Date
}

/** What the template would set: only where nothing was agreed, "nobody" included in what was. */
export function offersOf(
  rows: readonly MatrixRow[],
  template: ReadonlyMap<string, TemplateHeld>,
): (Pick<MatrixRow, 'controlId' | 'label' | 'domain' | 'askedBy'> & { held: TemplateHeld })[] {
  return rows.flatMap(({ controlId, label, domain, askedBy, current }) => {
    const held = template.get(controlId)
    const isOpen = current === null || current.party === 'unset'
    return isOpen && held && held.party !== 'unset' ? [{ controlId, label, domain, askedBy, held }] : []
  })
}

const COLUMNS: [header: string, value: (row: MatrixRow) => string | number | null][] = [
  ['Domain', ({ domain }) => domain],
  ['Control', ({ label }) => label],
  ['Control id', ({ controlId }) => controlId],
  ['Responsible', ({ current }) => PARTY_WORDS[current?.party ?? 'unset']],
  ['Third party', ({ current }) => current?.thirdParty ?? null],
  ['Agreed on', ({ current }) => current?.agreedOn ?? null],
  ['Note', ({ current }) => current?.note ?? null],
  ['Asked by questions', ({ askedBy }) => askedBy.length],
  ['Recorded by', ({ current }) => current?.recordedByName ?? null],
  ['Recorded on', ({ current }) => current?.recordedAt.toISOString().slice(0, 10) ?? null],
]

export const writeMatrixTable = (rows: readonly MatrixRow[]): string => csvTable(COLUMNS, rows)
