/** What an organisation, a client or an application says of its schedules, and the dates that come of it. */
import type { Level, Resolved } from '#app/schedule/cascade.ts'
import { daysAround, findNever, nextOccurrences } from '#app/schedule/occurrences.ts'
import { parseRule } from '#app/schedule/rule.ts'
import { describeRule } from '#app/schedule/rule-words.ts'
import type { Tx } from '#db/client.server.ts'
import { findApplication } from '#db/queries/applications.server.ts'
import { noteSchedulesNoted } from '#db/queries/reminders.server.ts'
import * as schedules from '#db/queries/schedules.server.ts'
import { listSettledDates } from '#db/queries/settled-dates.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { dayInWords } from './guest-mails.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member, requireOwner } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { PURPOSES, type Purpose, type ScheduleChangeInput, type ScheduleInput } from './schedule-input.ts'
import { listScheduled } from './schedule-occurrences.server.ts'
import {
  byScope,
  resolveSchedule,
  type ScheduleFields,
  type ScheduleSubject,
  scheduleOf,
} from './schedule-resolving.ts'

/** Whose schedules: the organisation's defaults, a client's, or an application's of it. */
export interface Scope {
  clientId: string | null
  applicationId: string | null
}

export interface ShownSchedule {
  purpose: Purpose
  resolved: Resolved<ScheduleFields>
  /** What would count if this level said nothing. */
  inherited: Resolved<ScheduleFields>
  inheritedWords: string
  /** What this level says itself. */
  own: Pick<schedules.ScheduleSettingRow, keyof ScheduleFields | 'version'> | null
  ruleWords: string
  next: { plannedOn: string; on: string; at: Date }[]
  changes: (schedules.ScheduleChangeRow & { isOwn: boolean })[]
}

const NEXT_DATES = 5
/** About the last year of a client. */
const SETTLED_SHOWN = 12

/**
 * @throws NotFoundError also for an application of another client
 */
export async function listSchedules(member: Member, scope: Scope) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const subject = await subjectOf(tx, organisationId, scope, now)
    const settings = await schedules.listScheduleSettings(tx, organisationId, scope.clientId ?? undefined)
    const changes = await schedules.listScheduleChanges(tx, organisationId, scope.clientId ?? undefined)
    const shown = await Promise.all(
      PURPOSES.map(async (purpose) => {
        const since = await sinceOf(tx, purpose, subject)
        return showSchedule(purpose, { ...subject, since }, settings, changes, now)
      }),
    )
    const noted =
      scope.clientId === null
        ? []
        : await schedules.listNotedOccurrences(tx, organisationId, {
            ...{ from: '9999-12-31', clientId: scope.clientId },
          })
    const settled =
      scope.clientId === null ? [] : await listSettledDates(tx, organisationId, scope.clientId, SETTLED_SHOWN)
    const applications =
      scope.clientId === null
        ? []
        : await schedules.listAttestedApplications(tx, organisationId, scope.clientId)
    return { today: now.toISOString().slice(0, 10), schedules: shown, noted, settled, applications }
  })
}

async function subjectOf(
  tx: Tx,
  organisationId: string,
  { clientId, applicationId }: Scope,
  now: Date,
): Promise<ScheduleSubject> {
  const subject = { organisationId, clientId, applicationId, since: now }
  if (clientId === null) return subject
  const client = await getClientRow(tx, organisationId, clientId)
  if (applicationId === null) return { ...subject, since: client.createdAt }
  const application = await findApplication(tx, organisationId, applicationId)
  if (!application || application.clientId !== clientId) throw new NotFoundError('No such application')
  return subject
}

/** A client's page shows what its newest attestation gives, although each application counts for itself. */
async function sinceOf(tx: Tx, purpose: Purpose, subject: ScheduleSubject): Promise<Date> {
  if (subject.clientId === null || purpose !== 're-attestation') return subject.since
  const attested = (await listScheduled(tx, subject.organisationId, subject.clientId)).filter(
    (one) =>
      one.purpose === purpose &&
      (subject.applicationId === null || one.applicationId === subject.applicationId),
  )
  const newest = attested.sort((a, b) => b.since.getTime() - a.since.getTime())[0]
  return newest?.since ?? subject.since
}

