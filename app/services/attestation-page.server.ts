/** What the officer's pages show of a report: every answer in words, those to confirm first. */
import type { Key } from './attestation-door.server.ts'
import { officerOf } from './attestation-links.server.ts'
import { CONSENT } from './attestation-rules.ts'
import { getVisit, type Visit } from './attestation-visit.server.ts'

/** @throws NotFoundError, RefusedError `code-needed` */
export async function getOfficerPage(key: Key) {
  const visit = await getVisit(key)
  const { statement } = visit
  const toConfirm = new Set(visit.toConfirm)
  const confirmed = new Set(visit.confirmed)
  const stated = statement.answers
    .filter(({ answer, questionId }) => answer !== null || toConfirm.has(questionId))
    .map((answer) => ({
      questionId: answer.questionId,
      section: answer.section,
      item: answer.item,
      prompt: answer.prompt,
      shown: answer.shown,
      status: answer.status,
      weakened: answer.weakened,
      reasons: answer.reasons.map(({ outcome, sentence }) => ({ outcome, sentence })),
      exception: exceptionOf(visit, answer.exceptionId),
      isConfirmed: confirmed.has(answer.questionId),
    }))
  const prompts = new Map(statement.answers.map(({ questionId, prompt }) => [questionId, prompt]))
  const officer = officerOf(statement)
  const contributor = statement.signers.find(({ role }) => role === 'technical-contributor')
  return {
    clientName: statement.client.legalName,
    formTitle: statement.edition.formTitle,
    edition: statement.edition.edition,
    organisationName: statement.preparedBy.name,
    officer: { name: officer.name, title: officer.title, declaration: officer.declaration },
    contributor: {
      name: contributor?.name ?? statement.preparedBy.name,
      organisation: statement.preparedBy.name,
    },
    consent: CONSENT,
    steps: stated.filter(({ questionId }) => toConfirm.has(questionId)),
    rest: stated.filter(({ questionId }) => !toConfirm.has(questionId)),
    gaps: statement.gaps.map(({ questionId, owner, dueOn }) => ({
      prompt: prompts.get(questionId) ?? questionId,
      owner,
      dueOn,
    })),
    state: stateOf(visit),
    failure: visit.failure,
    pdfSha256: visit.pdfSha256,
    attestedAt: visit.attestedAt,
    twins: visit.twins,
  }
}

function exceptionOf({ statement }: Visit, exceptionId: string | null) {
  const found = statement.exceptions.find(({ id }) => id === exceptionId)
  if (!found) return null
  const { scope = null, reason, compensatingControl, approvedBy, expiresOn } = found
  return { scope, reason, compensatingControl, approvedBy, expiresOn }
}

function stateOf({ reportState }: Visit): 'waiting' | 'signing' | 'signed' | 'over' {
  if (reportState === 'awaiting-attestation') return 'waiting'
  if (reportState === 'attesting') return 'signing'
  return reportState === 'signed' ? 'signed' : 'over'
}
