/** Which schedule counts for a client or an application: each field from the nearest level that says it. Pure. */
import { type Layer, type Level, type Resolved, resolveLayers } from '#app/schedule/cascade.ts'
import type { Schedule } from '#app/schedule/occurrences.ts'
import { ruleOfChoice } from '#app/schedule/rule-words.ts'
import { shiftDay } from '#app/schedule/zone.ts'
import type { ScheduleChangeRow, ScheduleSettingRow } from '#db/queries/schedules.server.ts'
import type { Purpose } from './schedule-input.ts'

export interface ScheduleFields {
  isOn: boolean
  rule: string
  startsOn: string
  timeZone: string
  localHour: number
}
export const SCHEDULE_FIELDS = ['isOn', 'rule', 'startsOn', 'timeZone', 'localHour'] as const

/** Every quarter, as practice.md §4 has it. */
const USUAL_MONTHS = 3
const USUAL_HOUR = 9

/** What a schedule is for; the organisation's own defaults are for nothing yet. */
export interface ScheduleSubject {
  organisationId: string
  clientId: string | null
  applicationId: string | null
  /** Counted from this day where nobody names a first one: that of the cover attested last, or the day the client came. */
  since: Date
  /** Where it was attested in the middle of its cover: nothing is asked again for a day before. */
  attestedOn?: string | undefined
}

/** What is said of an organisation, a client or an application: asked for once per subject, so found without a search. */
export type ByScope<Row> = ReadonlyMap<string | null, readonly Row[]>

export function byScope<Row extends { scopeId: string }>(rows: readonly Row[]): ByScope<Row> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.scopeId)
    if (group) group.push(row)
    else groups.set(row.scopeId, [row])
  }
  return groups
}

export function resolveSchedule(
  purpose: Purpose,
  subject: ScheduleSubject,
  settings: ByScope<ScheduleSettingRow>,
): Resolved<ScheduleFields> {
  const layerOf = (level: Exclude<Level, 'built-in'>, scopeId: string | null): Layer<ScheduleFields>[] => {
    const row = settings.get(scopeId)?.find((one) => one.purpose === purpose)
    return row ? [{ level, values: row }] : []
  }
  const sinceOn = subject.since.toISOString().slice(0, 10)
  return resolveLayers<ScheduleFields>(SCHEDULE_FIELDS, [
    ...layerOf('application', subject.applicationId),
    ...layerOf('client', subject.clientId),
    ...layerOf('organisation', subject.organisationId),
    {
      level: 'built-in',
      values: {
        // Where something was attested it is attested again; meetings and scans are nobody's default.
        isOn: purpose === 're-attestation',
        rule: ruleOfChoice({ kind: 'month-day', months: USUAL_MONTHS, day: Number(sinceOn.slice(8)) }),
        startsOn: shiftDay(sinceOn, 1),
        timeZone: 'UTC',
        localHour: USUAL_HOUR,
      },
    },
  ])
}

/**
 * Pauses of every level hold; of one date the nearest change counts, and of several of one level the newest.
 * @param changes the newest first
 */
export function scheduleOf(
  purpose: Purpose,
  subject: ScheduleSubject,
  resolved: Resolved<ScheduleFields>,
  changes: ByScope<ScheduleChangeRow>,
): Schedule {
  const scopes = [subject.applicationId, subject.clientId, subject.organisationId]
  const own = scopes.flatMap((scope) =>
    (changes.get(scope) ?? []).filter((change) => change.purpose === purpose),
  )
  return {
    rule: resolved.rule.value,
    startsOn: resolved.startsOn.value,
    timeZone: resolved.timeZone.value,
    hour: resolved.localHour.value,
    pauses: [
      ...(subject.attestedOn ? [{ from: '0001-01-01', until: subject.attestedOn }] : []),
      ...own
        .filter(({ kind }) => kind === 'pause')
        .map(({ fromOn, untilOn }) => ({ from: fromOn, until: untilOn })),
    ],
    changes: own
      .filter(({ kind }) => kind !== 'pause')
      .map(({ fromOn, movedTo }) => ({ on: fromOn, movedTo })),
  }
}
