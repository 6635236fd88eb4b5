/** What would be signed, or left out, without anybody having said it: blanks that say "no", proposals nobody confirmed. */
import { Link } from '@remix-run/react'
import { Notice } from '../notice.tsx'
import type { QuestionPlace } from '../questionnaire/question-places.ts'

export function BlankNoesNotice({ rows }: { rows: QuestionPlace[] }) {
  if (rows.length === 0) return null
  return (
    <Notice
      kind="warning"
      title={
        rows.length === 1
          ? 'One question left blank is signed as “no”'
          : `${rows.length} questions left blank are signed as “no”`
      }
    >
      <p>Answer each of them, or leave it only where “no” is true.</p>
      <ul className="mt-1.5 space-y-1.5">
        {rows.map((row) => (
          <li key={row.href} className="grid grid-cols-[2.5rem_minmax(0,1fr)] gap-x-2">
            <span className="text-ink-soft tabular-nums">{row.item}</span>
            <Link to={row.href} className="text-link">
              {row.prompt}
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

export interface WaitingSection {
  title: string
  href: string
  count: number
}

export function WaitingProposalsNotice({ sections }: { sections: WaitingSection[] }) {
  if (sections.length === 0) return null
  const total = sections.reduce((sum, { count }) => sum + count, 0)
  return (
    <Notice
      kind="info"
      title={
        total === 1 ? 'One proposed answer is not confirmed' : `${total} proposed answers are not confirmed`
      }
    >
      <p>They count only once somebody confirms them; questions that depend on them come up then.</p>
      <ul className="mt-1.5 space-y-1.5">
        {sections.map(({ title, href, count }) => (
          <li key={href}>
            <Link to={href} className="text-link">
              {title}
            </Link>
            : {count} proposed
          </li>
        ))}
      </ul>
    </Notice>
  )
}
