/** What a training platform's word for an assignment says. */

/** null: nothing that is known. */
export function stateOf(text: string): 'completed' | 'inProgress' | 'notStarted' | null {
  const word = text.trim().toLowerCase()
  if (word === '') return null
  if (
    /\b(not started|past due|overdue|incomplete|assigned|enrolled|not attempted|expired)\b/.test(word) ||
    /\b(not|never|non)\b[^,;.:()]*\bcompleted?\b/.test(word)
  )
    return 'notStarted'
  if (/\b(in progress|started|partial(ly)?|fail(s|ed|ures?)?|un(finished|completed))\b/.test(word))
    return 'inProgress'
  // Whoever has not passed or finished may have begun; completed it is not.
  if (/\b(not|never|non)\b[^,;.:()]*\b(passed|finished|done)\b/.test(word)) return 'inProgress'
  return /\b(completed?|passed|finished|done)\b/.test(word) ? 'completed' : null
}
