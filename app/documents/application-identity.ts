/** Whether a workbook that came back belongs to this application and this edition. */
import type { Edition } from '#questionnaires/definition.ts'
import type { Sheet } from './workbook-cell.ts'
import { WorkbookError } from './workbook-error.ts'
import { IDENTITY_MARK, LAYOUT_VERSION } from './workbook-rows.ts'

/** @throws WorkbookError not-ours, newer-layout, other-application, other-edition */
export function checkIdentity(
  sheets: readonly Sheet[],
  expected: { applicationId: string; edition: Edition; editionSha256: string },
): void {
  const identity = readIdentity(sheets)
  const layout = Number(identity.get(IDENTITY_MARK))
  if (!identity.has('application') || !Number.isInteger(layout)) {
    throw new WorkbookError(
      'not-ours',
      'This workbook was not made here, or its hidden sheet was deleted. Download a new one and copy the answers into it.',
    )
  }
  if (layout > LAYOUT_VERSION) {
    throw new WorkbookError(
      'newer-layout',
      'This workbook comes from a newer release. Update this one first.',
    )
  }
  if (identity.get('application') !== expected.applicationId) {
    throw new WorkbookError(
      'other-application',
      'This workbook belongs to another application. Open that one, or send the right workbook.',
    )
  }
  const { edition } = expected
  const isSame =
    identity.get('form') === edition.form.code &&
    identity.get('edition') === edition.edition &&
    identity.get('sha256') === expected.editionSha256
  if (!isSame) {
    throw new WorkbookError(
      'other-edition',
      `This workbook asks for edition ${identity.get('edition') ?? '?'} of the form; the application is now on ${edition.edition}. Download a new one and copy the answers into it.`,
    )
  }
}

function readIdentity(sheets: readonly Sheet[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const { cells } of sheets.find(isIdentitySheet)?.rows ?? []) {
    const [name, value] = [cells.get(1), cells.get(2)]
    if (name?.kind !== 'text' || !value) continue
    if (value.kind === 'text') found.set(name.text, value.text)
    if (value.kind === 'number') found.set(name.text, String(value.number))
  }
  return found
}

export function isIdentitySheet({ rows }: Sheet): boolean {
  return rows.some(({ cells }) => {
    const first = cells.get(1)
    return first?.kind === 'text' && first.text === IDENTITY_MARK
  })
}
