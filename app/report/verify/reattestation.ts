/** Whether a re-attestation agrees with itself: what it cites, what was certified before, and what was said of each answer. */
import { sha256Hex } from '#evidence/canonical.ts'
import { beforeTheOfficer, canonicalStatement, type Statement } from '../statement.ts'

/** Sentences on what does not fit together; none for the report of an application. */
export function listReattestationFaults(statement: Statement): string[] {
  const { reattestation, answers, exceptions } = statement
  if (!reattestation) return []
  const { period, chain, certified, statedAt } = reattestation
  const byId = new Map(answers.map((answer) => [answer.questionId, answer]))
  const excepted = new Set(exceptions.map(({ id }) => id))
  const numbers = chain.map(({ number }) => number)
  const isInOrder = numbers.every(
    (number, index) =>
      (index === 0 ? number === 0 : number > (numbers[index - 1] ?? 0)) && number < period.number,
  )
  const isSigned = certified !== undefined && statedAt !== undefined
  return [
    ...(isInOrder ? [] : ['The reports that the re-attestation follows are not in order.']),
    ...(chain.some(({ attestedAt }) => attestedAt > statement.createdAt)
      ? ['The re-attestation follows a report that was signed after it was compared.']
      : []),
    ...(period.first <= period.last ? [] : ['The period of the re-attestation ends before it begins.']),
    ...(isSigned ? certifiedFaults(statement) : ['The officer has not said how it is with the answers.']),
    ...reattestation.answers.flatMap(({ questionId, mark, marks, result }) => {
      const today = byId.get(questionId)
      const item = today?.item ?? questionId
      const isCovered = today?.exceptionId != null && excepted.has(today.exceptionId)
      return [
        ...(marks[0] === mark ? [] : [`The marks of answer ${item} do not agree.`]),
        ...(result ? [] : [`Nothing is said of answer ${item}.`]),
        ...(result?.result === 'still-true' && today?.status === 'contradicted' && !isCovered
          ? [`Answer ${item} is contradicted, no exception covers it, and it is said to be still true.`]
          : []),
        ...(result?.result === 'still-true' && result.confirmed === 'in-list' && !isListed(mark)
          ? [`Answer ${item} is not unchanged, and was not gone through by itself.`]
          : []),
      ]
    }),
  ]
}

const isListed = (mark: string) => mark === 'unchanged' || mark === 'supported-newly'

/** What the technical contributor certified is this statement without the officer's words, and nothing else. */
function certifiedFaults(statement: Statement): string[] {
  const { reattestation } = statement
  if (!reattestation?.certified) return []
  const before = canonicalStatement({ ...statement, reattestation: beforeTheOfficer(reattestation) })
  return sha256Hex(before) === reattestation.certified.sha256
    ? []
    : ['The comparison is not the one that the technical contributor certified before the officer answered.']
}
