/** Proposed answers that somebody has to confirm before they count, section by section. */
import type { Answers } from './answers.ts'
import { findAnswer } from './branching.ts'
import type { Edition } from './definition.ts'
import type { Proposal } from './proposal.ts'

/**
 * By section id, sections without any left out. Only questions that are asked now and not answered; a proposal without
 * an answer shows an old one beside a question that is answered anew, so nothing of it can be confirmed.
 */
export function waitingBySection(
  edition: Edition,
  asked: {
    applicable: ReadonlySet<string>
    answers: Answers
    proposals: Readonly<Record<string, Proposal>>
  },
): Record<string, number> {
  const isWaiting = ({ id }: { id: string }) =>
    asked.applicable.has(id) && !findAnswer(asked.answers, id) && Boolean(asked.proposals[id]?.answer)
  return Object.fromEntries(
    edition.sections.flatMap((section) => {
      const count = section.questions.filter(isWaiting).length
      return count > 0 ? [[section.id, count]] : []
    }),
  )
}
