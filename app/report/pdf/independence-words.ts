/** Whose word each part of the report is, in sentences. */

import type { Words } from '../language/words.ts'
import { reviewerOf } from '../signing-order.ts'
import type { Account } from './account.ts'
import { opinionsOf } from './review-words.ts'

const NAMED = 12
const CAUTIONS = { signs: 'who.reviewer-signs', named: 'who.reviewer-caution' } as const

export function sayWhoJudged({ words, statement }: Pick<Account, 'words' | 'statement'>) {
  const { say } = words
  const { preparedBy, client, signers, evidence, reviews } = statement
  const reviewer = reviewerOf(statement)
  const preparer = preparedBy.name
  const certifier = signers.find(({ role }) => role === 'technical-contributor')?.name
  const officer = signers.find(({ role }) => role === 'insured-officer')?.name
  const acts =
    certifier && officer
      ? [say('who.both', { certifier, officer, client: client.legalName })]
      : [
          ...(certifier ? [say('who.certifies', { certifier })] : []),
          ...(officer ? [say('who.attests', { officer, client: client.legalName })] : []),
        ]
  return {
    collected: collectedBy(words, evidence),
    judged: [say('who.judged', { preparer }), ...acts].join(' '),
    reviewed: reviewer
      ? say('who.reviewer', { name: reviewer.name, organisation: reviewer.organisation })
      : reviews
        ? opinionsOf(words, reviews)
        : say('who.no-reviewer'),
    caution: say(reviewer ? CAUTIONS[reviewer.signs ? 'signs' : 'named'] : 'who.own-work', { preparer }),
  }
}

function collectedBy({ say, number }: Words, evidence: Account['statement']['evidence']): string {
  const count = evidence.length
  if (count === 0) return say('who.nothing')
  const byName = new Map<string, number>()
  for (const { collector } of evidence) byName.set(collector, (byName.get(collector) ?? 0) + 1)
  const ranked = [...byName].sort(([, a], [, b]) => b - a)
  const names = ranked
    .slice(0, NAMED)
    .map(([name, pieces]) => `${name} (${number(pieces)})`)
    .join(', ')
  const others = ranked.length - NAMED
  return others > 0
    ? say('who.collected-and-others', { count, names, others })
    : say('who.collected', { count, names })
}
