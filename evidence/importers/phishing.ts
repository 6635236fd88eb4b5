/** Phishing tests as CSV: one row a campaign with its counts, or one row a person and mail with what they did. */
import { type Columns, readHeader, sniffRows } from './csv-reader.ts'
import type { Importer } from './importer.ts'
import { type FactSetting, makeFact, makePercent } from './scan/make-fact.ts'
import { percentOf, scaleOf } from './scan/percent.ts'
import { dateOfList, flagOf, readTable } from './scan/table.ts'
import { parseTableMoment } from './scan/table-dates.ts'
import { detach, many } from './scan/text.ts'

const DELIVERED = [
  'Delivered',
  'Delivered Count',
  'Emails Delivered',
  'Sent',
  'Recipients',
  'Scheduled',
  'Delivered At',
]
const CLICKED = [
  'Clicked',
  'Clicked Count',
  'Clicks',
  'Clicked At',
  'Failures',
  'Link Clicked',
  'Compromised',
]
const REPORTED = ['Reported', 'Reported Count', 'Reported At', 'Phish Alerts', 'Reported Phish']
const PRONE = [
  'Phish-prone Percentage',
  'Phish Prone %',
  'Phish-prone %',
  'Phish-prone',
  'PPP',
  'Phish Prone Percentage',
  'Failure Rate',
  'Click Rate',
  'Phish-Prone Percentage',
]
const NAME = [
  'Campaign Name',
  'Campaign',
  'Phishing Campaign',
  'PST Name',
  'Name',
  'Test Name',
  'Template',
  'Email Template',
]
const PERSON = ['Email', 'Email Address', 'User Email', 'Recipient', 'User']
const WHEN = [
  'Started At',
  'Start Date',
  'Date',
  'Campaign Date',
  'Delivered At',
  'Sent At',
  'Sent Date',
  'Created At',
  'Send Date',
  'Started',
]

const YEAR = 365 * 86_400_000
const some = (columns: Columns, names: string[]) => names.some((name) => columns.has(name))
const isPhishingTable = (columns: Columns) =>
  some(columns, NAME) &&
  (some(columns, PRONE) || (some(columns, CLICKED) && (some(columns, DELIVERED) || some(columns, PERSON))))

interface Campaign {
  delivered: number
  clicked: number
  reported: number
  /** The platform's own figure, where it tells no counts. */
  prone: string
  at: number
}

export const phishingImporter: Importer = {
  format: 'phishing',
  label: 'Phishing test report (CSV)',
  evidenceKind: 'phishing-campaign-report',

  recognises: (head) => sniffRows(head).some((cells) => isPhishingTable(readHeader(cells))),

  read(bytes, options) {
    const campaigns = new Map<string, Campaign>()
    let perPerson = false
    let reportedKnown = false
    let unclear = 0
    return readTable(
      bytes,
      {
        isHeader(columns) {
          if (!isPhishingTable(columns)) return false
          perPerson = some(columns, PERSON)
          reportedKnown = some(columns, REPORTED)
          return true
        },
        row(cell, _, moment) {
          const pick = (names: string[]) => names.map((name) => cell(name)).find((text) => text !== '') ?? ''
          const name = pick(NAME).slice(0, 200)
          const at = moment(WHEN)?.time ?? Number.NaN
          const campaign = campaigns.get(name) ?? {
            delivered: 0,
            clicked: 0,
            reported: 0,
            prone: '',
            at: Number.NEGATIVE_INFINITY,
          }
          if (!campaigns.has(name)) {
            if (campaigns.size >= 100_000) return
            campaigns.set(detach(name), campaign)
          }
          if (!Number.isNaN(at)) campaign.at = Math.max(campaign.at, at)
          if (perPerson) {
            campaign.delivered += 1
            if (happened(pick(CLICKED))) campaign.clicked += 1
            if (happened(pick(REPORTED))) campaign.reported += 1
            return
          }
          const counts = [DELIVERED, CLICKED, REPORTED].map((names) => countIn(pick(names)))
          if (counts[0] === null && pick(PRONE) === '') unclear += 1
          campaign.delivered += counts[0] ?? 0
          campaign.clicked += counts[1] ?? 0
          campaign.reported += counts[2] ?? 0
          campaign.prone ||= detach(pick(PRONE).slice(0, 20))
        },
        finish() {
          const all = [...campaigns.values()]
          const newest = all.reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY)
          const own = Number.isFinite(newest) ? new Date(newest) : null
          const date = dateOfList(own, options)
          const setting: FactSetting | null = date.observedAt && {
            viewpoint: 'tenant',
            subject: 'Phishing tests',
            collector: 'Phishing test report',
            observedAt: date.observedAt,
            gaps: unclear > 0 ? [`The counts of ${many(unclear, 'campaign')} could not be read.`] : [],
            note: date.note,
          }
          return {
            summary: {
              format: 'phishing',
              tool: 'Phishing test platform',
              toolVersion: null,
              scanDate: own?.toISOString() ?? null,
              scope: 'Phishing tests',
              gaps: [],
              counts: {
                campaigns: campaigns.size,
                delivered: sum(all, 'delivered'),
                clicked: sum(all, 'clicked'),
                reported: sum(all, 'reported'),
              },
              facts: setting ? factsOf(setting, all, reportedKnown) : [],
            },
            warnings: date.warning ? [date.warning] : [],
          }
        },
      },
      options,
    )
  },
}

function factsOf(setting: FactSetting, all: Campaign[], reportedKnown: boolean) {
  const since = setting.observedAt.getTime() - YEAR
  // A campaign without a date counts for none of the last twelve months.
  const recent = all.filter(({ at }) => at >= since)
  const counted = recent.length > 0 ? recent : all
  const delivered = sum(counted, 'delivered')
  const scale = scaleOf(all.map(({ prone }) => prone))
  const told = counted.map(({ prone }) => percentOf(prone, scale)).filter((percent) => percent !== null)
  const average = told.length > 0 ? told.reduce((total, percent) => total + percent, 0) / told.length : null
  const over = `Counted over ${many(counted.length, 'campaign')}.`
  return [
    delivered > 0
      ? makePercent(setting, 'phish.prone_percent', Math.min(sum(counted, 'clicked'), delivered), delivered, {
          note: over,
        })
      : average === null
        ? null
        : makeFact(setting, 'phish.prone_percent', average, {
            note: `The mean of the platform's own figures. ${over}`,
          }),
    reportedKnown && delivered > 0
      ? makePercent(
          setting,
          'phish.reported_percent',
          Math.min(sum(counted, 'reported'), delivered),
          delivered,
          { note: over },
        )
      : null,
    makeFact(setting, 'phish.campaigns_12m', recent.length),
  ].filter((fact) => fact !== null)
}

const sum = (campaigns: Campaign[], field: 'delivered' | 'clicked' | 'reported') =>
  campaigns.reduce((total, campaign) => total + campaign[field], 0)

/** A time, a `yes` or a number above zero all say that it happened. */
function happened(text: string): boolean {
  return flagOf(text) ?? (countIn(text) ?? (parseTableMoment(text) ? 1 : 0)) > 0
}

function countIn(text: string): number | null {
  const plain = text.trim().replace(/[,\s](?=\d{3}\b)/g, '')
  return /^\d{1,9}$/.test(plain) ? Number(plain) : null
}
