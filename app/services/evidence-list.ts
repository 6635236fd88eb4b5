/** What the evidence list shows and how it is filtered and sorted; the page and its service share it. */
import { z } from 'zod'
import type { Standing } from '#app/readiness/standing.ts'
import { matchesText } from './text-match.ts'

export const EVIDENCE_STANDINGS = ['fresh', 'expiring', 'stale', 'expired', 'ignored'] as const
/** As a list shows it: `expired` is stale because the document itself says that it ended. */
export type EvidenceStanding = (typeof EVIDENCE_STANDINGS)[number]
export const EVIDENCE_SORTS = ['received', 'title', 'observed', 'changes'] as const
export type EvidenceSort = (typeof EVIDENCE_SORTS)[number]

/** From an address line: what makes no sense there is ignored. */
export const EvidenceQuery = z.object({
  text: z.string().trim().max(200).catch(''),
  kind: z.string().max(60).catch(''),
  control: z.string().max(80).catch(''),
  standing: z.enum(['', ...EVIDENCE_STANDINGS]).catch(''),
  sort: z.enum(EVIDENCE_SORTS).catch('received'),
})
export type EvidenceQuery = z.infer<typeof EvidenceQuery>

export const WHOLE_LIST: EvidenceQuery = { text: '', kind: '', control: '', standing: '', sort: 'received' }

export interface EvidenceListItem {
  id: string
  title: string
  kind: string
  kindLabel: string
  fileName: string
  observedAt: Date
  receivedAt: Date
  validUntil: Date | null
  standing: EvidenceStanding
  /** When the standing is next another one, and which. */
  changesAt: Date | null
  becomes: Standing['becomes']
  controlIds: string[]
  controlLabels: string[]
  revisionCount: number
  /** A redacted copy of its file exists, and goes out in its place. */
  hasRedactedCopy: boolean
  isCopied: boolean
  sizeBytes: number
  withdrawnAt: Date | null
  withdrawnReason: string | null
}

export function shownStanding({ state, ended }: Pick<Standing, 'state' | 'ended'>): EvidenceStanding {
  return ended ? 'expired' : state
}

export function selectEvidence(items: readonly EvidenceListItem[], query: EvidenceQuery): EvidenceListItem[] {
  return items
    .filter(
      (item) =>
        (!query.kind || item.kind === query.kind) &&
        (!query.control || item.controlIds.includes(query.control)) &&
        (!query.standing || item.standing === query.standing) &&
        matchesText([item.title, item.kindLabel, item.fileName, ...item.controlLabels], query.text),
    )
    .sort((a, b) => compare(a, b, query.sort))
}

/** What has come to its end stands first: it is what must be collected now. */
function compare(a: EvidenceListItem, b: EvidenceListItem, sort: EvidenceSort): number {
  switch (sort) {
    case 'received':
      return b.receivedAt.getTime() - a.receivedAt.getTime()
    case 'observed':
      return b.observedAt.getTime() - a.observedAt.getTime()
    case 'title':
      return a.title.localeCompare(b.title, 'en')
    case 'changes':
      return changeRank(a) - changeRank(b)
  }
}

function changeRank({ standing, changesAt }: EvidenceListItem): number {
  if (standing === 'stale' || standing === 'expired' || standing === 'ignored') return 0
  return changesAt?.getTime() ?? Number.MAX_SAFE_INTEGER
}
