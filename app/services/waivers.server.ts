/** Services that clients declined: written by the provider, frozen when they are offered for signature. */
import { WaiverText } from '#app/report/waiver/waiver-text.ts'
import type { Tx } from '#db/client.server.ts'
import * as rows from '#db/queries/waivers.server.ts'
import { canonicalJson, sha256Hex } from '#evidence/canonical.ts'
import { listAskedQuestions } from './asked-questions.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { languageOfClient } from './report-language.server.ts'
import { getRuntime } from './runtime.server.ts'
import { answersAffectedBy } from './waiver-consequences.ts'
import { labelControls, refuseUnknownControls } from './waiver-controls.server.ts'
import type { WaiverInput, WaiverOrigin, WithdrawWaiverInput } from './waiver-input.ts'
import { fillPlaceholders } from './waiver-placeholders.ts'
import { refuseOwnMember } from './waiver-signing.server.ts'

/**
 * @returns its id
 * @throws NotFoundError also when the client or the waiver that it replaces is another organisation's;
 *   RefusedError `archived`, `controls`, `both-sides`
 */
export async function createWaiver(
  member: Member,
  clientId: string,
  input: WaiverInput,
  { template, replaces }: WaiverOrigin,
): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const id = newId()
  refuseUnknownControls(input.controlIds)
  await database.inOrganisation(organisationId, async (tx) => {
    await getActiveClient(tx, organisationId, clientId)
    await refuseOwnMember(tx, organisationId, input.decisionMakerEmail)
    if (replaces) await getWaiverOf(tx, organisationId, clientId, replaces)
    await rows.insertWaiver(tx, {
      ...input,
      organisationId,
      id,
      clientId,
      state: 'draft',
      templateKey: template?.key ?? null,
      templateVersion: template?.version ?? null,
      replaces,
      recordedBy: member.userId,
      recordedByName: member.name,
      recordedAt: at,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'waiver.drafted',
      actor: actorOf(member),
      at,
      payload: { waiverId: id, clientId, template, replaces, ...input },
    })
  })
  return id
}

/**
 * @returns `conflict` when somebody saved another version since `seenVersion`
 * @throws NotFoundError; RefusedError `offered`, `archived`, `controls`, `both-sides`
 */
export async function editWaiver(
  member: Member,
  waiverId: string,
  seenVersion: number,
  input: WaiverInput,
): Promise<'saved' | 'conflict'> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  refuseUnknownControls(input.controlIds)
  return database.inOrganisation(organisationId, async (tx) => {
    const row = await lockDraft(tx, organisationId, waiverId)
    if (row.version !== seenVersion) return 'conflict'
    await refuseOwnMember(tx, organisationId, input.decisionMakerEmail)
    await rows.updateWaiver(tx, organisationId, waiverId, { ...input, version: row.version + 1 })
    await recordInLedger(tx, organisationId, {
      kind: 'waiver.drafted',
      actor: actorOf(member),
      at,
      payload: { waiverId, clientId: row.clientId, ...input },
    })
    return 'saved'
  })
}

/**
 * Freezes the text as it stands and puts it to the client's decision-maker.
 * @param seenVersion the version that the member looked at
 * @throws NotFoundError; RefusedError `offered`, `archived`, `changed`, `review`, `both-sides`
 */
export async function offerWaiver(member: Member, waiverId: string, seenVersion: number): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await lockDraft(tx, organisationId, waiverId)
    if (row.version !== seenVersion)
      throw new RefusedError(
        'changed',
        'Somebody changed this draft meanwhile. Read it again before offering it.',
      )
    if (row.reviewOn <= at.toISOString().slice(0, 10))
      throw new RefusedError('review', 'The review day has passed. Edit the draft and choose a day to come.')
    await refuseOwnMember(tx, organisationId, row.decisionMakerEmail)
    const text = canonicalJson(await freeze(tx, member, row, at))
    const textSha256 = sha256Hex(text)
    await rows.updateWaiver(tx, organisationId, waiverId, {
      state: 'offered',
      text,
      textSha256,
      offeredAt: at,
      offeredByName: member.name,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'waiver.offered',
      actor: actorOf(member),
      at,
      payload: { waiverId, clientId: row.clientId, textSha256, to: row.decisionMakerEmail },
    })
  })
}

