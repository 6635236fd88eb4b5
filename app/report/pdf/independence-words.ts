/** Whose word each part of the report is, in sentences. */
import type { Account } from './account.ts'
import { count } from './wording.ts'

const NAMED = 12

export function sayWhoJudged({ preparedBy, reviewer, client, signers, evidence }: Account['statement']) {
  const certifier = signers.find(({ role }) => role === 'technical-contributor')
  const officer = signers.find(({ role }) => role === 'insured-officer')
  const acts = [
    ...(certifier ? [`${certifier.name} certifies the technical facts`] : []),
    ...(officer ? [`${officer.name} attests the answers for ${client.legalName}`] : []),
  ]
  return {
    collected: collectedBy(evidence),
    judged: `${preparedBy.name} prepared this report. The statuses were computed from the answers and the evidence by fixed rules; nobody set one by hand.${acts.length > 0 ? ` ${acts.join(', and ')}.` : ''}`,
    reviewed: reviewer
      ? `Named as independent reviewer: ${reviewer.name}, ${reviewer.organisation}`
      : 'No independent reviewer is named',
    caution: reviewer
      ? `${preparedBy.name} says that this person, who belongs to neither side, reviewed the evidence. The reviewer did not sign this report: ask them before you rely on it.`
      : `${preparedBy.name} looks after systems that this report speaks of, and so judges its own work. Weigh what rests on its word alone accordingly; what rests on a file can be checked against the file.`,
  }
}

function collectedBy(evidence: Account['statement']['evidence']): string {
  if (evidence.length === 0) return 'No evidence was collected.'
  const byName = new Map<string, number>()
  for (const { collector } of evidence) byName.set(collector, (byName.get(collector) ?? 0) + 1)
  const names = [...byName].sort(([, a], [, b]) => b - a)
  const told = names.slice(0, NAMED).map(([name, pieces]) => `${name} (${pieces})`)
  const more = names.length > NAMED ? `, and ${names.length - NAMED} others` : ''
  return `The ${count(evidence.length, 'piece')} of evidence ${evidence.length === 1 ? 'was' : 'were'} collected by ${told.join(', ')}${more}.`
}
