/** What an insurer or an assessment firm holds: listed from its own tenant, then looked at where it was granted. */
import type { Tx } from '#db/client.server.ts'
import * as engagements from '#db/queries/engagements.server.ts'
import { type AtHost, atHostOf, getHeld } from './engagement-crossing.server.ts'
import type { EngagedLine } from './engagement-table.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import type { Member } from './member.ts'
import { lastDayOf } from './report-share-rules.ts'
import { type DeskDecision, readDesk } from './review-desk.server.ts'
import { getRuntime } from './runtime.server.ts'

export interface Portfolio {
  lines: EngagedLine[]
  /** What opens nothing any more. */
  over: { held: engagements.HeldEngagementRow; state: 'ended' | 'expired' }[]
}

/** By client. Each application is judged anew, so that nobody reads of yesterday. */
export async function getPortfolio(member: Member): Promise<Portfolio> {
  const { database } = getRuntime()
  const { organisationId } = member
  const held = await database.inOrganisation(organisationId, (tx) =>
    engagements.listHeldEngagements(tx, organisationId),
  )
  const portfolio: Portfolio = { lines: [], over: [] }
  for (const row of held) {
    const lines = row.endedAt ? null : await linesOf(member, row)
    if (lines) portfolio.lines.push(...lines)
    else portfolio.over.push({ held: row, state: row.endedAt ? 'ended' : 'expired' })
  }
  portfolio.lines.sort((a, b) => a.clientName.localeCompare(b.clientName, 'en'))
  return portfolio
}

/** Null where the host's own row says that nothing is open. */
async function linesOf(member: Member, held: engagements.HeldEngagementRow): Promise<EngagedLine[] | null> {
  try {
    return await atHostOf(member, held.id, (tx, host) => readLines(tx, host, held.hostName))
  } catch (error) {
    if (isOver(error) || error instanceof NotFoundError) return null
    throw error
  }
}

// Without a second factor nothing is shown either, but it is not over.
const isOver = (error: unknown) => error instanceof RefusedError && error.code !== 'second-factor'

const DAY_MS = 24 * 60 * 60 * 1000

async function readLines(tx: Tx, { organisationId, engagement, now }: AtHost, hostName: string) {
  const { id: engagementId, kind, expiresAt } = engagement
  const lines: EngagedLine[] = []
  for (const { granted, review } of await engagements.listEngagementApplications(tx, organisationId, [
    engagementId,
  ])) {
    const desk = review && (await readDeskOrNothing(tx, organisationId, granted.applicationId, review))
    if (!desk) continue
    const statuses = { supported: 0, unsupported: 0, stale: 0, contradicted: 0, 'not-claimed': 0 }
    for (const { status } of desk.items) statuses[status] += 1
    lines.push({
      engagementId,
      applicationId: granted.applicationId,
      hostName,
      kind,
      clientName: desk.clientName,
      formTitle: desk.form.title,
      edition: desk.form.edition,
      questions: desk.items.length,
      statuses,
      weakened: desk.items.filter(({ weakened }) => weakened).length,
      toReview: desk.items.filter(({ standing }) => standing === null).length,
      last: newest(desk.items.flatMap(({ decisions }) => decisions)),
      opinion: review.opinion,
      expiresAt,
      daysLeft: Math.ceil((expiresAt.getTime() - now.getTime()) / DAY_MS),
    })
  }
  return lines
}

/** A draft that was discarded after it was granted is no longer there for anybody. */
async function readDeskOrNothing(...args: Parameters<typeof readDesk>) {
  try {
    return await readDesk(...args)
  } catch (error) {
    if (error instanceof NotFoundError) return null
    throw error
  }
}

function newest(decisions: readonly DeskDecision[]): DeskDecision | null {
  const [first] = [...decisions].sort((a, b) => b.at.getTime() - a.at.getTime())
  return first ?? null
}

/** One engagement as its holder sees it. @throws NotFoundError */
export async function getHeldEngagement(member: Member, engagementId: string) {
  const held = await getHeld(member, engagementId)
  const open = held.endedAt ? null : await grantOf(member, held)
  return { held, open, lastDay: lastDayOf(held.expiresAt) }
}

async function grantOf(member: Member, held: engagements.HeldEngagementRow) {
  try {
    return await atHostOf(member, held.id, async (tx, host) => {
      const { mayDownload, maySign, evidenceFrom, evidenceUntil, instructions } = host.engagement
      const lines = await readLines(tx, host, held.hostName)
      return { mayDownload, maySign, evidenceFrom, evidenceUntil, instructions, lines }
    })
  } catch (error) {
    if (isOver(error)) return null
    throw error
  }
}
