/** How many questions each person at a client has, form by form. */
import type { ListedAssignment } from './assignment-list.server.ts'

export interface QuestionShare {
  applicationId: string
  formTitle: string
  recipientName: string
  recipientEmail: string
  /** They have still to answer. */
  open: number
  overdue: number
  /** We have still to look at it. */
  waiting: number
  accepted: number
  /** The soonest day among those still to answer. */
  nextDueOn: string | null
}

/** In the order of their soonest day; what was taken back is nobody's. */
export function shareOut(rows: readonly ListedAssignment[]): QuestionShare[] {
  const shares = new Map<string, QuestionShare>()
  for (const row of rows) {
    if (row.state === 'taken-back') continue
    const { applicationId, formTitle, recipientName, recipientEmail, state, dueOn } = row
    const key = `${applicationId} ${recipientEmail}`
    const share = shares.get(key) ?? {
      ...{ applicationId, formTitle, recipientName, recipientEmail },
      ...{ open: 0, overdue: 0, waiting: 0, accepted: 0, nextDueOn: null },
    }
    if (state === 'open') {
      share.open += 1
      share.overdue += Number(row.isOverdue)
      share.nextDueOn ??= dueOn
    } else if (state === 'accepted') share.accepted += 1
    else share.waiting += 1
    shares.set(key, share)
  }
  return [...shares.values()]
}
