/** What the pages about waivers show. */
import { declarationOf } from '#app/report/waiver/declaration.ts'
import { WaiverText } from '#app/report/waiver/waiver-text.ts'
import * as rows from '#db/queries/waivers.server.ts'
import { listAskedQuestions } from './asked-questions.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError } from './errors.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { answersAffectedBy } from './waiver-consequences.ts'
import { labelControls } from './waiver-controls.server.ts'
import { fillPlaceholders } from './waiver-placeholders.ts'
import { byUrgency, type ListedWaiver, listedWaiver, standingOf } from './waiver-register.ts'
import { readWaiverTemplates } from './waiver-templates.server.ts'
import { freeze, getWaiverOf } from './waivers.server.ts'

/** @throws NotFoundError also when the client is another organisation's */
export async function listClientWaivers(member: Member, clientId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    const held = await rows.listWaivers(tx, organisationId, clientId)
    return { client, waivers: byUrgency(held.map((row) => listed(row, client.legalName, clock()))) }
  })
}

/** Of every client that is not archived. */
export async function listAllWaivers(member: Member): Promise<ListedWaiver[]> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const held = await database.inOrganisation(organisationId, (tx) =>
    rows.listWaiversOfAll(tx, organisationId),
  )
  const now = clock()
  return byUrgency(held.map(({ waiver, clientName }) => listed(waiver, clientName, now)))
}

const listed = (row: rows.WaiverRow, clientName: string, now: Date) =>
  listedWaiver(row, { clientName, labels: labelControls(row.controlIds).map(({ label }) => label), now })

/** @throws NotFoundError also when the waiver is another organisation's */
export async function getWaiverPage(member: Member, waiverId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const row = await rows.findWaiver(tx, organisationId, waiverId)
    if (!row) throw new NotFoundError('No such waiver')
    const client = await getClientRow(tx, organisationId, row.clientId)
    const asked = await listAskedQuestions(tx, organisationId, row.clientId, now)
    // A draft is shown as it would be frozen now.
    const text = row.text ? WaiverText.parse(JSON.parse(row.text)) : await freeze(tx, member, row, now)
    return {
      row,
      client,
      text,
      declaration: declarationOf(text),
      standing: standingOf(row, now),
      /** As the applications stand now; the frozen text keeps what they asked when it was offered. */
      answers: answersAffectedBy(row.controlIds, asked),
    }
  })
}

/** What a new waiver's form starts with: a template, or the waiver that is to be signed again. */
export async function getWaiverStart(
  member: Member,
  clientId: string,
  { templateKey, replacesId }: { templateKey: string | null; replacesId: string | null },
) {
  const { database } = getRuntime()
  const { organisationId, organisationName } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    const templates = (await readWaiverTemplates(tx, organisationId)).filter(({ isRetired }) => !isRetired)
    const replaced = replacesId ? await getWaiverOf(tx, organisationId, clientId, replacesId) : null
    const template = templates.find(({ key }) => key === templateKey) ?? null
    const names = { client: client.legalName, service: template?.service ?? '', provider: organisationName }
    return {
      client,
      templates: templates.map(({ key, name }) => ({ key, name })),
      template: template && {
        key: template.key,
        version: template.version,
        service: template.service,
        controlIds: [...template.controlIds],
        risk: fillPlaceholders(template.risk, names),
        consequence: fillPlaceholders(template.consequence, names),
      },
      replaced,
    }
  })
}
