/** How people are reminded, and what went. */
import { and, asc, count, desc, eq, gte, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import {
  client,
  mailMessage,
  reminder,
  reminderHold,
  reminderLook,
  reminderPreference,
  reminderSetting,
} from '../schema/index.ts'

export type ReminderRow = typeof reminder.$inferSelect
export type ReminderSettingRow = typeof reminderSetting.$inferSelect
export type ReminderPreferenceRow = typeof reminderPreference.$inferSelect
export type ReminderHoldRow = typeof reminderHold.$inferSelect

/** Any constant will do, as long as every version of Attested uses the same. */
const REMINDER_LOCK = 20_239

/** To the end of the transaction. @returns false while another instance has it */
export async function tryReminderLock(tx: Tx, organisationId: string): Promise<boolean> {
  const [row] = await tx.execute<{ taken: boolean }>(
    sql`select pg_try_advisory_xact_lock(${REMINDER_LOCK}, hashtext(${organisationId})) as taken`,
  )
  return row?.taken === true
}

/** As `tryReminderLock`, and waits for it. */
export async function takeReminderLock(tx: Tx, organisationId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${REMINDER_LOCK}, hashtext(${organisationId}))`)
}

export async function findLook(tx: Tx, organisationId: string) {
  const [row] = await tx.select().from(reminderLook).where(eq(reminderLook.organisationId, organisationId))
  return row ?? null
}

/** The first time stands. */
export async function noteLook(tx: Tx, organisationId: string, at: Date) {
  const [row] = await tx
    .insert(reminderLook)
    .values({ organisationId, firstAt: at, lastAt: at })
    .onConflictDoUpdate({ target: reminderLook.organisationId, set: { lastAt: at } })
    .returning()
  if (!row) throw new Error('The look was not noted')
  return row
}

/** @param at null: the dates of schedules are to be looked at anew */
export async function noteSchedulesNoted(tx: Tx, organisationId: string, at: Date | null) {
  await tx.update(reminderLook).set({ notedAt: at }).where(eq(reminderLook.organisationId, organisationId))
}

/** The organisation's own, and those of clients. */
export async function listReminderSettings(tx: Tx, organisationId: string): Promise<ReminderSettingRow[]> {
  return tx.select().from(reminderSetting).where(eq(reminderSetting.organisationId, organisationId))
}

/** @returns false when somebody saved another version since `seenVersion`, 0 for none */
export async function putReminderSetting(
  tx: Tx,
  row: Omit<typeof reminderSetting.$inferInsert, 'version'>,
  seenVersion: number,
): Promise<boolean> {
  if (seenVersion === 0) {
    const made = await tx
      .insert(reminderSetting)
      .values(row)
      .onConflictDoNothing()
      .returning({ version: reminderSetting.version })
    return made.length === 1
  }
  const { organisationId, scopeId, clientId: _, ...values } = row
  const changed = await tx
    .update(reminderSetting)
    .set({ ...values, version: seenVersion + 1 })
    .where(
      and(
        eq(reminderSetting.organisationId, organisationId),
        eq(reminderSetting.scopeId, scopeId),
        eq(reminderSetting.version, seenVersion),
      ),
    )
    .returning({ version: reminderSetting.version })
  return changed.length === 1
}

export async function listReminderPreferences(
  tx: Tx,
  organisationId: string,
): Promise<ReminderPreferenceRow[]> {
  return tx.select().from(reminderPreference).where(eq(reminderPreference.organisationId, organisationId))
}

export async function putReminderPreference(tx: Tx, row: typeof reminderPreference.$inferInsert) {
  const { organisationId: _, userId: _user, ...values } = row
  await tx
    .insert(reminderPreference)
    .values(row)
    .onConflictDoUpdate({
      target: [reminderPreference.organisationId, reminderPreference.userId],
      set: values,
    })
}

/** What is known of due days from a day on, of all clients or one: enough to tell what went. */
export async function listSaid(tx: Tx, organisationId: string, fromOccurrence: string, clientId?: string) {
  const { subjectKey, occurrence, rung, offsetDays, recipientEmail, plannedAt, outcome } = reminder
  return tx
    .select({ subjectKey, occurrence, rung, offsetDays, recipientEmail, plannedAt, outcome })
    .from(reminder)
    .where(
      and(
        eq(reminder.organisationId, organisationId),
        gte(reminder.occurrence, fromOccurrence),
        clientId === undefined ? undefined : eq(reminder.clientId, clientId),
      ),
    )
}

const INSERTED_AT_ONCE = 500

/** Fails as a whole where one of them is there already. */
export async function insertReminders(tx: Tx, rows: (typeof reminder.$inferInsert)[]): Promise<void> {
  for (let start = 0; start < rows.length; start += INSERTED_AT_ONCE)
    await tx.insert(reminder).values(rows.slice(start, start + INSERTED_AT_ONCE))
}

/** Newest first, each with how its mail stands. @param which of one client, and not more than so many */
export async function listReminders(
  tx: Tx,
  organisationId: string,
  which: { clientId?: string; limit: number },
) {
  return tx
    .select({
      reminder,
      clientName: client.legalName,
      mailState: mailMessage.state,
      mailFailure: mailMessage.failure,
    })
    .from(reminder)
    .innerJoin(
      client,
      and(eq(client.organisationId, reminder.organisationId), eq(client.id, reminder.clientId)),
    )
    .leftJoin(
      mailMessage,
      and(eq(mailMessage.organisationId, reminder.organisationId), eq(mailMessage.id, reminder.mailId)),
    )
    .where(
      and(
        eq(reminder.organisationId, organisationId),
        which.clientId === undefined ? undefined : eq(reminder.clientId, which.clientId),
      ),
    )
    .orderBy(desc(reminder.at), desc(reminder.id))
    .limit(which.limit)
}

export async function listRemindersOfMail(
  tx: Tx,
  organisationId: string,
  mailId: string,
): Promise<ReminderRow[]> {
  return tx
    .select()
    .from(reminder)
    .where(and(eq(reminder.organisationId, organisationId), eq(reminder.mailId, mailId)))
}

const ofMember = (organisationId: string, userId: string) =>
  and(
    eq(reminder.organisationId, organisationId),
    eq(reminder.userId, userId),
    ne(reminder.outcome, 'collapsed'),
  )

export async function countUnread(tx: Tx, organisationId: string, userId: string): Promise<number> {
  const [row] = await tx
    .select({ unread: count() })
    .from(reminder)
    .where(and(ofMember(organisationId, userId), isNull(reminder.readAt)))
  return row?.unread ?? 0
}

/** Unread ones first, each part with the newest first. */
export async function listNotices(tx: Tx, organisationId: string, userId: string, limit: number) {
  return tx
    .select({ reminder, clientName: client.legalName })
    .from(reminder)
    .innerJoin(
      client,
      and(eq(client.organisationId, reminder.organisationId), eq(client.id, reminder.clientId)),
    )
    .where(ofMember(organisationId, userId))
    .orderBy(asc(isNotNull(reminder.readAt)), desc(reminder.at), desc(reminder.id))
    .limit(limit)
}

/** @param id all of the member's where absent; what was read before stays as it is */
export async function markRead(tx: Tx, organisationId: string, userId: string, readAt: Date, id?: string) {
  await tx
    .update(reminder)
    .set({ readAt })
    .where(
      and(
        ofMember(organisationId, userId),
        isNull(reminder.readAt),
        id === undefined ? undefined : eq(reminder.id, id),
      ),
    )
}

/** Those that stand. @param since without those that ended before this day */
export async function listHolds(tx: Tx, organisationId: string, since: string): Promise<ReminderHoldRow[]> {
  return tx
    .select()
    .from(reminderHold)
    .where(
      and(
        eq(reminderHold.organisationId, organisationId),
        isNull(reminderHold.liftedAt),
        or(isNull(reminderHold.untilOn), gte(reminderHold.untilOn, since)),
      ),
    )
    .orderBy(desc(reminderHold.recordedAt), desc(reminderHold.id))
}

export async function insertHold(tx: Tx, row: typeof reminderHold.$inferInsert) {
  await tx.insert(reminderHold).values(row)
}

/** @returns those that stood until now */
export async function liftHolds(
  tx: Tx,
  organisationId: string,
  subjectKey: string,
  lifted: { liftedAt: Date; liftedByName: string },
): Promise<ReminderHoldRow[]> {
  return tx
    .update(reminderHold)
    .set(lifted)
    .where(
      and(
        eq(reminderHold.organisationId, organisationId),
        eq(reminderHold.subjectKey, subjectKey),
        isNull(reminderHold.liftedAt),
      ),
    )
    .returning()
}

/** Mails that stand as on their way since before a moment, whatever they are about. */
export async function listStuckMails(tx: Tx, organisationId: string, before: Date): Promise<string[]> {
  const rows = await tx
    .select({ id: mailMessage.id })
    .from(mailMessage)
    .where(
      and(
        eq(mailMessage.organisationId, organisationId),
        eq(mailMessage.state, 'queued'),
        lt(mailMessage.queuedAt, before),
      ),
    )
  return rows.map(({ id }) => id)
}