function showSchedule(
  purpose: Purpose,
  subject: ScheduleSubject,
  settings: schedules.ScheduleSettingRow[],
  changes: schedules.ScheduleChangeRow[],
  now: Date,
): ShownSchedule {
  const resolved = resolveSchedule(purpose, subject, byScope(settings))
  const scopeId = subject.applicationId ?? subject.clientId ?? subject.organisationId
  const own = settings.find((row) => row.scopeId === scopeId && row.purpose === purpose) ?? null
  const inherited = resolveSchedule(purpose, subject, byScope(settings.filter((row) => row !== own)))
  const schedule = scheduleOf(purpose, subject, resolved, byScope(changes))
  const scopes = [subject.applicationId, subject.clientId, subject.organisationId]
  return {
    purpose,
    resolved,
    own,
    inherited,
    inheritedWords: wordsOf(inherited.rule.value),
    ruleWords: wordsOf(resolved.rule.value),
    next: resolved.isOn.value ? nextOccurrences(schedule, now, NEXT_DATES) : [],
    changes: changes
      .filter((change) => change.purpose === purpose && scopes.includes(change.scopeId))
      .map((change) => ({ ...change, isOwn: change.scopeId === scopeId })),
  }
}

function wordsOf(rule: string): string {
  const parsed = parseRule(rule)
  return parsed.ok ? describeRule(parsed.rule) : rule
}

/**
 * @returns `conflict` when somebody saved another version since `seenVersion`
 * @throws NotFoundError; RefusedError `owner` for the organisation's defaults, `never` for a rule without any day
 */
export async function saveSchedule(
  member: Member,
  scope: Scope,
  purpose: Purpose,
  { seenVersion, ...fields }: ScheduleInput,
): Promise<'saved' | 'conflict'> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const { clientId, applicationId } = scope
  const at = clock()
  if (clientId === null) requireOwner(member, 'changes its defaults')
  return database.inOrganisation(organisationId, async (tx) => {
    const subject = await subjectOf(tx, organisationId, scope, at)
    if (purpose === 're-attestation') refuseTooOften(fields.rule)
    refuseNever(fields.rule, fields.startsOn ?? subject.since.toISOString().slice(0, 10))
    const level: Exclude<Level, 'built-in'> = applicationId
      ? 'application'
      : clientId
        ? 'client'
        : 'organisation'
    const scopeId = applicationId ?? clientId ?? organisationId
    const row = { organisationId, scopeId, purpose, level, clientId, applicationId, ...fields }
    const changed = { changedByName: member.name, changedAt: at }
    if (!(await schedules.putScheduleSetting(tx, { ...row, ...changed }, seenVersion))) return 'conflict'
    await noteSchedulesNoted(tx, organisationId, null)
    await recordInLedger(tx, organisationId, {
      kind: 'schedule.changed',
      actor: actorOf(member),
      at,
      payload: { purpose, level, clientId, applicationId, ...fields },
    })
    return 'saved'
  })
}

/** Its periods are whole months, so what comes more often would be reminded of and could not be begun. */
function refuseTooOften(rule: string | null): void {
  const parsed = rule === null ? null : parseRule(rule)
  if (parsed?.ok && (parsed.rule.frequency === 'DAILY' || parsed.rule.frequency === 'WEEKLY'))
    throw new RefusedError(
      'too-often',
      'A re-attestation covers whole months. Choose a day of the month, or begin the rule with FREQ=MONTHLY or FREQ=YEARLY.',
    )
}

function refuseNever(rule: string | null, startsOn: string): void {
  if (rule === null) return
  const parsed = parseRule(rule)
  const problem = parsed.ok ? findNever(parsed.rule, startsOn) : parsed.problem
  if (problem) throw new RefusedError('never', problem)
}

