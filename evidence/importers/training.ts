/** Awareness training as CSV: one row a person and assignment, in KnowBe4's manner or any other platform's. */
import { type Columns, hasHeader, readHeader, sniffRows } from './csv-reader.ts'
import { ImportError, type Importer } from './importer.ts'
import { type FactSetting, makeFact, makePercent } from './scan/make-fact.ts'
import { percentOf, scaleOf } from './scan/percent.ts'
import { dateOfList, MAXIMUM_MEMBERS, readTable } from './scan/table.ts'
import { detach, many } from './scan/text.ts'
import { stateOf } from './training/state.ts'

const EMAIL = ['Email', 'Email Address', 'User Email', 'Username', 'Learner Email', 'Employee Email', 'User']
const STATUS = ['Status', 'Enrollment Status', 'Completion Status', 'Training Status', 'Course Status']
const PROGRESS = [
  'Progress',
  'Completion %',
  'Percent Complete',
  '% Complete',
  'Completion Percentage',
  'Completion',
]
const COURSE = [
  'Campaign Name',
  'Training Campaign',
  'Campaign',
  'Module Name',
  'Course',
  'Course Name',
  'Training',
  'Training Name',
  'Content Name',
  'Assignment',
  'Module',
]
const COMPLETED = [
  'Completion Date',
  'Completed Date',
  'Completed On',
  'Date Completed',
  'Completed At',
  'Completed',
]
const STARTED = [
  'Enrollment Date',
  'Assigned Date',
  'Assigned On',
  'Start Date',
  'Enrolled On',
  'Date Assigned',
]

const YEAR = 365 * 86_400_000
const some = (columns: Columns, names: string[]) => names.some((name) => columns.has(name))
const isTrainingTable = (columns: Columns) =>
  some(columns, EMAIL) &&
  some(columns, COURSE) &&
  (some(columns, STATUS) || some(columns, PROGRESS) || some(columns, COMPLETED)) &&
  // What people did with a test mail is another table.
  !['Clicked', 'Clicked At', 'Opened', 'Opened At', 'Phish-prone'].some((name) => columns.has(name))

export const trainingImporter: Importer = {
  format: 'training',
  label: 'Awareness training report (CSV)',
  evidenceKind: 'training-completion-report',

  recognises: (head) =>
    sniffRows(head).some((cells) => {
      const columns = readHeader(cells)
      return (
        isTrainingTable(columns) &&
        (some(columns, ['Status', ...STATUS, ...PROGRESS]) || some(columns, COMPLETED))
      )
    }) && !hasHeader(head, 'Plugin ID'),

  read(bytes, options) {
    const people = new Map<string, { completedAt: number }>()
    const campaigns = new Set<string>()
    const progress: { email: string; text: string }[] = []
    let newest = Number.NEGATIVE_INFINITY
    let lastCampaign = Number.NEGATIVE_INFINITY
    const tally = { completed: 0, inProgress: 0, notStarted: 0, unclear: 0, undated: 0 }
    const person = (email: string) => {
      const known = people.get(email)
      if (known) return known
      if (people.size >= MAXIMUM_MEMBERS)
        throw new ImportError('too-large', `The list names more than ${many(MAXIMUM_MEMBERS, 'person')}.`)
      const added = { completedAt: Number.NEGATIVE_INFINITY }
      people.set(detach(email), added)
      return added
    }
    return readTable(
      bytes,
      {
        isHeader: isTrainingTable,
        row(cell, _, moment) {
          const pick = (names: string[]) => names.map((name) => cell(name)).find((text) => text !== '') ?? ''
          const email = pick(EMAIL).toLowerCase().slice(0, 320)
          if (email === '') return
          const who = person(email)
          const course = pick(COURSE)
          if (campaigns.size < 10_000) campaigns.add(detach(course.slice(0, 200)))
          const started = moment(STARTED)?.time
          const completed = moment(COMPLETED)?.time
          lastCampaign = Math.max(lastCampaign, started ?? completed ?? Number.NEGATIVE_INFINITY)
          newest = Math.max(newest, completed ?? started ?? Number.NEGATIVE_INFINITY)
          const state = stateOf(pick(STATUS))
          if (state === null && pick(PROGRESS) !== '') {
            if (progress.length < MAXIMUM_MEMBERS) progress.push({ email, text: pick(PROGRESS) })
            return
          }
          const outcome = state ?? (completed !== undefined ? 'completed' : 'unclear')
          tally[outcome] += 1
          if (outcome !== 'completed') return
          if (completed === undefined) tally.undated += 1
          // Said to be completed, at no named time: as of the list's own date.
          who.completedAt = Math.max(who.completedAt, completed ?? Number.POSITIVE_INFINITY)
        },
        finish() {
          const scale = scaleOf(progress.map(({ text }) => text))
          for (const { email, text } of progress) {
            const done = percentOf(text, scale)
            if (done === null) tally.unclear += 1
            else if (done >= 100) {
              tally.completed += 1
              person(email).completedAt = Number.POSITIVE_INFINITY
            } else tally[done > 0 ? 'inProgress' : 'notStarted'] += 1
          }
          const scope = `Awareness training of ${many(people.size, 'person')}`
          const own = Number.isFinite(newest) ? new Date(newest) : null
          // The list is as new as whoever exported it says; its rows are only at most that old.
          const date =
            own && own > options.now ? dateOfList(own, options) : dateOfList(options.statedOn ?? own, options)
          const setting: FactSetting | null = date.observedAt && {
            viewpoint: 'tenant',
            subject: scope,
            collector: 'Training report',
            observedAt: date.observedAt,
            gaps:
              tally.unclear > 0
                ? [`The state of ${many(tally.unclear, 'assignment')} could not be read.`]
                : [],
          }
          const facts = []
          if (setting) {
            const since = setting.observedAt.getTime() - YEAR
            const done = [...people.values()].filter(({ completedAt }) => completedAt >= since).length
            facts.push(
              makePercent(setting, 'training.completion_percent_12m', done, people.size, {
                gaps: [
                  tally.undated > 0 && !options.statedOn
                    ? `${many(tally.undated, 'completion')} without a date.`
                    : null,
                ],
                note: 'People of the list who completed at least one training within twelve months.',
              }),
            )
            if (Number.isFinite(lastCampaign) && lastCampaign <= options.now.getTime())
              facts.push(
                makeFact(
                  setting,
                  'training.last_campaign_date',
                  new Date(lastCampaign).toISOString().slice(0, 10),
                ),
              )
          }
          return {
            summary: {
              format: 'training',
              tool: 'Training platform',
              toolVersion: null,
              scanDate: own?.toISOString() ?? null,
              scope,
              gaps: [],
              counts: { people: people.size, campaigns: campaigns.size, ...tally },
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
