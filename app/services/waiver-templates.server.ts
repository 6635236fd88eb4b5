/** The templates that waivers start from: built in, changed by the organisation, or its own; each change is a version. */
import type { Tx } from '#db/client.server.ts'
import { lockLedger } from '#db/queries/ledger.server.ts'
import * as rows from '#db/queries/waivers.server.ts'
import { NotFoundError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { refuseUnknownControls } from './waiver-controls.server.ts'
import type { WaiverTemplateInput } from './waiver-input.ts'
import { BUILT_IN_WAIVERS, type WaiverTemplateText } from './waiver-texts.ts'

export interface HeldTemplate extends WaiverTemplateText {
  key: string
  /** 0: as built in. */
  version: number
  isBuiltIn: boolean
  isRetired: boolean
  changedByName: string | null
  changedAt: Date | null
}

/** By name; retired ones among them. */
export async function readWaiverTemplates(tx: Tx, organisationId: string): Promise<HeldTemplate[]> {
  const held = new Map<string, HeldTemplate>()
  for (const row of await rows.listTemplates(tx, organisationId)) {
    const { templateKey: key, version, name, service, controlIds, risk, consequence, isRetired } = row
    if (held.has(key)) continue
    held.set(key, {
      ...{ key, version, name, service, controlIds, risk, consequence, isRetired },
      isBuiltIn: Object.hasOwn(BUILT_IN_WAIVERS, key),
      changedByName: row.recordedByName,
      changedAt: row.recordedAt,
    })
  }
  for (const [key, text] of Object.entries(BUILT_IN_WAIVERS)) {
    if (!held.has(key))
      held.set(key, {
        ...text,
        key,
        version: 0,
        isBuiltIn: true,
        isRetired: false,
        changedByName: null,
        changedAt: null,
      })
  }
  return [...held.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

export async function listWaiverTemplates(member: Member): Promise<HeldTemplate[]> {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, (tx) => readWaiverTemplates(tx, organisationId))
}

/** @throws NotFoundError */
export async function getWaiverTemplate(member: Member, key: string): Promise<HeldTemplate> {
  const found = (await listWaiverTemplates(member)).find((template) => template.key === key)
  if (!found) throw new NotFoundError('No such template')
  return found
}

/** @returns the new template's key */
export async function createWaiverTemplate(member: Member, input: WaiverTemplateInput): Promise<string> {
  const key = `own-${getRuntime().newId()}`
  await record(member, key, async () => ({ version: 0, ...input, isRetired: false }))
  return key
}

/** @returns `conflict` when somebody saved another version since `seenVersion`; @throws NotFoundError */
export async function changeWaiverTemplate(
  member: Member,
  key: string,
  { seenVersion, ...input }: WaiverTemplateInput,
): Promise<'saved' | 'conflict'> {
  return record(member, key, async (tx) => {
    const current = await currentOf(tx, member.organisationId, key)
    return current.version === seenVersion
      ? { ...input, version: current.version, isRetired: current.isRetired }
      : null
  })
}

/** A retired template starts nothing new; it is brought back the same way. @throws NotFoundError */
export async function retireWaiverTemplate(member: Member, key: string, isRetired: boolean): Promise<void> {
  await record(member, key, async (tx) => {
    const { name, service, controlIds, risk, consequence, version } = await currentOf(
      tx,
      member.organisationId,
      key,
    )
    return { name, service, controlIds: [...controlIds], risk, consequence, version, isRetired }
  })
}

async function currentOf(tx: Tx, organisationId: string, key: string): Promise<HeldTemplate> {
  const found = (await readWaiverTemplates(tx, organisationId)).find((template) => template.key === key)
  if (!found) throw new NotFoundError('No such template')
  return found
}

type Version = Omit<WaiverTemplateInput, 'seenVersion'> & { version: number; isRetired: boolean }

/** @param next what follows the version that it names; null where nothing is to be saved */
async function record(
  member: Member,
  key: string,
  next: (tx: Tx) => Promise<Version | null>,
): Promise<'saved' | 'conflict'> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    // Two who save at once are told apart: there is no row of the organisation that could be locked instead.
    await lockLedger(tx, organisationId)
    const found = await next(tx)
    if (!found) return 'conflict'
    const { name, service, controlIds, risk, consequence, isRetired } = found
    refuseUnknownControls(controlIds)
    const row = { name, service, controlIds, risk, consequence, isRetired, version: found.version + 1 }
    await rows.insertTemplate(tx, {
      ...row,
      organisationId,
      id: newId(),
      templateKey: key,
      recordedBy: member.userId,
      recordedByName: member.name,
      recordedAt: at,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'waiver-template.changed',
      actor: actorOf(member),
      at,
      payload: { templateKey: key, ...row },
    })
    return 'saved'
  })
}
