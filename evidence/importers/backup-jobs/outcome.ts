/** What a backup console's word for the end of a run says. */

export type Outcome = 'succeeded' | 'warned' | 'failed' | 'running'

/** "Without errors" is no error. */
const NOTHING_WRONG =
  /\b(no|0|zero|without( any)?) (errors?|failures?|warnings?|issues|exceptions)( or (errors?|warnings?))?\b/g
const FAILED =
  /\b(fail(s|ed|ing|ures?)?|errors?|aborted|cancel(l?ed)?|missed|overdue|not (run|started)|incomplete|stopped)\b/
const WARNED = /\b(warn(s|ings?|ed)?|partial(ly)?|with (issues|exceptions))\b/
const SUCCEEDED = /\b(success(ful|fully|es)?|succeeded|completed?|ok|done|healthy|passed|protected)\b/
/** A denial counts for the words up to the next stop: "completed, not verified" is not "not completed". */
const DENIED = new RegExp(
  `\\b(not|never|non|no)\\b[^,;.:()]*${SUCCEEDED.source}|\\bun(successful(ly)?|completed|healthy|protected)\\b`,
)

/** A word of no known meaning is null: told, and counted for nothing. */
export function outcomeOf(text: string): Outcome | null {
  const word = text.trim().toLowerCase().replaceAll(NOTHING_WRONG, '')
  if (FAILED.test(word) || DENIED.test(word)) return 'failed'
  if (WARNED.test(word)) return 'warned'
  if (SUCCEEDED.test(word)) return /\b(not|never)\b/.test(word) ? 'warned' : 'succeeded'
  return /\b(running|in progress|pending|queued|waiting)\b/.test(word) ? 'running' : null
}
