/** The register of a client's findings: shown, searched, judged by people, and taken back. */

import type { Tx } from '#db/client.server.ts'
import { listDisputesOf } from '#db/queries/finding-disputes.server.ts'
import { lockRegister } from '#db/queries/register.server.ts'
import { findClientAsset } from '#db/queries/register-assets.server.ts'
import * as decisions from '#db/queries/register-decisions.server.ts'
import * as findings from '#db/queries/register-findings.server.ts'
import { listNewestImports, listPendingImports } from '#db/queries/register-imports.server.ts'
import { SEVERITY_RANK } from '#evidence/severity.ts'
import { catalogueDates } from './catalogue-state.server.ts'
import { getClientRow } from './clients.server.ts'
import { type ShownDispute, showDispute } from './dispute-standing.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { countExploitedFacts } from './register-facts.server.ts'
import {
  type JudgeInput,
  MAXIMUM_ACCEPTANCE_DAYS,
  type RegisterSearch,
  readCursor,
  writeCursor,
} from './register-input.ts'
import { countRegister, readRegisterSummary, today } from './register-summary.server.ts'
import { getRuntime } from './runtime.server.ts'

export const FINDINGS_A_PAGE = 50
/** Counting stops here; the page then says "more than". */
export const MOST_COUNTED = 10_000
const DAY = 86_400_000

const filterOf = (search: RegisterSearch, day: string): findings.RegisterFilter => ({
  standing: search.standing,
  severityRank: search.severity === undefined ? undefined : SEVERITY_RANK[search.severity],
  assetId: search.asset,
  tool: search.tool || undefined,
  kevOnly: search.kev,
  text: search.q || undefined,
  today: day,
})

/** One page of the register with its counts, the lists' dates and what was decided last. */
export async function listFindings(member: Member, clientId: string, search: RegisterSearch) {
  const { organisationId } = member
  const result = await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    const filter = filterOf(search, today())
    const rows = await findings.listRegisterFindings(tx, organisationId, clientId, filter, {
      sort: search.sort,
      after: readCursor(search.after),
      limit: FINDINGS_A_PAGE + 1,
    })
    const last = rows[FINDINGS_A_PAGE - 1]
    const summary = await readRegisterSummary(tx, organisationId, clientId)
    const isPlain = !search.severity && !search.asset && !search.tool && !search.kev && !search.q
    const total = isPlain
      ? sumOf(summary?.counts[search.standing])
      : await findings.countRegisterFindings(tx, organisationId, clientId, filter, MOST_COUNTED)
    return {
      rows: await withDisputes(tx, organisationId, rows.slice(0, FINDINGS_A_PAGE)),
      next: rows.length > FINDINGS_A_PAGE && last ? writeCursor(last) : null,
      total,
      summary,
      tools: await findings.listTools(tx, organisationId, clientId),
      catalogues: await catalogueDates(tx, organisationId),
      decisions: await decisions.listFindingDecisions(tx, organisationId, clientId, 10),
      asset: search.asset ? await findClientAsset(tx, organisationId, clientId, search.asset) : null,
      pending: (await listPendingImports(tx, organisationId, clientId)).length,
    }
  })
  if (result.pending > 0) await requestUpdate(member, clientId)
  return result
}

/** Each finding with the newest dispute of it. */
async function withDisputes<Row extends { id: string }>(tx: Tx, organisationId: string, rows: Row[]) {
  const now = getRuntime().clock()
  const newest = new Map<string, ShownDispute>()
  const ids = rows.map(({ id }) => id)
  for (const row of await listDisputesOf(tx, organisationId, ids))
    if (!newest.has(row.findingId)) newest.set(row.findingId, showDispute(row, now))
  return rows.map((row) => ({ ...row, dispute: newest.get(row.id) ?? null }))
}

const sumOf = (counts: Record<string, number> | undefined) =>
  Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0)

/** Evidence was withdrawn, or was imported before there was a register: the register follows as a job. */
async function requestUpdate({ organisationId }: Member, clientId: string): Promise<void> {
  await getRuntime().jobs.enqueue({ name: 'update-register', organisationId, clientId })
}

