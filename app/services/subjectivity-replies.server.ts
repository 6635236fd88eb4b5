/** What is said about a condition once it stands: our answers, the insurer's decisions, and more time. */
import type { Tx } from '#db/client.server.ts'
import { findBinding } from '#db/queries/bindings.server.ts'
import * as rows from '#db/queries/subjectivities.server.ts'
import { citeEvidence } from './cited-evidence.server.ts'
import { RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { boundAlready, lockStanding } from './subjectivities.server.ts'
import type { DecisionInput, ExtensionInput, ResponseInput } from './subjectivity-input.ts'
import { currentDue, isPending, nameOf, sameWords } from './subjectivity-standing.ts'

export type Answered =
  | { outcome: 'answered'; responseId: string }
  | { outcome: 'same-text'; others: string[] }

const settled = () =>
  new RefusedError(
    'settled',
    'The insurer has closed or waived this condition. If it wants more after all, record that decision first.',
  )

/**
 * Adds an answer; earlier ones stay.
 * @returns `same-text` with the other conditions that the same words answer, until `sameText` is ticked: insurers want
 *   each condition answered by itself (practice.md §2)
 * @throws NotFoundError; RefusedError `withdrawn`, `settled`, `evidence`
 */
export async function answerSubjectivity(
  member: Member,
  subjectivityId: string,
  { answer, evidenceIds, sameText }: ResponseInput,
): Promise<Answered> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const id = newId()
  return database.inOrganisation(organisationId, async (tx) => {
    const row = await lockStanding(tx, organisationId, subjectivityId)
    if (!isPending(row)) throw settled()
    const { clientId, applicationId } = row
    const cited = await citeEvidence(tx, organisationId, clientId, evidenceIds)
    const others = await listAnsweredAlike(tx, row, answer)
    if (others.length > 0 && !sameText) return { outcome: 'same-text', others }
    await rows.insertResponse(tx, {
      organisationId,
      id,
      subjectivityId,
      answer,
      cited,
      respondedByName: member.name,
      respondedAt: at,
    })
    await rows.updateSubjectivity(tx, organisationId, subjectivityId, {
      state: 'submitted',
      version: row.version + 1,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'subjectivity.answered',
      actor: actorOf(member),
      at,
      payload: { subjectivityId, responseId: id, clientId, applicationId, answer, cited },
    })
    return { outcome: 'answered', responseId: id }
  })
}

async function listAnsweredAlike(
  tx: Tx,
  { organisationId, id, applicationId }: rows.SubjectivityRow,
  answer: string,
): Promise<string[]> {
  const others = (await rows.listSubjectivities(tx, organisationId, applicationId)).filter(
    (row) => row.id !== id && row.withdrawnAt === null,
  )
  const responses = await rows.listResponses(
    tx,
    organisationId,
    others.map((row) => row.id),
  )
  return others
    .filter((row) =>
      responses.some((said) => said.subjectivityId === row.id && sameWords(said.answer, answer)),
    )
    .map(nameOf)
}

/**
 * Records what the insurer decided; the newest decision counts, and “not enough” opens what was closed.
 * @returns `conflict` when something was recorded about the condition since `seenVersion`
 * @throws NotFoundError; RefusedError `withdrawn`, `settled`, `future`, `bound` for a condition before the bind that
 *   would be open again though the binder is issued
 */
export async function decideSubjectivity(
  member: Member,
  subjectivityId: string,
  seenVersion: number,
  input: DecisionInput,
): Promise<'saved' | 'conflict'> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const row = await lockStanding(tx, organisationId, subjectivityId)
    refuseFuture(input.decidedOn, at)
    if (row.version !== seenVersion) return 'conflict'
    const { clientId, applicationId } = row
    if (!isPending(row)) {
      if (input.outcome !== 'not-enough') throw settled()
      const binding = await findBinding(tx, organisationId, applicationId)
      if (row.timing === 'pre-bind' && binding?.boundOn) throw boundAlready(binding.boundOn)
    }
    const decisionId = newId()
    const responseId = (await rows.listResponses(tx, organisationId, [subjectivityId])).at(-1)?.id ?? null
    await rows.insertDecision(tx, {
      ...input,
      organisationId,
      id: decisionId,
      subjectivityId,
      responseId,
      recordedByName: member.name,
      recordedAt: at,
    })
    await rows.updateSubjectivity(tx, organisationId, subjectivityId, {
      state: input.outcome === 'not-enough' ? 'open' : input.outcome,
      version: row.version + 1,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'subjectivity.decided',
      actor: actorOf(member),
      at,
      payload: { subjectivityId, decisionId, responseId, clientId, applicationId, ...input },
    })
    return 'saved'
  })
}

/**
 * Records more time; the day that counts is from now on the new one.
 * @returns `conflict` as for decisions
 * @throws NotFoundError; RefusedError `withdrawn`, `settled`, `future`, `not-bound` where the clock has not begun,
 *   `not-later` for a day that is no extension
 */
export async function extendSubjectivity(
  member: Member,
  subjectivityId: string,
  seenVersion: number,
  { newDueOn, grantedBy, grantedOn, extensionReason: reason }: ExtensionInput,
): Promise<'saved' | 'conflict'> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const row = await lockStanding(tx, organisationId, subjectivityId)
    refuseFuture(grantedOn, at)
    if (row.version !== seenVersion) return 'conflict'
    if (!isPending(row)) throw settled()
    const { clientId, applicationId } = row
    const binding = await findBinding(tx, organisationId, applicationId)
    const earlier = currentDue(row, await rows.listExtensions(tx, organisationId, [subjectivityId]), binding)
    if (row.timing === 'post-bind' && earlier === null)
      throw new RefusedError(
        'not-bound',
        'Its clock begins with the bind. Record the day of the bind first, then the extension.',
      )
    if (earlier !== null && newDueOn <= earlier)
      throw new RefusedError('not-later', `It is due on ${earlier} already. An extension ends later.`)
    const extension = { dueOn: newDueOn, earlierDueOn: earlier, grantedBy, grantedOn, reason }
    await rows.insertExtension(tx, {
      ...extension,
      organisationId,
      id: newId(),
      subjectivityId,
      recordedByName: member.name,
      recordedAt: at,
    })
    await rows.updateSubjectivity(tx, organisationId, subjectivityId, { version: row.version + 1 })
    await recordInLedger(tx, organisationId, {
      kind: 'subjectivity.extended',
      actor: actorOf(member),
      at,
      payload: { subjectivityId, clientId, applicationId, ...extension },
    })
    return 'saved'
  })
}

function refuseFuture(day: string, now: Date): void {
  if (day > now.toISOString().slice(0, 10))
    throw new RefusedError('future', 'That day is still to come. Check the date.')
}
