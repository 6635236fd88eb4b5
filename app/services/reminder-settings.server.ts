/** Who is reminded how early: of all clients, of one, and as each member wants it. */
import { USUAL_HABITS } from '#app/schedule/habits.ts'
import { listMembers } from '#db/queries/members.server.ts'
import * as reminders from '#db/queries/reminders.server.ts'
import { getClientRow } from './clients.server.ts'
import { RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member, requireOwner } from './member.ts'
import { resolveReminderFields } from './reminder-context.server.ts'
import type { ReminderPreferenceInput, ReminderSettingInput } from './reminder-input.ts'
import { getRuntime } from './runtime.server.ts'

/** @throws NotFoundError */
export async function getReminderSettings(member: Member, clientId: string | null) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const client = clientId === null ? null : await getClientRow(tx, organisationId, clientId)
    const settings = await reminders.listReminderSettings(tx, organisationId)
    return {
      client,
      members: await listMembers(tx, organisationId),
      resolved: resolveReminderFields(settings, clientId),
      /** What would count if this level said nothing. */
      inherited: resolveReminderFields(
        settings.filter((row) => row.clientId !== clientId),
        clientId,
      ),
      own: settings.find((row) => row.clientId === clientId) ?? null,
    }
  })
}

/**
 * @returns `conflict` when somebody saved another version since `seenVersion`
 * @throws NotFoundError; RefusedError `owner` for the organisation's own, `unknown-member`
 */
export async function saveReminderSettings(
  member: Member,
  clientId: string | null,
  { seenVersion, ...fields }: ReminderSettingInput,
): Promise<'saved' | 'conflict'> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  if (clientId === null) requireOwner(member, 'changes how everybody is reminded')
  return database.inOrganisation(organisationId, async (tx) => {
    if (clientId !== null) await getClientRow(tx, organisationId, clientId)
    const members = await listMembers(tx, organisationId)
    if (fields.leadUserId !== null && !members.some(({ userId }) => userId === fields.leadUserId))
      throw new RefusedError('unknown-member', 'Whoever leads must be a member. Choose one of the list.')
    const row = { organisationId, scopeId: clientId ?? organisationId, clientId, ...fields }
    const changed = { changedByName: member.name, changedAt: at }
    if (!(await reminders.putReminderSetting(tx, { ...row, ...changed }, seenVersion))) return 'conflict'
    await recordInLedger(tx, organisationId, {
      kind: 'reminder.settings-changed',
      actor: actorOf(member),
      at,
      payload: { clientId, ...fields },
    })
    return 'saved'
  })
}

/** As chosen, or as it is for whoever chose nothing. */
export async function getReminderPreference(member: Member): Promise<ReminderPreferenceInput> {
  const { organisationId, userId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const rows = await reminders.listReminderPreferences(tx, organisationId)
    const chosen = rows.find((row) => row.userId === userId)
    if (chosen) {
      const { organisationId: _, userId: _user, changedAt: _at, ...preference } = chosen
      return preference
    }
    const settings = await reminders.listReminderSettings(tx, organisationId)
    const { timeZone, localHour } = resolveReminderFields(settings, null)
    return { ...USUAL_HABITS, timeZone: timeZone.value, localHour: localHour.value }
  })
}

export async function saveReminderPreference(
  { organisationId, userId }: Member,
  input: ReminderPreferenceInput,
): Promise<void> {
  const { database, clock } = getRuntime()
  const changedAt = clock()
  await database.inOrganisation(organisationId, (tx) =>
    reminders.putReminderPreference(tx, { organisationId, userId, ...input, changedAt }),
  )
}
