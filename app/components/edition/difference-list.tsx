/** What differs between two editions: each change with what it said before and says now, and what becomes of answers. */

import { type Edition, findQuestion } from '#questionnaires/definition.ts'
import {
  type ChangeKind,
  type EditionChange,
  type EditionDifference,
  RULE_WORDS,
} from '#questionnaires/edition-change.ts'
import { StatusBadge } from '../status-badge.tsx'
import type { Tone } from '../tone.ts'

export const CHANGE_WORDS: Record<ChangeKind, string> = {
  added: 'Added',
  removed: 'Removed',
  moved: 'Moved',
  reworded: 'Reworded',
  'definition-changed': 'Meaning changed',
  'type-changed': 'Kind of answer changed',
  'threshold-changed': 'Limit changed',
  'options-changed': 'Options changed',
  split: 'Split',
  merged: 'Merged',
  'gate-changed': 'Asked differently',
}

const TONES: Partial<Record<ChangeKind, Tone>> = {
  split: 'warn',
  'threshold-changed': 'warn',
  'type-changed': 'warn',
  'definition-changed': 'warn',
  merged: 'warn',
  added: 'info',
  removed: 'neutral',
}

export function ChangeBadge({ kind }: { kind: ChangeKind }) {
  return <StatusBadge word={CHANGE_WORDS[kind]} tone={TONES[kind] ?? 'neutral'} />
}

interface DifferenceListProps {
  difference: EditionDifference
  older: Edition
  newer: Edition
}

export function DifferenceList({ difference, older, newer }: DifferenceListProps) {
  const groups = groupByQuestion(difference.changes)
  return (
    <ol className="border-rule border-t">
      {groups.map(({ key, changes }) => {
        const [first] = changes
        if (!first) return null
        const after = first.newer[0] ? findQuestion(newer, first.newer[0]) : null
        const before = first.older[0] ? findQuestion(older, first.older[0]) : null
        const shown = after ?? before
        const rule = after ? difference.rules[after.id]?.rule : null
        return (
          <li key={key} className="border-hairline border-b py-5">
            <p className="text-caption text-ink-faint">Item {shown?.reference.item}</p>
            <h3 className="mt-0.5 max-w-measure font-semibold">{shown?.prompt}</h3>
            <ul className="mt-2 space-y-3">
              {changes.map((change) => (
                <li key={`${change.kind} ${change.sentence}`}>
                  <ChangeBadge kind={change.kind} />
                  <p className="mt-0.5 max-w-measure">{change.sentence}</p>
                  <BeforeAfter change={change} />
                </li>
              ))}
            </ul>
            {rule ? (
              <p className="mt-2.5 text-caption text-ink-soft">
                In a move to this edition: {RULE_WORDS[rule]}.
              </p>
            ) : null}
          </li>
        )
      })}
    </ol>
  )
}

export function BeforeAfter({ change }: { change: Pick<EditionChange, 'before' | 'after'> }) {
  if (change.before === null && change.after === null) return null
  return (
    <dl className="mt-1.5 grid max-w-measure gap-x-6 gap-y-2 text-caption sm:grid-cols-2">
      <div className="border-control border-s-2 ps-3">
        <dt className="text-ink-faint">Before</dt>
        <dd className="break-words text-ink-soft">{change.before ?? 'Nothing'}</dd>
      </div>
      <div className="border-accent border-s-2 ps-3">
        <dt className="text-ink-faint">Now</dt>
        <dd className="break-words">{change.after ?? 'Nothing'}</dd>
      </div>
    </dl>
  )
}

/** Changes of one question stand together; the order of the list stays. */
function groupByQuestion(changes: readonly EditionChange[]) {
  const groups = new Map<string, EditionChange[]>()
  for (const change of changes) {
    const key = change.newer.length === 1 ? `new ${change.newer[0]}` : `old ${change.older.join(' ')}`
    groups.set(key, [...(groups.get(key) ?? []), change])
  }
  return [...groups].map(([key, grouped]) => ({ key, changes: grouped }))
}
