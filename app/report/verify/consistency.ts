/** Whether a statement agrees with itself: what it refers to exists, and nothing contradicted stands uncovered. */
import type { Statement } from '../statement.ts'
import { listReattestationFaults } from './reattestation.ts'
import { listReviewFaults } from './reviews.ts'

/** Sentences on what does not fit together. */
export function listInconsistencies(statement: Statement): string[] {
  return [
    ...duplicates(
      'question',
      statement.answers.map(({ questionId }) => questionId),
    ),
    ...duplicates(
      'control',
      statement.controls.map(({ id }) => id),
    ),
    ...duplicates(
      'fact',
      statement.facts.map(({ id }) => id),
    ),
    ...duplicates(
      'piece of evidence',
      statement.evidence.map(({ revisionId }) => revisionId),
    ),
    ...duplicates(
      'exception',
      statement.exceptions.map(({ id }) => id),
    ),
    ...partFaults(statement),
    ...danglingReferences(statement),
    ...exceptionFaults(statement),
    ...gapFaults(statement),
    ...listReattestationFaults(statement),
    ...duplicates(
      'review',
      (statement.reviews ?? []).map(({ reviewId }) => reviewId),
    ),
    ...listReviewFaults(statement),
  ]
}

function duplicates(kind: string, ids: readonly string[]): string[] {
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index))
  return [...twice].map((id) => `The ${kind} ${id} stands twice in the statement.`)
}

function danglingReferences({ answers, controls, facts, evidence, scans }: Statement): string[] {
  const knownFacts = new Set(facts.map(({ id }) => id))
  const knownEvidence = new Set(evidence.map(({ revisionId }) => revisionId))
  const reasons = [...answers, ...controls].flatMap((item) => item.reasons)
  const citedFacts = reasons.flatMap(({ factIds }) => factIds)
  const citedEvidence = [
    ...reasons.flatMap(({ revisionIds }) => revisionIds),
    ...[...facts, ...scans].map(({ revisionId }) => revisionId),
  ]
  return [
    ...[...new Set(citedFacts)]
      .filter((id) => !knownFacts.has(id))
      .map((id) => `The statement rests on the fact ${id}, which it does not list.`),
    ...[...new Set(citedEvidence)]
      .filter((id) => !knownEvidence.has(id))
      .map((id) => `The statement rests on the evidence ${id}, which it does not list.`),
  ]
}

function partFaults({ answers, signers }: Statement): string[] {
  const known = new Set(answers.map(({ questionId }) => questionId))
  return signers.flatMap(({ role, name, part }) => {
    if ((role === 'contributor') !== (part !== undefined))
      return [`It is not clear which answers ${name} signs for.`]
    return (part?.questionIds ?? [])
      .filter((id) => !known.has(id))
      .map((id) => `${name} signs for the question ${id}, which the statement does not list.`)
  })
}

function exceptionFaults({ answers, exceptions, createdAt, reattestation }: Statement): string[] {
  // A re-attestation records a contradiction as what it is; what is said of it then is judged with it.
  const isRecorded = reattestation !== undefined
  const byId = new Map(exceptions.map((exception) => [exception.id, exception]))
  return answers.flatMap(({ questionId, item, status, exceptionId }) => {
    const exception = exceptionId === null ? undefined : byId.get(exceptionId)
    if (exceptionId !== null && exception?.questionId !== questionId) {
      return [`The exception for answer ${item} is missing or belongs to another question.`]
    }
    if (status !== 'contradicted') return []
    if (!exception && isRecorded) return []
    if (!exception) return [`Answer ${item} is contradicted and no exception covers it.`]
    return exception.expiresOn < createdAt.slice(0, 10)
      ? [`The exception for answer ${item} had ended when the statement was made.`]
      : []
  })
}

function gapFaults({ answers, gaps }: Statement): string[] {
  const open = new Set(gaps.map(({ questionId }) => questionId))
  const unknown = new Set(
    answers.filter(({ answer }) => answer?.state === 'dont-know').map(({ questionId }) => questionId),
  )
  return [
    ...[...unknown]
      .filter((id) => !open.has(id))
      .map((id) => `The question ${id} is answered “I don’t know” without an open gap.`),
    ...[...open]
      .filter((id) => !unknown.has(id))
      .map((id) => `The gap for the question ${id} belongs to no “I don’t know”.`),
  ]
}
