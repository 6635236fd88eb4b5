/** The answer bank of a client: what people stated in any form, and what it proposes for another one. */
import { type FactsInForce, isLive, selectFactsInForce } from '#app/readiness/facts-in-force.ts'
import type { Tx } from '#db/client.server.ts'
import * as bank from '#db/queries/answer-bank.server.ts'
import type { ApplicationRow } from '#db/queries/applications.server.ts'
import { describeFact } from '#evidence/facts.ts'
import { type Answer, describeAnswer } from '#questionnaires/answers.ts'
import {
  CanonicalStatement,
  canonicalKeyOf,
  deriveAnswer,
  deriveFromFact,
  readableAspects,
  statementOf,
} from '#questionnaires/canonical.ts'
import { type Edition, listQuestions, type Question } from '#questionnaires/definition.ts'
import type { Proposal, ProposalSource } from '#questionnaires/proposal.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { frozen } from './errors.ts'
import type { Member } from './member.ts'
import { loadReadiness } from './readiness.server.ts'
import { getRuntime } from './runtime.server.ts'

/** Keeps what a person answered as a statement of the client, with the words that were answered. */
export async function keepStatement(
  tx: Tx,
  member: Member,
  given: {
    application: ApplicationRow
    edition: Edition
    question: Question
    answer: Answer | null
    at: Date
  },
): Promise<void> {
  const { application, edition, question, answer, at } = given
  const key = canonicalKeyOf(edition, question.id)
  if (!key) return
  await bank.insertCanonicalAnswer(tx, member.organisationId, {
    ...key,
    id: getRuntime().newId(),
    clientId: application.clientId,
    statement: answer ? statementOf(question, answer) : null,
    applicationId: application.id,
    questionId: question.id,
    formTitle: edition.form.title,
    edition: edition.edition,
    item: question.reference.item,
    prompt: question.prompt,
    shown: describeAnswer(question, answer ?? undefined),
    statedBy: member.userId,
    statedByName: member.name,
    statedAt: at,
  })
}

/**
 * Proposes answers for the open questions of a draft: from the bank, else from a fact. Nothing is answered by it.
 * @returns how many questions got a proposal
 */
export async function proposeFor(
  tx: Tx,
  organisationId: string,
  applicationId: string,
  now: Date,
): Promise<number> {
  const loaded = await loadReadiness(tx, organisationId, applicationId, now)
  const { application, edition, input } = loaded
  const statements = (await bank.listNewestStatements(tx, organisationId, application.clientId)).filter(
    ({ applicationId: source }) => source !== applicationId,
  )
  const held = new Set(
    (await bank.listProposals(tx, organisationId, applicationId)).map((row) => row.questionId),
  )
  const facts = selectFactsInForce(input)
  let made = 0
  for (const question of listQuestions(edition)) {
    if (Object.hasOwn(input.answers, question.id) || held.has(question.id)) continue
    const proposal = deriveFromBank(edition, question, { statements, facts }, now)
    if (!proposal) continue
    await bank.saveProposal(tx, organisationId, {
      applicationId,
      questionId: question.id,
      proposal,
      createdAt: now,
    })
    made += 1
  }
  return made
}

interface BankSources {
  /** Newest first. */
  statements: readonly bank.CanonicalAnswerRow[]
  facts: FactsInForce
}

/** What the client stated elsewhere, else what was observed; null where neither says enough. */
export function deriveFromBank(
  edition: Edition,
  question: Question,
  { statements, facts }: BankSources,
  now: Date,
): Proposal | null {
  return proposalFromBank(edition, question, statements, now) ?? proposalFromFact(question, facts, now)
}

function proposalFromBank(
  edition: Edition,
  question: Question,
  statements: readonly bank.CanonicalAnswerRow[],
  now: Date,
): Proposal | null {
  const key = canonicalKeyOf(edition, question.id)
  if (!key) return null
  for (const aspect of readableAspects(question)) {
    const row = statements.find(
      (candidate) =>
        candidate.statement !== null &&
        candidate.topic === key.topic &&
        candidate.scope === key.scope &&
        candidate.aspect === aspect,
    )
    const derived = row && deriveAnswer(question, CanonicalStatement.parse(row.statement), now)
    if (derived) return { ...derived, sources: [sourceOfRow(row)] }
  }
  return null
}

function sourceOfRow(row: bank.CanonicalAnswerRow): ProposalSource {
  return {
    kind: 'bank',
    applicationId: row.applicationId,
    questionId: row.questionId,
    formTitle: row.formTitle,
    edition: row.edition,
    item: row.item,
    prompt: row.prompt,
    shown: row.shown,
    answeredBy: row.statedByName,
    answeredAt: row.statedAt.toISOString(),
  }
}

/**
 * Only a complete fact that somebody observed, while it is fresh: a sample cannot say how many there are, and a client's
 * own word is no observation. Where several subjects were looked at, nobody can say which one the question means.
 */
function proposalFromFact(question: Question, facts: FactsInForce, now: Date): Proposal | null {
  const wanted = question.canonical?.fact
  if (!wanted) return null
  const [only, ...others] = (facts.get(wanted) ?? [])
    .flat()
    .filter(isLive)
    .map(({ fact }) => fact)
    .filter(({ completeness, scope }) => completeness === 'complete' && scope.viewpoint !== 'statement')
  if (!only || others.length > 0) return null
  const shown = describeFact(only)
  const { key, value, numerator, denominator, observedAt, revisionId } = only
  const derived = deriveFromFact(question, { key, value, numerator, denominator, shown }, now)
  return derived && { ...derived, sources: [{ kind: 'fact', key, shown, observedAt, revisionId }] }
}

/** The proposals of an application by question; those of answered questions included. */
export async function listProposals(
  tx: Tx,
  organisationId: string,
  applicationId: string,
): Promise<Record<string, Proposal>> {
  const rows = await bank.listProposals(tx, organisationId, applicationId)
  return Object.fromEntries(rows.map(({ questionId, proposal }) => [questionId, proposal]))
}

/** What is proposed for the questions of one application, for its pages. */
export async function listProposalsOf(member: Member, applicationId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await getApplicationRow(tx, organisationId, applicationId)
    return listProposals(tx, organisationId, applicationId)
  })
}

/** Looks again: what was stated or observed since the application was started. @throws RefusedError `frozen` */
export async function proposeAgain(member: Member, applicationId: string): Promise<number> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const { state } = await getApplicationRow(tx, organisationId, applicationId)
    if (state === 'frozen') throw frozen()
    return proposeFor(tx, organisationId, applicationId, clock())
  })
}
