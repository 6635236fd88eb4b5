/** Said above the questions of a form that reads a blank as an answer. */
import type { Edition } from '#questionnaires/definition.ts'
import { Notice } from '../notice.tsx'

export function BlankRuleNotice({ edition }: { edition: Edition }) {
  if (edition.blankMeans !== 'no') return null
  return (
    <Notice kind="warning" title="A question left blank says “no” on this form">
      Yes/no questions that you do not answer are signed as “no”. Answer each of them, or choose “I don’t
      know” where nobody can say yet.
    </Notice>
  )
}
