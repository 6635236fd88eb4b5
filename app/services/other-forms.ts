/** Which other applications of a client an application is held against, and what each is to it. */
import type { OtherForm } from '#app/readiness/across-forms.ts'
import type { ApplicationRow } from '#db/queries/applications.server.ts'

type Row = Pick<ApplicationRow, 'id' | 'formCode' | 'state' | 'createdAt' | 'movedFrom'>

/**
 * Only drafts are held against others: what was signed stays as it is. Left out are the drafts that one is being moved to
 * or from, and signed forms that a later signed application of the same form superseded.
 * @param all applications of the client that were not discarded
 */
export function listOtherForms<R extends Row>(
  own: Row,
  all: readonly R[],
): { row: R; relation: OtherForm['relation'] }[] {
  if (own.state === 'frozen') return []
  const family = new Set([...ancestorsOf(own, all), own.id])
  return all.flatMap((row): { row: R; relation: OtherForm['relation'] }[] => {
    if (row.id === own.id) return []
    if (row.state === 'draft') {
      const isSameWork = family.has(row.id) || ancestorsOf(row, all).has(own.id)
      return isSameWork ? [] : [{ row, relation: 'open' }]
    }
    const isSuperseded = all.some(
      (later) => later.state === 'frozen' && later.formCode === row.formCode && isLater(later, row),
    )
    if (isSuperseded) return []
    return [{ row, relation: row.formCode === own.formCode ? 'before' : 'signed' }]
  })
}

function isLater(a: Row, b: Row): boolean {
  return a.createdAt.getTime() === b.createdAt.getTime() ? a.id > b.id : a.createdAt > b.createdAt
}

/** The applications that this one was moved from, one after the other. */
function ancestorsOf(row: Row, all: readonly Row[]): Set<string> {
  const found = new Set<string>()
  let at: Row | undefined = row
  while (at?.movedFrom && !found.has(at.movedFrom)) {
    found.add(at.movedFrom)
    const parent: string = at.movedFrom
    at = all.find(({ id }) => id === parent)
  }
  return found
}