/**
 * A date that was changed before at this level is changed anew: the newer takes the place of the earlier.
 * @throws as `saveSchedule`; RefusedError `too-far`, `no-such-date` for one date that the rule does not give
 */
export async function changeDates(
  member: Member,
  scope: Scope,
  purpose: Purpose,
  input: ScheduleChangeInput,
): Promise<void> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const { clientId } = scope
  const at = clock()
  if (clientId === null) requireOwner(member, 'changes its defaults')
  await database.inOrganisation(organisationId, async (tx) => {
    const subject = await subjectOf(tx, organisationId, scope, at)
    const isOneDate = input.kind !== 'pause'
    if (isOneDate) await refuseStrangeDate(tx, purpose, subject, input.fromOn)
    if (input.movedTo && Math.abs(Date.parse(input.movedTo) - Date.parse(input.fromOn)) > 90 * 86_400_000)
      throw new RefusedError('too-far', 'A date moves by 90 days at most. Leave it out instead.')
    const id = newId()
    const scopeId = scope.applicationId ?? clientId ?? organisationId
    const which = { scopeId, purpose, fromOn: input.fromOn }
    const removed = { removedAt: at, removedByName: member.name }
    const replaced = isOneDate ? await schedules.replaceDateChanges(tx, organisationId, which, removed) : []
    await schedules.insertScheduleChange(tx, {
      ...{ organisationId, id, scopeId, purpose, clientId },
      ...input,
      recordedByName: member.name,
      recordedAt: at,
    })
    await noteSchedulesNoted(tx, organisationId, null)
    await recordInLedger(tx, organisationId, {
      kind: 'schedule.date-changed',
      actor: actorOf(member),
      at,
      payload: { changeId: id, purpose, ...scope, ...input, ...(replaced.length > 0 ? { replaced } : {}) },
    })
  })
}

/** What is said for many counts where any of them has the date: their rules may differ. */
async function refuseStrangeDate(
  tx: Tx,
  purpose: Purpose,
  subject: ScheduleSubject,
  day: string,
): Promise<void> {
  const { organisationId, clientId, applicationId } = subject
  const settings = byScope(await schedules.listScheduleSettings(tx, organisationId, clientId ?? undefined))
  const meant = (await listScheduled(tx, organisationId, clientId ?? undefined)).filter(
    (one) => one.purpose === purpose && (applicationId === null || one.applicationId === applicationId),
  )
  const found = (meant.length > 0 ? meant : [subject]).flatMap((one) => {
    const { rule, startsOn } = resolveSchedule(purpose, one, settings)
    return daysAround({ rule: rule.value, startsOn: startsOn.value }, day)
  })
  if (found.includes(day)) return
  // In order: the nearest of all before it, and of all after it.
  const days = [...new Set(found)].sort()
  const nearest = [days.filter((one) => one < day).at(-1), days.find((one) => one > day)]
  const named = nearest.flatMap((one) => (one === undefined ? [] : [dayInWords(one)])).join(' and ')
  throw new RefusedError(
    'no-such-date',
    named
      ? `The schedule gives no date on ${dayInWords(day)}. The nearest that it gives: ${named}. Enter one of these.`
      : 'The schedule gives no date at all. Change its rule first.',
  )
}

/** @throws NotFoundError; RefusedError `owner` */
export async function takeBackChange(
  member: Member,
  clientId: string | null,
  changeId: string,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  if (clientId === null) requireOwner(member, 'changes its defaults')
  await database.inOrganisation(organisationId, async (tx) => {
    const removed = { removedAt: at, removedByName: member.name }
    const row = await schedules.removeScheduleChange(tx, organisationId, { id: changeId, clientId }, removed)
    if (!row) throw new NotFoundError('No such change')
    await noteSchedulesNoted(tx, organisationId, null)
    await recordInLedger(tx, organisationId, {
      kind: 'schedule.date-change-removed',
      actor: actorOf(member),
      at,
      payload: { changeId, purpose: row.purpose, clientId },
    })
  })
}
