/** Who answers for each control of a client: recorded one row at a time, each change a version and a ledger entry. */
import type { Language } from '#app/language/languages.ts'
import type { Tx } from '#db/client.server.ts'
import { lockClient } from '#db/queries/clients.server.ts'
import * as rows from '#db/queries/responsibility.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findControl } from '#questionnaires/controls.ts'
import { listAskedQuestions } from './asked-questions.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import type { FillInput, ResponsibilityInput } from './responsibility-input.ts'
import { matrixOf, offersOf } from './responsibility-matrix.ts'
import { readTemplate } from './responsibility-template.server.ts'
import { getRuntime } from './runtime.server.ts'

/** @throws NotFoundError also when the client is another organisation's */
export async function getResponsibilityMatrix(member: Member, clientId: string, language?: Language) {
  return getRuntime().database.inOrganisation(member.organisationId, (tx) =>
    loadMatrix(tx, member.organisationId, clientId, language),
  )
}

async function loadMatrix(tx: Tx, organisationId: string, clientId: string, language?: Language) {
  const client = await getClientRow(tx, organisationId, clientId)
  const versions = await rows.listResponsibilities(tx, organisationId, clientId)
  const asked = await listAskedQuestions(tx, organisationId, clientId, getRuntime().clock())
  return { client, rows: matrixOf(loadCatalogue(language), versions, asked) }
}

export type RecordOutcome =
  | { outcome: 'saved' | 'unchanged'; version: number }
  /** Somebody recorded another version since; nothing was saved. */
  | { outcome: 'conflict'; current: { version: number; shown: rows.ResponsibilityRow } }

/** @throws NotFoundError also for an unknown control; RefusedError `archived` */
export async function recordResponsibility(
  member: Member,
  clientId: string,
  { seenVersion, ...input }: ResponsibilityInput,
): Promise<RecordOutcome> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  if (!findControl(loadCatalogue(), input.controlId)) throw new NotFoundError('No such control')
  return database.inOrganisation(organisationId, async (tx) => {
    await lockActiveClient(tx, organisationId, clientId)
    const newest = await newestOf(tx, organisationId, clientId)
    const current = newest.get(input.controlId)
    const version = current?.version ?? 0
    if (current && version !== seenVersion)
      return { outcome: 'conflict', current: { version, shown: current } }
    if (isSame(current ?? NOTHING_AGREED, input)) return { outcome: 'unchanged', version }
    await rows.insertResponsibilities(tx, [
      {
        ...input,
        organisationId,
        id: newId(),
        clientId,
        version: version + 1,
        recordedBy: member.userId,
        recordedByName: member.name,
        recordedAt: at,
      },
    ])
    await recordInLedger(tx, organisationId, {
      kind: 'responsibility.recorded',
      actor: actorOf(member),
      at,
      payload: { clientId, version: version + 1, ...input },
    })
    return { outcome: 'saved', version: version + 1 }
  })
}

/** What the template would set where nothing is agreed yet. */
export async function listTemplateOffers(member: Member, clientId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const { client, rows: matrix } = await loadMatrix(tx, organisationId, clientId)
    const template = await readTemplate(tx, organisationId)
    return { client, offers: offersOf(matrix, template), isTemplateEmpty: template.size === 0 }
  })
}

/**
 * Sets what was shown, and only where nothing was agreed in the meantime and the template still says the same.
 * @returns how many controls were set, and how many were left alone
 * @throws NotFoundError; RefusedError `archived`
 */
export async function fillFromTemplate(
  member: Member,
  clientId: string,
  { fill, agreedOn }: FillInput,
): Promise<{ filled: number; leftAlone: number }> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    await lockActiveClient(tx, organisationId, clientId)
    const newest = await newestOf(tx, organisationId, clientId)
    const template = await readTemplate(tx, organisationId)
    const chosen = new Map(fill.map(({ controlId, templateVersion }) => [controlId, templateVersion]))
    const made = [...chosen].flatMap(([controlId, templateVersion]) => {
      const held = template.get(controlId)
      const current = newest.get(controlId)
      if (!held || held.version !== templateVersion || held.party === 'unset') return []
      if (current && current.party !== 'unset') return []
      const { party, thirdParty, note } = held
      return [{ controlId, party, thirdParty, note, agreedOn, version: (current?.version ?? 0) + 1 }]
    })
    if (made.length > 0) {
      const recorded = { recordedBy: member.userId, recordedByName: member.name, recordedAt: at }
      await rows.insertResponsibilities(
        tx,
        made.map((row) => ({
          ...row,
          ...recorded,
          organisationId,
          id: newId(),
          clientId,
          fromTemplate: true,
        })),
      )
      await recordInLedger(tx, organisationId, {
        kind: 'responsibility.filled',
        actor: actorOf(member),
        at,
        payload: { clientId, controls: made },
      })
    }
    return { filled: made.length, leftAlone: chosen.size - made.length }
  })
}

/** Locked, so that two people who save at once are told apart. */
async function lockActiveClient(tx: Tx, organisationId: string, clientId: string): Promise<void> {
  const client = await lockClient(tx, organisationId, clientId)
  if (!client) throw new NotFoundError('No such client')
  if (client.archivedAt)
    throw new RefusedError('archived', 'This client is archived. Restore it to change who is responsible.')
}

async function newestOf(tx: Tx, organisationId: string, clientId: string) {
  const newest = new Map<string, rows.ResponsibilityRow>()
  for (const row of await rows.listResponsibilities(tx, organisationId, clientId))
    if (!newest.has(row.controlId)) newest.set(row.controlId, row)
  return newest
}

type Words = Pick<rows.ResponsibilityRow, 'party' | 'thirdParty' | 'note' | 'agreedOn'>
const NOTHING_AGREED: Words = { party: 'unset', thirdParty: null, note: null, agreedOn: null }
const isSame = (a: Words, b: Words) =>
  a.party === b.party && a.thirdParty === b.thirdParty && a.note === b.note && a.agreedOn === b.agreedOn
