/** Editions as one organisation sees them: the built-in library and what it published itself. */
import type { Tx } from '#db/client.server.ts'
import type { ApplicationRow } from '#db/queries/applications.server.ts'
import * as questionnaires from '#db/queries/questionnaires.server.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { compareEditionNumbers, type LibraryEdition } from '#questionnaires/editions.ts'
import { findEdition, listEditions, loadLibrary } from '#questionnaires/library.server.ts'
import { parseDefinition } from '#questionnaires/validate-definition.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

export interface EditionPick {
  formCode: string
  edition: string
}

export interface ListedEdition extends LibraryEdition {
  origin: 'built-in' | 'own'
  /**
   * `current`: the newest of its form that counts today; `upcoming`: the insurer takes it from a later day on;
   * `retired` ones start nothing new.
   */
  state: 'current' | 'upcoming' | 'superseded' | 'retired'
  retired: { reason: string; byName: string; at: string } | null
}

/** Parsed editions by content hash: the same text always gives the same edition. */
const parsed = new Map<string, LibraryEdition>()
const CACHE_SIZE = 200

function editionOfRow(row: questionnaires.OwnEditionRow): LibraryEdition {
  const known = parsed.get(row.sha256)
  if (known) return known
  const result = parseDefinition(row.source, `${row.formCode}/${row.edition}.yaml`)
  if (!result.ok) {
    throw new RefusedError(
      'edition-unreadable',
      `Edition ${row.edition} of ${row.formCode} was published under rules that this release no longer reads. Use the release that it was published with.`,
    )
  }
  const made = { edition: result.edition, sha256: row.sha256, file: `${row.formCode}/${row.edition}.yaml` }
  if (parsed.size >= CACHE_SIZE) parsed.clear()
  parsed.set(row.sha256, made)
  return made
}

/** Built in or the organisation's own; null when there is none. */
export async function findEditionFor(
  tx: Tx,
  organisationId: string,
  { formCode, edition }: EditionPick,
): Promise<LibraryEdition | null> {
  const builtIn = findEdition(formCode, edition)
  if (builtIn) return builtIn
  const row = await questionnaires.findOwnEdition(tx, organisationId, formCode, edition)
  return row && editionOfRow(row)
}

/** @throws NotFoundError also for an edition of another organisation. */
export async function getEditionFor(tx: Tx, organisationId: string, pick: EditionPick) {
  const found = await findEditionFor(tx, organisationId, pick)
  if (found) return found
  throw new NotFoundError('No such questionnaire edition')
}

/**
 * The edition an application is pinned to.
 * @throws RefusedError `edition-changed` when the published file no longer has the pinned content.
 */
export async function editionOf(tx: Tx, row: ApplicationRow) {
  const published = await findEditionFor(tx, row.organisationId, row)
  if (published?.sha256 !== row.editionSha256) {
    throw new RefusedError(
      'edition-changed',
      `Edition ${row.edition} of ${row.formCode} is not the one this application was started on. Restore the published file from the release it came from.`,
    )
  }
  return published.edition
}

/** As `editionOf`, null where that throws: one edition that was tampered with must not hide everything beside it. */
export async function findEditionOf(tx: Tx, row: ApplicationRow): Promise<Edition | null> {
  try {
    return await editionOf(tx, row)
  } catch (error) {
    if (error instanceof RefusedError) return null
    throw error
  }
}

export function isBuiltInForm(formCode: string): boolean {
  return loadLibrary().some(({ edition }) => edition.form.code === formCode)
}

/** Every edition, forms in alphabetical order of their titles, the newest edition of each first. */
export async function listEditionsFor(tx: Tx, organisationId: string): Promise<ListedEdition[]> {
  const own = (await questionnaires.listOwnEditions(tx, organisationId)).map(editionOfRow)
  const retirements = new Map(
    (await questionnaires.listRetirements(tx, organisationId)).map((row) => [
      `${row.formCode} ${row.edition}`,
      { reason: row.reason, byName: row.retiredByName, at: row.retiredAt.toISOString() },
    ]),
  )
  const all = [
    ...listEditions().map((published) => ({ ...published, origin: 'built-in' as const })),
    ...own.map((published) => ({ ...published, origin: 'own' as const })),
  ].sort(
    (a, b) =>
      a.edition.form.title.localeCompare(b.edition.form.title, 'en') ||
      a.edition.form.code.localeCompare(b.edition.form.code, 'en') ||
      compareEditionNumbers(b.edition.edition, a.edition.edition),
  )
  const today = getRuntime().clock().toISOString().slice(0, 10)
  const current = new Set<string>()
  return all.map((published) => {
    const { form, edition, effectiveOn } = published.edition
    const retired = retirements.get(`${form.code} ${edition}`) ?? null
    if (retired) return { ...published, retired, state: 'retired' }
    if (current.has(form.code)) return { ...published, retired, state: 'superseded' }
    if (effectiveOn && effectiveOn > today) return { ...published, retired, state: 'upcoming' }
    current.add(form.code)
    return { ...published, retired, state: 'current' }
  })
}

/** @see listEditionsFor */
export async function listAllEditions(member: Member): Promise<ListedEdition[]> {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, (tx) => listEditionsFor(tx, organisationId))
}

/** One edition with its place among the editions of its form. @throws NotFoundError */
export async function getListedEdition(member: Member, pick: EditionPick) {
  const listed = await listAllEditions(member)
  const ofForm = listed.filter(({ edition }) => edition.form.code === pick.formCode)
  const found = ofForm.find(({ edition }) => edition.edition === pick.edition)
  if (!found) throw new NotFoundError('No such questionnaire edition')
  return { found, ofForm }
}
