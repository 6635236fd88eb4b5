/** Records one answer at a time; the later of two saves is told, never silently lost. */
import type { Tx } from '#db/client.server.ts'
import * as applications from '#db/queries/applications.server.ts'
import { findRevision } from '#db/queries/evidence.server.ts'
import { type Answer, describeAnswer, validateAnswer } from '#questionnaires/answers.ts'
import { findQuestion } from '#questionnaires/definition.ts'
import { keepStatement } from './answer-bank.server.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { editionOf } from './editions.server.ts'
import { NotFoundError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

export type RecordAnswerOutcome =
  | { outcome: 'saved'; version: number; answeredAt: string }
  | { outcome: 'invalid'; fieldErrors: { path: string; message: string }[] }
  | { outcome: 'frozen' }
  | {
      outcome: 'conflict'
      /** What the other person saved. */
      current: { answer: Answer | null; shown: string; version: number; by: string; at: string }
    }

export interface RecordAnswerInput {
  applicationId: string
  questionId: string
  /** null clears the answer. */
  answer: Answer | null
  /** The version this save was made on; 0 when none was there. */
  seenVersion: number
  /** From which day on it holds, YYYY-MM-DD; since it is given where absent. What is yet to come cannot be answered. */
  trueFrom?: string
}

/**
 * Saves one answer and its ledger entry, if nobody saved another version since `seenVersion`.
 * @throws NotFoundError for an application of another organisation or a question that the edition lacks.
 */
export async function recordAnswer(member: Member, input: RecordAnswerInput): Promise<RecordAnswerOutcome> {
  const { database, clock } = getRuntime()
  return database.inOrganisation(member.organisationId, (tx) => recordAnswerIn(tx, member, input, clock()))
}

/** As recordAnswer, within a transaction that holds more: a workbook's answers are taken over together. */
export async function recordAnswerIn(
  tx: Tx,
  member: Member,
  input: RecordAnswerInput,
  at: Date,
): Promise<RecordAnswerOutcome> {
  const { organisationId } = member
  const { applicationId, questionId } = input
  const trueFrom = input.trueFrom === undefined ? null : new Date(input.trueFrom)
  if (trueFrom && !(trueFrom <= at)) {
    const message = 'Choose the day from which on this is true, today or earlier.'
    return { outcome: 'invalid', fieldErrors: [{ path: 'trueFrom', message }] }
  }
  await getApplicationRow(tx, organisationId, applicationId)
  const row = await applications.lockApplication(tx, organisationId, applicationId, 'share')
  if (!row) throw new NotFoundError('No such application')
  const edition = await editionOf(tx, row)
  const question = findQuestion(edition, questionId)
  if (!question) throw new NotFoundError('No such question in this edition')
  if (row.state === 'frozen') return { outcome: 'frozen' }
  const checked = input.answer ? validateAnswer(question, input.answer, at) : null
  if (checked && !checked.ok) return { outcome: 'invalid', fieldErrors: checked.fieldErrors }
  const answer = checked?.answer ?? null
  const strangeFile = await findStrangeFile(tx, row, answer)
  if (strangeFile) return { outcome: 'invalid', fieldErrors: [strangeFile] }
  const held = await applications.lockAnswer(tx, organisationId, applicationId, questionId)
  const next = {
    organisationId,
    applicationId,
    questionId,
    answer,
    version: (held?.version ?? 0) + 1,
    answeredBy: member.userId,
    answeredByName: member.name,
    answeredAt: at,
    trueFrom,
  }
  const wasSeen = (held?.version ?? 0) === input.seenVersion
  if (!wasSeen || !(await store())) {
    const current = held ?? (await applications.lockAnswer(tx, organisationId, applicationId, questionId))
    // A version of an answer that nobody gave: whoever names it has seen another page than ours.
    if (!current) {
      return {
        outcome: 'invalid',
        fieldErrors: [
          { path: 'seenVersion', message: 'This page is out of date. Reload it and answer again.' },
        ],
      }
    }
    return {
      outcome: 'conflict',
      current: {
        answer: current.answer,
        shown: describeAnswer(question, current.answer ?? undefined),
        version: current.version,
        by: current.answeredByName,
        at: current.answeredAt.toISOString(),
      },
    }
  }
  await keepStatement(tx, member, { application: row, edition, question, answer, at })
  await recordInLedger(tx, organisationId, {
    kind: 'answer.recorded',
    actor: actorOf(member),
    at,
    payload: {
      applicationId,
      questionId,
      version: next.version,
      answer,
      ...(trueFrom ? { trueFrom: input.trueFrom } : {}),
    },
  })
  return { outcome: 'saved', version: next.version, answeredAt: at.toISOString() }

  async function store(): Promise<boolean> {
    if (!held) return applications.insertFirstAnswer(tx, next)
    await applications.updateAnswer(tx, next)
    return true
  }
}

/** Only files that this client's evidence holds, under their own hash, can be attached. */
async function findStrangeFile(tx: Tx, row: applications.ApplicationRow, answer: Answer | null) {
  if (answer?.state !== 'answered' || answer.value.kind !== 'attachment') return null
  for (const [index, file] of answer.value.files.entries()) {
    const found = await findRevision(tx, row.organisationId, file.revisionId)
    const isHeld =
      found?.evidence.clientId === row.clientId &&
      found.evidence.withdrawnAt === null &&
      found.revision.withdrawnAt === null &&
      found.revision.sha256 === file.sha256
    if (isHeld) continue
    return {
      path: `value.files.${index}`,
      message: 'This file is not among the client’s evidence. Upload it there first.',
    }
  }
  return null
}
