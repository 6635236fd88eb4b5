/** What a verification means, in the words that the command line and the page share. */

import { ROLE_NAMES, slotsOf } from '../signing-order.ts'
import type { OfficerResult, Signer, Statement } from '../statement.ts'
import type { VerifiedSignature } from '../verify.ts'
import type { Check } from './results.ts'

export const DO_NOT_RELY = 'Do not rely on this file; ask the preparer for the original.'
export const READ_NOTES = 'Read the notes before you rely on who signed.'

const DEEDS: Record<Signer['role'], string> = {
  'technical-contributor': 'certified the technical facts and evidence',
  contributor: 'certified the answers of their part',
  reviewer: 'reviewed the evidence',
  'insured-officer': 'attested the answers',
}

export interface GroupedChecks<C> {
  failed: C[]
  /** Counted as failed, because an earlier failure made them impossible. */
  unmade: C[]
  notes: C[]
  held: C[]
}

/** What a reader must know first comes first. */
export function groupChecks<C extends Pick<Check, 'ok' | 'note' | 'unmade'>>(
  checks: readonly C[],
): GroupedChecks<C> {
  return {
    failed: checks.filter(({ ok, unmade }) => !ok && !unmade),
    unmade: checks.filter(({ unmade }) => unmade),
    notes: checks.filter(({ ok, note }) => ok && note),
    held: checks.filter(({ ok, note }) => ok && !note),
  }
}

/** The outcome in one line: all hold, or how many failed and how many could not be made. */
export function verdictOf(checks: readonly Pick<Check, 'ok' | 'note' | 'unmade'>[]): string {
  const { failed, unmade } = groupChecks(checks)
  if (failed.length + unmade.length === 0) return 'Every check holds.'
  const rest = unmade.length === 0 ? '' : `, and ${unmade.length} could not be made because of that`
  return `${failed.length} of ${checks.length} checks failed${rest}.`
}

export interface SignerInWords {
  name: string
  /** Position and organisation, as the statement names them. */
  as: string
  role: string
  did: string
  /** ISO 8601. */
  at: string
}

/** Who signed as what and when; it means something only when every check holds. */
export function signersInWords(
  signatures: readonly VerifiedSignature[],
  statement: Statement | null,
): SignerInWords[] {
  const slots = slotsOf(statement?.signers ?? [])
  return signatures.map(({ slot, role, name, organisation, at }) => {
    const named = slots.find(({ id }) => id === slot)?.signer
    return {
      name,
      as: [named?.title, named?.organisation ?? organisation].filter(Boolean).join(', '),
      role: ROLE_NAMES[role],
      did: DEEDS[role],
      at,
    }
  })
}

const STATUSES: [status: Statement['answers'][number]['status'], word: string][] = [
  ['supported', 'supported'],
  ['unsupported', 'unsupported'],
  ['stale', 'stale'],
  ['contradicted', 'contradicted'],
  ['not-claimed', 'not claimed'],
]

/** What the report says, at a glance. */
export function glanceOf(statement: Statement): { term: string; value: string }[] {
  const { client, edition, preparedBy, createdAt, answers, exceptions, gaps, evidence, reattestation } =
    statement
  const counts = STATUSES.flatMap(([status, word]) => {
    const count = answers.filter((answer) => answer.status === status).length
    return count > 0 ? [`${count} ${word}`] : []
  })
  return [
    { term: 'Insured', value: client.legalName },
    { term: 'Form', value: `${edition.formTitle}, edition ${edition.edition}` },
    ...(reattestation ? reattestedInWords(reattestation) : []),
    { term: 'Prepared by', value: `${preparedBy.name} on ${createdAt.slice(0, 10)}` },
    { term: 'Answers', value: `${answers.length}: ${counts.join(', ')}` },
    { term: 'Exceptions', value: countOf(exceptions.length, 'exception', 'exceptions') },
    {
      term: 'Open gaps',
      value: countOf(gaps.length, 'answer is “I don’t know”', 'answers are “I don’t know”'),
    },
    {
      term: 'Evidence',
      value: countOf(evidence.length, 'file, named by its SHA-256', 'files, named by their SHA-256'),
    },
  ]
}

/** Which report it follows, and what the officer said, the gravest first. */
function reattestedInWords({ period, chain, answers }: NonNullable<Statement['reattestation']>) {
  const previous = chain.at(-1)
  const said = (result: OfficerResult['result']) =>
    answers.filter((answer) => answer.result?.result === result).length
  const chained = chain.map(({ number }) => (number === 0 ? 'application' : String(number)))
  return [
    {
      term: 'Re-attestation',
      value: `Number ${period.number} of this application, for ${period.first} to ${period.last}`,
    },
    { term: 'Chain', value: [...chained, `${period.number} (this report)`].join(' → ') },
    ...(previous
      ? [
          {
            term: 'Follows',
            value: `Report ${previous.reportId}, signed ${previous.attestedAt.slice(0, 10)}, file SHA-256 ${previous.pdfSha256}`,
          },
        ]
      : []),
    {
      term: 'The officer says',
      value: `${said('no-longer-true')} no longer true, ${said('with-exceptions')} true with exceptions, ${said('still-true')} still true`,
    },
  ]
}

const countOf = (count: number, one: string, many: string) =>
  count === 0 ? 'None' : `${count} ${count === 1 ? one : many}`
