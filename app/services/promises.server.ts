/** What officers promised in signed re-attestations: listed for members, recorded as kept, opened again. */
import { Statement } from '#app/report/statement.ts'
import type { Tx } from '#db/client.server.ts'
import * as rows from '#db/queries/promises.server.ts'
import { findReattestation } from '#db/queries/reattestations.server.ts'
import { findReport } from '#db/queries/reports.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { type KeptInput, type PromiseKind, promisesOf, type ReopenInput } from './promise-standing.ts'
import { getRuntime } from './runtime.server.ts'

/** Answers of which something was promised, the newest re-attestation first. */
async function listAnswers(tx: Tx, organisationId: string, query: rows.PromiseQuery) {
  const promised = await rows.listPromised(tx, organisationId, query)
  const stated = new Map<string, Map<string, { item: string; prompt: string }>>()
  for (const id of new Set(promised.map(({ report }) => report.id))) {
    const found = await findReport(tx, organisationId, id)
    const answers = found ? Statement.parse(JSON.parse(found.statement)).answers : []
    stated.set(id, new Map(answers.map((answer) => [answer.questionId, answer])))
  }
  return promised.map((row) => {
    const { questionId, result, since, cause, exceptions, plan } = row.result
    const { item = '', prompt = questionId } = stated.get(row.report.id)?.get(questionId) ?? {}
    return {
      ...{ reattestationId: row.reattestation.id, number: row.reattestation.number },
      ...{ questionId, item, prompt, result, since, cause, exceptions, plan },
      promises: promisesOf(row),
    }
  })
}
export type PromisedAnswerRow = Awaited<ReturnType<typeof listAnswers>>[number]

export async function listPromisesOfClient(member: Member, clientId: string): Promise<PromisedAnswerRow[]> {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, (tx) =>
    listAnswers(tx, organisationId, { clientId }),
  )
}

/** @throws NotFoundError */
export async function getPromises(member: Member, reattestationId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const found = await findReattestation(tx, organisationId, reattestationId)
    if (!found) throw new NotFoundError('No such re-attestation')
    const { id, legalName } = await getClientRow(tx, organisationId, found.clientId)
    return {
      ...{ id: found.id, number: found.number, client: { id, legalName } },
      answers: await listAnswers(tx, organisationId, { reattestationId }),
      today: clock().toISOString().slice(0, 10),
    }
  })
}

interface About {
  questionId: string
  promise: PromiseKind
}

async function findPromise(tx: Tx, organisationId: string, reattestationId: string, about: About) {
  const found = await findReattestation(tx, organisationId, reattestationId)
  if (!found) throw new NotFoundError('No such re-attestation')
  const promised = await rows.listPromised(tx, organisationId, { reattestationId })
  const row = promised.find(({ result }) => result.questionId === about.questionId)
  const one = row && promisesOf(row).find(({ promise }) => promise === about.promise)
  if (!row || !one) throw new NotFoundError('Nothing of the kind was promised in this re-attestation')
  return { row, one, clientId: found.clientId }
}

/** @throws NotFoundError; RefusedError `kept` where it is recorded already, `said-again` where a later one counts */
export async function keepPromise(member: Member, reattestationId: string, input: KeptInput): Promise<void> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const { row, one, clientId } = await findPromise(tx, organisationId, reattestationId, input)
    if (one.kept === null && one.saidAgain)
      throw new RefusedError(
        'said-again',
        `Re-attestation ${one.saidAgain.number} says how it is since. What was promised there is recorded there.`,
      )
    const { questionId, promise, keptOn, note } = input
    const reportId = row.report.id
    const isMade = await rows.insertPromiseKept(tx, {
      ...{ organisationId, id: newId(), reportId, questionId, promise, keptOn, note },
      ...{ recordedByName: member.name, recordedAt: at },
    })
    if (!isMade)
      throw new RefusedError('kept', 'This is recorded already. Reload the page to see by whom and when.')
    await recordInLedger(tx, organisationId, {
      kind: 'reattestation.promise-kept',
      actor: actorOf(member),
      at,
      payload: { reattestationId, reportId, clientId, questionId, promise, keptOn, note },
    })
  })
}

/** @throws NotFoundError; RefusedError `open` where it is open already */
export async function openPromiseAgain(
  member: Member,
  reattestationId: string,
  about: ReopenInput,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const { row, clientId } = await findPromise(tx, organisationId, reattestationId, about)
    const { questionId, promise } = about
    const reportId = row.report.id
    const by = { reopenedAt: at, reopenedByName: member.name }
    const isOpened = await rows.reopenPromise(tx, organisationId, { reportId, questionId, promise }, by)
    if (!isOpened)
      throw new RefusedError('open', 'This is open already. Reload the page to see how it stands.')
    await recordInLedger(tx, organisationId, {
      kind: 'reattestation.promise-reopened',
      actor: actorOf(member),
      at,
      payload: { reattestationId, reportId, clientId, questionId, promise },
    })
  })
}
