/** When each client was last talked to, and what was agreed: pure, so that page, export and tests share it. */
import type { ConversationRow } from '#db/queries/conversations.server.ts'
import { CHANNEL_WORDS } from './conversation-input.ts'
import { csvTable } from './csv-lines.ts'
import { daysUntil } from './portfolio.ts'

/** Once a quarter is the rhythm of a managed service provider's business review. */
export const QUIET_DAYS = 90

export interface TalkedClient {
  id: string
  legalName: string
  policyRenewalOn: string | null
}

export interface ClientSilence {
  client: TalkedClient
  /** The newest conversation that was not withdrawn; null where nobody has recorded one. */
  lastOn: string | null
  /** Whole days since then, in UTC. */
  daysSince: number | null
  /** From the newest conversation in which each was spoken of. */
  insurer: string | null
  broker: string | null
  requirements: string | null
  nextStep: { conversationId: string; words: string; on: string | null; isOverdue: boolean } | null
  isQuiet: boolean
}

/** What the conversations of one client come to. @param rows newest first; withdrawn ones do not count */
export function silenceOf(
  { id, legalName, policyRenewalOn }: TalkedClient,
  rows: readonly ConversationRow[],
  now: Date,
): ClientSilence {
  const standing = rows.filter(({ withdrawnAt }) => withdrawnAt === null)
  const [last] = standing
  const daysSince = last ? 0 - daysUntil(last.heldOn, now) : null
  const newest = (pick: (row: ConversationRow) => string | null) =>
    standing.map(pick).find((words) => words !== null) ?? null
  const open = standing
    .filter(({ nextStep, nextStepDoneAt }) => nextStep !== null && nextStepDoneAt === null)
    .sort((a, b) => (a.nextStepOn ?? '9999').localeCompare(b.nextStepOn ?? '9999'))[0]
  return {
    client: { id, legalName, policyRenewalOn },
    lastOn: last?.heldOn ?? null,
    daysSince,
    insurer: newest(({ insurer }) => insurer),
    broker: newest(({ broker }) => broker),
    requirements: newest(({ requirements }) => requirements),
    nextStep: open
      ? {
          conversationId: open.id,
          words: open.nextStep ?? '',
          on: open.nextStepOn,
          isOverdue: open.nextStepOn !== null && daysUntil(open.nextStepOn, now) < 0,
        }
      : null,
    isQuiet: daysSince === null || daysSince >= QUIET_DAYS,
  }
}

/** Never talked to first, then the longest silence. */
export function bySilence(silences: readonly ClientSilence[]): ClientSilence[] {
  const days = ({ daysSince }: ClientSilence) => daysSince ?? Number.POSITIVE_INFINITY
  return [...silences].sort(
    (a, b) => days(b) - days(a) || a.client.legalName.localeCompare(b.client.legalName, 'en'),
  )
}

const LOG_COLUMNS: [header: string, value: (row: ConversationRow) => string | null][] = [
  ['Held on', ({ heldOn }) => heldOn],
  ['How', ({ channel }) => CHANNEL_WORDS[channel]],
  ['With', ({ talkedWith }) => talkedWith],
  ['What was said', ({ summary }) => summary],
  ['Insurer', ({ insurer }) => insurer],
  ['Broker', ({ broker }) => broker],
  ['Requirements', ({ requirements }) => requirements],
  ['Next step', ({ nextStep }) => nextStep],
  ['Until', ({ nextStepOn }) => nextStepOn],
  ['Done on', ({ nextStepDoneAt }) => dayOf(nextStepDoneAt)],
  ['Recorded by', ({ recordedByName }) => recordedByName],
  ['Recorded on', ({ recordedAt }) => dayOf(recordedAt)],
  ['Withdrawn on', ({ withdrawnAt }) => dayOf(withdrawnAt)],
  ['Withdrawn by', ({ withdrawnByName }) => withdrawnByName],
  ['Withdrawn because', ({ withdrawnReason }) => withdrawnReason],
]

const dayOf = (at: Date | null) => at?.toISOString().slice(0, 10) ?? null

export const writeConversationTable = (rows: readonly ConversationRow[]): string =>
  csvTable(LOG_COLUMNS, rows)

const SILENCE_COLUMNS: [header: string, value: (row: ClientSilence) => string | number | null][] = [
  ['Client', ({ client }) => client.legalName],
  ['Last talked', ({ lastOn }) => lastOn],
  ['Days since', ({ daysSince }) => daysSince],
  ['Renewal', ({ client }) => client.policyRenewalOn],
  ['Insurer', ({ insurer }) => insurer],
  ['Broker', ({ broker }) => broker],
  ['Requirements', ({ requirements }) => requirements],
  ['Next step', ({ nextStep }) => nextStep?.words ?? null],
  ['Until', ({ nextStep }) => nextStep?.on ?? null],
]

export const writeSilenceTable = (rows: readonly ClientSilence[]): string => csvTable(SILENCE_COLUMNS, rows)