/** Rows of the filtered list in batches, each in a transaction of its own: an export of any length holds nothing up. */
export async function* exportFindings(member: Member, clientId: string, search: RegisterSearch) {
  const { organisationId } = member
  const day = today()
  let after: findings.FindingCursor | undefined
  const batch = 1000
  while (true) {
    const rows = await getRuntime().database.inOrganisation(organisationId, async (tx) => {
      await getClientRow(tx, organisationId, clientId)
      const page = { sort: search.sort, after, limit: batch }
      const found = await findings.listRegisterFindings(
        tx,
        organisationId,
        clientId,
        filterOf(search, day),
        page,
      )
      return withDisputes(tx, organisationId, found)
    })
    yield rows
    after = rows.at(-1)
    if (rows.length < batch) return
  }
}

/**
 * Says of findings that they are accepted for a time, false, or open after all.
 * @returns the decision's id, by which it is undone
 * @throws RefusedError `expiry` when an acceptance ends in the past or lasts longer than a year
 */
export async function judgeFindings(member: Member, clientId: string, input: JudgeInput): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const decision = input.decision === 'open' ? null : input.decision
  const untilDay = decision === 'accepted' ? input.untilDay : null
  if (untilDay !== null) {
    const daysLeft = (Date.parse(untilDay) - Date.parse(today())) / DAY
    if (!(daysLeft >= 1 && daysLeft <= MAXIMUM_ACCEPTANCE_DAYS)) {
      throw new RefusedError('expiry', 'Choose a day from tomorrow to one year from now.')
    }
  }
  const id = newId()
  await database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    await lockRegister(tx, organisationId, clientId)
    const ids = [...new Set(input.findingIds)]
    const earlier = await decisions.lockFindings(tx, organisationId, clientId, ids)
    if (earlier.length !== ids.length) {
      throw new NotFoundError(
        'Some of these findings are no longer in the register. Reload the page and choose again.',
      )
    }
    await decisions.insertFindingDecision(tx, {
      organisationId,
      id,
      clientId,
      decision,
      untilDay,
      reason: input.reason,
      earlier,
      decidedByName: member.name,
      decidedAt: at,
    })
    await decisions.setDecisions(
      tx,
      organisationId,
      ids.map((findingId) => ({
        findingId,
        decision,
        decisionId: decision ? id : null,
        decisionUntil: untilDay,
      })),
    )
    const facts = await recount(tx, organisationId, clientId)
    await recordInLedger(tx, organisationId, {
      kind: 'finding.judged',
      actor: actorOf(member),
      at,
      payload: {
        clientId,
        decisionId: id,
        decision: input.decision,
        untilDay,
        reason: input.reason,
        findingIds: ids,
        facts,
      },
    })
  })
  return id
}

/** Gives the findings back what was decided about them before, except where somebody has decided again since. */
export async function undoJudgement(member: Member, clientId: string, decisionId: string): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    await lockRegister(tx, organisationId, clientId)
    const row = await decisions.lockFindingDecision(tx, organisationId, clientId, decisionId)
    if (!row) throw new NotFoundError('No such decision')
    if (row.undoneAt) return
    const ids = row.earlier.map(({ findingId }) => findingId)
    const now = await decisions.lockFindings(tx, organisationId, clientId, ids)
    const own = row.decision === null ? null : row.id
    const unchanged = new Set(
      now.filter((finding) => finding.decisionId === own).map(({ findingId }) => findingId),
    )
    const back = row.earlier.filter(({ findingId }) => unchanged.has(findingId))
    await decisions.setDecisions(tx, organisationId, back)
    await decisions.undoFindingDecision(tx, organisationId, decisionId, {
      undoneByName: member.name,
      undoneAt: at,
    })
    const facts = await recount(tx, organisationId, clientId)
    await recordInLedger(tx, organisationId, {
      kind: 'finding.judgement-undone',
      actor: actorOf(member),
      at,
      payload: { clientId, decisionId, findingIds: back.map(({ findingId }) => findingId), facts },
    })
  })
}

async function recount(tx: Tx, organisationId: string, clientId: string) {
  const facts = await countExploitedFacts(
    tx,
    organisationId,
    await listNewestImports(tx, organisationId, clientId),
  )
  await countRegister(tx, organisationId, clientId)
  return facts
}
