/** Backup job reports as CSV, of any console: one row a run, or one row a job with its last run. */
import { outcomeOf } from './backup-jobs/outcome.ts'
import { type Columns, hasHeader, readHeader, sniffRows } from './csv-reader.ts'
import type { Importer } from './importer.ts'
import type { Moment } from './scan/dates.ts'
import { type FactSetting, makeFact, makePercent } from './scan/make-fact.ts'
import { dateOfList, readTable } from './scan/table.ts'
import { detach, many } from './scan/text.ts'

const JOB = [
  'Job Name',
  'Job',
  'Backup Job',
  'Plan Name',
  'Backup Plan',
  'Task Name',
  'Backup Name',
  'Protected Item',
  'Backup Item',
]
const STATUS = [
  'Last Result',
  'Job Status',
  'Last Status',
  'Backup Status',
  'Result',
  'Status',
  'Last Backup Status',
  'Outcome',
]
const ENDED = [
  'End Time',
  'Finish Time',
  'Completed',
  'Completed At',
  'Completion Time',
  'End Date',
  'Last Run',
  'Last Backup',
  'Last Run Time',
  'Last Successful Backup',
  'Start Time',
  'Started',
  'Date',
]
const MACHINE = [
  'Machine',
  'Computer',
  'Server',
  'Device',
  'Host',
  'Hostname',
  'Workload',
  'VM',
  'Client',
  'Source',
  'Protected System',
]

const DAY = 86_400_000
const PERIOD_DAYS = 30

const isBackupTable = (columns: Columns) =>
  JOB.some((name) => columns.has(name)) &&
  STATUS.some((name) => columns.has(name)) &&
  ENDED.some((name) => columns.has(name))

export const backupJobsImporter: Importer = {
  format: 'backup-jobs',
  label: 'Backup job report (CSV)',
  evidenceKind: 'backup-job-report',

  // Other exports have jobs and results too: the table must say that it is about backups.
  recognises: (head) =>
    sniffRows(head).some((cells) => {
      const columns = readHeader(cells)
      return (
        isBackupTable(columns) &&
        cells.some((cell) => /backup|restore point|retention|recovery point/i.test(cell))
      )
    }) || hasHeader(head, 'Job Name', 'Session Type', 'Result', 'End Time'),

  read(bytes, options) {
    const tally = { succeeded: 0, warned: 0, failed: 0, running: 0, unclear: 0, undated: 0 }
    const runs: { time: number; outcome: 'succeeded' | 'warned' | 'failed' }[] = []
    const jobs = new Set<string>()
    const machines = new Set<string>()
    let newest: Moment | null = null
    let newestSuccess: Moment | null = null
    let dropped = 0
    return readTable(
      bytes,
      {
        isHeader: isBackupTable,
        row(cell, _, moment) {
          const pick = (names: string[]) => names.map((name) => cell(name)).find((text) => text !== '') ?? ''
          if (jobs.size < 100_000) jobs.add(detach(pick(JOB).slice(0, 200)))
          const machine = pick(MACHINE)
          if (machine && machines.size < 100_000) machines.add(detach(machine.slice(0, 200)))
          const outcome = outcomeOf(pick(STATUS))
          if (outcome === null) tally.unclear += 1
          else tally[outcome] += 1
          const when = moment(ENDED)
          if (when === null) {
            tally.undated += 1
            return
          }
          if (!newest || when.time > newest.time) newest = when
          if (outcome === null || outcome === 'running') return
          if (outcome !== 'failed' && (!newestSuccess || when.time > newestSuccess.time)) newestSuccess = when
          if (runs.length < 1_000_000) runs.push({ time: when.time, outcome })
          else dropped += 1
        },
        finish() {
          const scope = `Backup jobs: ${many(jobs.size, 'job')}${machines.size > 0 ? ` of ${many(machines.size, 'machine')}` : ''}`
          const date = dateOfList(newest && new Date((newest as Moment).time), options)
          const setting: FactSetting | null = date.observedAt && {
            viewpoint: 'tenant',
            subject: scope,
            collector: 'Backup job report',
            observedAt: date.observedAt,
            gaps: [
              ...(tally.unclear > 0
                ? [`The result of ${many(tally.unclear, 'run')} could not be read.`]
                : []),
              ...(tally.undated > 0 ? [`${many(tally.undated, 'run')} without a time.`] : []),
              ...(dropped > 0 ? ['Only the first million runs were counted.'] : []),
            ],
          }
          const facts = []
          if (setting && newestSuccess) {
            const hours = Math.max(
              0,
              (setting.observedAt.getTime() - (newestSuccess as Moment).time) / 3_600_000,
            )
            facts.push(
              makeFact(setting, 'backup.last_success_age_hours', Math.floor(hours), {
                note: 'The newest run that succeeded, of any job.',
              }),
            )
          }
          if (setting) {
            const since = setting.observedAt.getTime() - PERIOD_DAYS * DAY
            const recent = runs.filter(({ time }) => time >= since)
            const good = recent.filter(({ outcome }) => outcome !== 'failed').length
            const warned = recent.filter(({ outcome }) => outcome === 'warned').length
            const span = runs.reduce((first, { time }) => Math.min(first, time), Number.POSITIVE_INFINITY)
            facts.push(
              makePercent(setting, 'backup.job_success_percent_30d', good, recent.length, {
                gaps: [
                  Number.isFinite(span) && span > since + 2 * DAY
                    ? `The report reaches back to ${new Date(span).toISOString().slice(0, 10)} only, not over 30 days.`
                    : null,
                ],
                note: warned > 0 ? `${many(warned, 'run')} of them ended with warnings.` : null,
              }),
            )
          }
          const { undated: _, unclear, ...counts } = tally
          return {
            summary: {
              format: 'backup-jobs',
              tool: 'Backup console',
              toolVersion: null,
              scanDate: newest ? new Date((newest as Moment).time).toISOString() : null,
              scope,
              gaps: [],
              counts: { ...counts, unclear, jobs: jobs.size, machines: machines.size },
              facts: facts.filter((fact) => fact !== null),
            },
            warnings: date.warning ? [date.warning] : [],
          }
        },
      },
      options,
    )
  },
}