/** What is signed; also shown beside a draft, so that nobody is surprised by it. */
export async function freeze(tx: Tx, member: Member, row: rows.WaiverRow, at: Date): Promise<WaiverText> {
  const { organisationId, organisationName } = member
  const { id: clientId, legalName } = await getClientRow(tx, organisationId, row.clientId)
  const asked = await listAskedQuestions(tx, organisationId, clientId, at)
  const language = await languageOfClient(tx, organisationId, clientId)
  const names = { client: legalName, service: row.service, provider: organisationName }
  return WaiverText.parse({
    type: 'https://attested.example/declined-service-waiver/v1',
    language,
    waiverId: row.id,
    provider: { id: organisationId, name: organisationName },
    client: { id: clientId, legalName },
    service: row.service,
    controls: labelControls(row.controlIds, language),
    serviceOfferedOn: row.serviceOfferedOn,
    risk: fillPlaceholders(row.risk, names),
    consequence: fillPlaceholders(row.consequence, names),
    answers: answersAffectedBy(row.controlIds, asked).map(
      ({ answered: _answered, href: _href, ...frozen }) => frozen,
    ),
    reason: row.clientReason,
    decisionMaker: {
      name: row.decisionMakerName,
      role: row.decisionMakerRole,
      email: row.decisionMakerEmail,
    },
    reviewOn: row.reviewOn,
    template:
      row.templateKey !== null && row.templateVersion !== null
        ? { key: row.templateKey, version: row.templateVersion }
        : null,
    offeredAt: at.toISOString(),
    offeredBy: member.name,
  })
}

/**
 * It stays on record and contradicts no answer any more.
 * @throws NotFoundError; RefusedError `withdrawn`, `refused`
 */
export async function withdrawWaiver(
  member: Member,
  waiverId: string,
  { because, reason }: WithdrawWaiverInput,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await rows.lockWaiver(tx, organisationId, waiverId)
    if (!row) throw new NotFoundError('No such waiver')
    if (row.state === 'withdrawn')
      throw new RefusedError('withdrawn', 'This waiver was withdrawn already. Reload the page to see why.')
    if (row.state === 'refused')
      throw new RefusedError('refused', 'The client did not sign this waiver: there is nothing to withdraw.')
    await rows.updateWaiver(tx, organisationId, waiverId, {
      state: 'withdrawn',
      withdrawnAt: at,
      withdrawnByName: member.name,
      withdrawnBecause: because,
      withdrawnReason: reason,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'waiver.withdrawn',
      actor: actorOf(member),
      at,
      payload: { waiverId, clientId: row.clientId, because, reason },
    })
  })
}

/** @throws NotFoundError also when the waiver is another organisation's or another client's */
export async function getWaiverOf(tx: Tx, organisationId: string, clientId: string, waiverId: string) {
  const row = await rows.findWaiver(tx, organisationId, waiverId)
  if (row?.clientId !== clientId) throw new NotFoundError('No such waiver')
  return row
}

async function getActiveClient(tx: Tx, organisationId: string, clientId: string) {
  const client = await getClientRow(tx, organisationId, clientId)
  if (client.archivedAt)
    throw new RefusedError('archived', 'This client is archived. Restore it to work on its waivers.')
  return client
}

async function lockDraft(tx: Tx, organisationId: string, waiverId: string): Promise<rows.WaiverRow> {
  const row = await rows.lockWaiver(tx, organisationId, waiverId)
  if (!row) throw new NotFoundError('No such waiver')
  if (row.state !== 'draft')
    throw new RefusedError(
      'offered',
      'This waiver is no draft any more, so its text stays as it is. Withdraw it and write another one.',
    )
  await getActiveClient(tx, organisationId, row.clientId)
  return row
}
