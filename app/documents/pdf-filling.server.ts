/** Carries out a plan on an insurer's PDF and looks afterwards whether the file says what it should. */
import { writeFile } from 'node:fs/promises'
import { type FilledDocument, isKeptFor } from './carrier-document.ts'
import { putIntoField } from './pdf-field-filling.server.ts'
import { hasUsageRights, inherited, type OpenForm, openForm } from './pdf-form.server.ts'
import { damaged, type FormField, PdfBool, parsePdf, savePdf } from './pdf-library.server.ts'
import { clearFields, prefilledText } from './pdf-prefilled.server.ts'
import { ownFontOf } from './pdf-text-fit.server.ts'
import type { PlannedField } from './plan-filling.ts'

/** @throws DocumentError as `openForm`; damaged also when the filled file does not hold what was put in */
export async function fillPdf(
  path: string,
  outPath: string,
  plan: readonly PlannedField[],
): Promise<FilledDocument> {
  const open = await openForm(path)
  const report: FilledDocument = { filled: [], leftEmpty: [], kept: [], notices: [...open.notices] }
  const needsDrawing = open.form.acroForm().needAppearances
  const touched = new Set<FormField>()
  const ownFont = ownFontOf(open.pdf)
  for (const { field, outcome } of plan) {
    const targets = open.fields.get(field.name) ?? []
    const { name, label } = field
    const before = prefilledText(open.pdf, field, targets)
    const text =
      'put' in outcome ? putIntoField({ ...open, ownFont }, { field, targets, put: outcome.put }) : null
    if (text !== null) {
      report.filled.push({ field: name, label, text })
      for (const target of targets) touched.add(target)
      continue
    }
    const why = 'why' in outcome ? outcome.why : 'does-not-fit'
    // What did not fit in one place may be drawn in another of the same name.
    if (!isKeptFor(why) && (before !== '' || ('put' in outcome && targets.length > 1))) {
      clearFields(open, targets)
      for (const target of targets) touched.add(target)
    }
    const value = prefilledText(open.pdf, field, targets)
    if (value !== '') report.kept.push({ field: name, label, why: isKeptFor(why) ? why : 'read-only', value })
    else report.leftEmpty.push({ field: name, label, why, ...(before === '' ? {} : { removed: before }) })
  }
  removeSecondLayers(open)
  if (needsDrawing) drawPrefilled(open, touched)
  const bytes = await savePdf(open.pdf)
  await checkFilled(bytes, open, touched)
  await writeFile(outPath, bytes)
  return report
}

/** XFA would be shown instead of what was filled in; usage rights no longer fit the file. */
function removeSecondLayers({ pdf, form }: OpenForm): void {
  form.acroForm().getDict().delete('XFA')
  if (hasUsageRights(pdf)) pdf.getCatalog().delete('Perms')
}

/**
 * The library takes "draw everything yourself" out of the form when it fills one field. What the insurer filled in
 * beforehand without drawing it would vanish, so the wish is put back as long as there is such a field.
 */
function drawPrefilled({ pdf, form, fields }: OpenForm, touched: ReadonlySet<FormField>): void {
  const isUndrawn = (field: FormField) =>
    !touched.has(field) &&
    inherited(pdf, field, 'V') !== undefined &&
    field.getWidgets().some((widget) => !widget.hasNormalAppearance())
  if ([...fields.values()].flat().some(isUndrawn)) {
    form.acroForm().getDict().set('NeedAppearances', PdfBool.TRUE)
  }
}

/** Opens the file as a stranger would: an encryption that went wrong, or a field that did not take, shows here. */
async function checkFilled(
  bytes: Uint8Array,
  { fields }: OpenForm,
  touched: ReadonlySet<FormField>,
): Promise<void> {
  const again = await parsePdf(bytes)
  const valuesByName = new Map<string, unknown[]>()
  for (const field of again.getForm()?.getFields() ?? []) {
    valuesByName.set(field.name, [...(valuesByName.get(field.name) ?? []), field.getValue()])
  }
  const isKept = (field: FormField) =>
    (valuesByName.get(field.name) ?? []).some(
      (value) => JSON.stringify(value) === JSON.stringify(field.getValue()),
    )
  const isWhole = [...fields.values()].flat().every((field) => !touched.has(field) || isKept(field))
  if ((again.isEncrypted && !again.isAuthenticated) || !isWhole) throw damaged()
}
