/** Applications: pinned to one published edition, answered until the first signature freezes them. */
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import { scoreReadiness } from '#app/readiness/score.ts'
import type { Tx } from '#db/client.server.ts'
import * as applications from '#db/queries/applications.server.ts'
import { progressOf } from '#questionnaires/answers.ts'
import { isEligible } from '#questionnaires/branching.ts'
import { Circumstances } from '#questionnaires/circumstances.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { proposeFor } from './answer-bank.server.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { circumstancesOfClient } from './circumstances.ts'
import { getClientRow } from './clients.server.ts'
import { type EditionPick, editionOf, getEditionFor, listEditionsFor } from './editions.server.ts'
import { frozen, NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { loadReadiness } from './readiness.server.ts'
import { getRuntime } from './runtime.server.ts'

/** Editions that an application of this client can be started on, newest of each form first. */
export async function listStartableEditions(member: Member, clientId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const known = circumstancesOfClient(await getClientRow(tx, organisationId, clientId))
    const listed = await listEditionsFor(tx, organisationId)
    return (
      listed
        // Cover that begins before the new edition counts is asked for on the one before.
        .filter(({ state }) => state === 'current' || state === 'upcoming')
        .map(({ edition, sha256, origin, state }) => ({
          formCode: edition.form.code,
          title: edition.form.title,
          issuer: edition.form.issuer,
          kind: edition.form.kind,
          origin,
          edition: edition.edition,
          publishedOn: edition.publishedOn,
          /** The day from which on the insurer takes it, where that is still to come. */
          countsFrom: state === 'upcoming' ? (edition.effectiveOn ?? null) : null,
          summary: edition.summary,
          sha256,
          coverages: edition.coverages,
          questionCount: edition.sections.reduce((sum, section) => sum + section.questions.length, 0),
          /** Why the form is not meant for this client, as far as that is known. */
          unfit: isEligible(edition, known) === false ? (edition.eligibility?.otherwise ?? null) : null,
        }))
    )
  })
}

/** What is asked when an application is started. */
export interface StartInput extends EditionPick {
  coverages?: string[]
  renewal?: 'yes' | 'no'
}

/**
 * Starts a draft with proposals from the client's answer bank and facts.
 * @throws RefusedError `client-archived`, `edition-retired`; NotFoundError for an unknown edition
 */
export async function startApplication(member: Member, clientId: string, input: StartInput): Promise<string> {
  const { database } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    const { edition } = await getEditionFor(tx, organisationId, input)
    const offered = edition.coverages.map(({ id }) => id)
    const circumstances = {
      ...circumstancesOfClient(client),
      ...(offered.length > 0
        ? { coverages: (input.coverages ?? []).filter((id) => offered.includes(id)) }
        : {}),
      ...(input.renewal ? { renewal: input.renewal } : {}),
    }
    const id = await insertDraft(tx, member, { clientId, pick: input, circumstances })
    await proposeFor(tx, organisationId, id, getRuntime().clock())
    return id
  })
}

/** Inserts a draft and its ledger entry; for starting anew and for moving to another edition alike. */
export async function insertDraft(
  tx: Tx,
  member: Member,
  draft: {
    clientId: string
    pick: EditionPick
    circumstances: Circumstances
    movedFrom?: { applicationId: string; purpose: 'draft' | 'renewal' }
  },
): Promise<string> {
  const { clock, newId } = getRuntime()
  const { organisationId } = member
  const client = await getClientRow(tx, organisationId, draft.clientId)
  if (client.archivedAt) {
    throw new RefusedError(
      'client-archived',
      'This client is archived. Restore it before starting an application.',
    )
  }
  const listed = await listEditionsFor(tx, organisationId)
  const published = listed.find(
    ({ edition }) => edition.form.code === draft.pick.formCode && edition.edition === draft.pick.edition,
  )
  if (!published) throw new NotFoundError('No such questionnaire edition')
  if (published.state === 'retired') {
    throw new RefusedError(
      'edition-retired',
      `Edition ${draft.pick.edition} is retired. Start on another edition, or reinstate this one.`,
    )
  }
  const id = newId()
  const at = clock()
  const row = {
    formCode: draft.pick.formCode,
    edition: draft.pick.edition,
    editionSha256: published.sha256,
    clientId: draft.clientId,
    id,
    circumstances: draft.circumstances,
    movedFrom: draft.movedFrom?.applicationId ?? null,
    movePurpose: draft.movedFrom?.purpose ?? null,
  }
  await applications.insertApplication(tx, {
    ...row,
    organisationId,
    createdBy: member.userId,
    createdAt: at,
  })
  await recordInLedger(tx, organisationId, {
    kind: 'application.created',
    actor: actorOf(member),
    at,
    payload: { applicationId: id, ...row },
  })
  return id
}

