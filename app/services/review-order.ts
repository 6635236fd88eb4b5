/** The order in which an assessor goes through an application (domain/practice.md §2), whatever the form's own order. */
import type { AnswerStatus } from '#app/readiness/status.ts'

export interface ReviewGroup {
  id: string
  label: string
  /** Domains of the control catalogue; the first group takes what no control stands behind. */
  domains: readonly string[]
}

export const REVIEW_GROUPS: readonly ReviewGroup[] = [
  { id: 'business', label: 'Business, records and prior incidents', domains: [] },
  { id: 'outside', label: 'Seen from outside', domains: ['exposure', 'email'] },
  { id: 'mfa', label: 'MFA scope and exclusions', domains: ['identity'] },
  { id: 'edr', label: 'EDR and who watches', domains: ['endpoint', 'detection'] },
  { id: 'backup', label: 'Backup isolation and restore', domains: ['backup'] },
  { id: 'privileged', label: 'Privileged accounts', domains: ['privileged-access'] },
  { id: 'patching', label: 'Patch age and end of life', domains: ['vulnerabilities'] },
  { id: 'payments', label: 'Payment controls', domains: ['payments'] },
  {
    id: 'rest',
    label: 'Data, plans, people and third parties',
    domains: ['data', 'response', 'awareness', 'third-parties', 'governance'],
  },
]

/** @param domain of the question's control; null without one. A domain that no group names comes last. */
export function groupOfDomain(domain: string | null): ReviewGroup {
  const index = domain === null ? 0 : REVIEW_GROUPS.findIndex(({ domains }) => domains.includes(domain))
  return REVIEW_GROUPS.at(index) as ReviewGroup
}

/** In the assessor's order; inside a group as the form has them. */
export function inReviewOrder<Item extends { groupId: string }>(items: readonly Item[]): Item[] {
  const rank = new Map(REVIEW_GROUPS.map(({ id }, index) => [id, index]))
  return items
    .map((item, index) => ({ item, index }))
    .sort((a, b) => (rank.get(a.item.groupId) ?? 99) - (rank.get(b.item.groupId) ?? 99) || a.index - b.index)
    .map(({ item }) => item)
}

export const REVIEW_FILTERS = ['all', 'unreviewed', 'doubtful', 'open', 'sample'] as const
export type ReviewFilter = (typeof REVIEW_FILTERS)[number]

export interface Filterable {
  questionId: string
  status: AnswerStatus
  weakened: boolean
  /** The last decision; null where there is none, or where answer or evidence changed since. */
  standing: { kind: string } | null
}

/** `doubtful`: contradicted, stale, unsupported or weakened. `open`: asked, rejected or contradicted by an assessor. */
export function passesFilter(item: Filterable, filter: ReviewFilter, sample: readonly string[]): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'unreviewed':
      return item.standing === null
    case 'doubtful':
      return item.weakened || !['supported', 'not-claimed'].includes(item.status)
    case 'open':
      return item.standing !== null && !item.standing.kind.startsWith('accepted')
    case 'sample':
      return sample.includes(item.questionId)
  }
}
