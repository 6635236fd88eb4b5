/** What a provider takes on in general: the template from which a client's matrix is filled where nothing is agreed. */
import type { Tx } from '#db/client.server.ts'
import { lockLedger } from '#db/queries/ledger.server.ts'
import * as rows from '#db/queries/responsibility.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findControl } from '#questionnaires/controls.ts'
import { NotFoundError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import type { TemplateInput } from './responsibility-input.ts'
import { type HeldResponsibility, matrixOf } from './responsibility-matrix.ts'
import { getRuntime } from './runtime.server.ts'

/** The newest version of each control; without those that were never set. */
export async function readTemplate(tx: Tx, organisationId: string): Promise<Map<string, rows.TemplateRow>> {
  const newest = new Map<string, rows.TemplateRow>()
  for (const row of await rows.listTemplateRows(tx, organisationId))
    if (!newest.has(row.controlId)) newest.set(row.controlId, row)
  return newest
}

/** Every control of the catalogue in its own order, with what the template says and said of it. */
export async function getResponsibilityTemplate(member: Member) {
  const { organisationId } = member
  const versions = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    rows.listTemplateRows(tx, organisationId),
  )
  const catalogue = loadCatalogue()
  const held = versions.map((row): HeldResponsibility & { controlId: string } => ({
    ...row,
    agreedOn: null,
    fromTemplate: false,
  }))
  const places = new Map(catalogue.controls.map(({ id }, index) => [id, index]))
  const placeOf = (id: string) => places.get(id) ?? 0
  return matrixOf(catalogue, held, []).sort((a, b) => placeOf(a.controlId) - placeOf(b.controlId))
}

export type TemplateOutcome =
  | { outcome: 'saved' | 'unchanged'; version: number }
  | { outcome: 'conflict'; current: { version: number; shown: rows.TemplateRow } }

/** @throws NotFoundError for an unknown control */
export async function recordTemplate(
  member: Member,
  { seenVersion, ...input }: TemplateInput,
): Promise<TemplateOutcome> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  if (!findControl(loadCatalogue(), input.controlId)) throw new NotFoundError('No such control')
  return database.inOrganisation(organisationId, async (tx) => {
    // There is no row of the organisation that the application may lock; its ledger is locked at the end anyway.
    await lockLedger(tx, organisationId)
    const current = (await readTemplate(tx, organisationId)).get(input.controlId)
    const version = current?.version ?? 0
    if (current && version !== seenVersion)
      return { outcome: 'conflict', current: { version, shown: current } }
    const { party, thirdParty, note } = input
    if (current?.party === party && current.thirdParty === thirdParty && current.note === note)
      return { outcome: 'unchanged', version }
    await rows.insertTemplateRow(tx, {
      ...input,
      organisationId,
      id: newId(),
      version: version + 1,
      recordedBy: member.userId,
      recordedByName: member.name,
      recordedAt: at,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'responsibility-template.changed',
      actor: actorOf(member),
      at,
      payload: { version: version + 1, ...input },
    })
    return { outcome: 'saved', version: version + 1 }
  })
}