/** Everything that the answering pages show. */
export async function getApplication(member: Member, applicationId: string) {
  const { organisationId } = member
  const { database, clock } = getRuntime()
  return database.inOrganisation(organisationId, async (tx) => {
    const loaded = await loadReadiness(tx, organisationId, applicationId, clock())
    const { application, client, edition, answerRows, input } = loaded
    const { answers, circumstances } = input
    return {
      application,
      client,
      edition,
      answers,
      answerRows,
      circumstances,
      progress: progressOf(edition, answers, circumstances),
    }
  })
}

export async function listApplicationsOfClient(member: Member, clientId: string) {
  const { organisationId } = member
  const { database, clock } = getRuntime()
  return database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    const rows = await applications.listApplications(tx, organisationId, clientId)
    const listed = []
    for (const row of rows) {
      const { edition, catalogue, input } = await loadReadiness(tx, organisationId, row.id, clock())
      const progress = progressOf(edition, input.answers, input.circumstances)
      // What was signed no longer changes, and its report says how it stood.
      const isOpen = row.state === 'draft'
      const score = isOpen ? scoreReadiness(evaluateReadiness(input), catalogue).edition : null
      listed.push({ application: row, formTitle: edition.form.title, progress, score })
    }
    return listed
  })
}

/**
 * Changes what the gates look at, while the application is a draft.
 * @throws RefusedError `frozen`, `unknown-coverage`
 */
export async function changeCircumstances(
  member: Member,
  applicationId: string,
  given: Circumstances,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  // Facts and today are never typed in: they are what the evidence and the clock say.
  const { facts: _facts, today: _today, ...circumstances } = Circumstances.parse(given)
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await applications.lockApplication(tx, organisationId, applicationId, 'update')
    if (!row) throw new NotFoundError('No such application')
    if (row.state === 'frozen') throw frozen()
    checkCoverages(await editionOf(tx, row), circumstances)
    await applications.setCircumstances(tx, organisationId, applicationId, circumstances, at)
    await recordInLedger(tx, organisationId, {
      kind: 'application.circumstances-changed',
      actor: actorOf(member),
      at,
      payload: { applicationId, circumstances },
    })
  })
}

function checkCoverages(edition: Edition, { coverages = [] }: Circumstances): void {
  const offered = edition.coverages.map(({ id }) => id)
  if (coverages.every((id) => offered.includes(id))) return
  throw new RefusedError('unknown-coverage', 'This form does not offer that cover. Choose from its list.')
}

/** Throws a draft away: it is kept for the record and shown nowhere. @throws RefusedError `frozen` */
export async function discardApplication(member: Member, applicationId: string): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  await database.inOrganisation(organisationId, async (tx) => {
    await getApplicationRow(tx, organisationId, applicationId)
    const at = clock()
    if (!(await applications.discardDraft(tx, organisationId, applicationId, at))) throw frozen()
    await recordInLedger(tx, organisationId, {
      kind: 'application.discarded',
      actor: actorOf(member),
      at,
      payload: { applicationId },
    })
  })
}
