/** Puts one value into one field of a PDF, drawn so that every program shows it, or leaves the field as it was. */
import type { DocumentField } from './carrier-document.ts'
import { inherited } from './pdf-form.server.ts'
import {
  type CheckboxField,
  type DropdownField,
  type FormField,
  type ListBoxField,
  PdfArray,
  PdfDict,
  PdfName,
  PdfNumber,
  PdfStream,
  type RadioField,
  type TextField,
} from './pdf-library.server.ts'
import { optionsOfField } from './pdf-options.server.ts'
import { chooseTypeface, combCells, type Fonts, fitText } from './pdf-text-fit.server.ts'
import { withBackground } from './pdf-widget-background.server.ts'
import type { Put } from './plan-filling.ts'

interface Task {
  field: DocumentField
  /** All fields of this name. */
  targets: readonly FormField[]
  put: Put
}

/** @returns what was put in, or null where it does not fit in one of the places */
export function putIntoField(fonts: Fonts, { field, targets, put }: Task): string | null {
  const writable = targets.filter((target) => !target.isReadOnly())
  if (writable.length === 0) return null
  const before = writable.map((target) => ({ target, value: target.acroField().get('V') }))
  try {
    const texts = writable.map((target) => putInto(fonts, { field, target, put }))
    if (texts.every((text) => text !== null)) return texts[0] ?? null
  } catch {
    // The library refuses what it cannot draw; the field is then as empty as any other that does not fit.
  }
  for (const { target, value } of before) {
    if (value === undefined) target.acroField().delete('V')
    else target.acroField().set('V', value)
  }
  return null
}

interface One {
  field: DocumentField
  target: FormField
  put: Put
}

function putInto(fonts: Fonts, { field, target, put }: One): string | null {
  switch (target.type) {
    case 'text':
      return put.kind === 'text' ? putText(fonts, target as TextField, put.texts) : null
    case 'checkbox':
      if (put.kind === 'tick') return putTick(fonts, target as CheckboxField, put.isTicked)
      return putButton(target as CheckboxField, valuesOf(fonts, field, target, put))
    case 'radio':
      return putButton(target as RadioField, valuesOf(fonts, field, target, put))
    case 'dropdown':
      return putChoice(fonts, { field, target: target as DropdownField, put })
    case 'listbox':
      return putList(fonts, target as ListBoxField, valuesOf(fonts, field, target, put))
    default:
      return null
  }
}

interface Chosen {
  shown: string[]
  values: string[]
}

/** From the choices that the reading shows to the file's own, by their order: the bytes are the same. */
function valuesOf(fonts: Fonts, field: DocumentField, target: FormField, put: Put): Chosen | null {
  if (put.kind !== 'options' || put.options.length === 0) return null
  const own = optionsOfField(fonts.pdf, target, () => '')
  if (own.length < field.options.length) return null
  const values = put.options.map((shown) => own[field.options.indexOf(shown)]?.value)
  return values.every((value) => value !== undefined) ? { shown: put.options, values } : null
}

function putText(fonts: Fonts, target: TextField, texts: readonly string[]): string | null {
  const length = inherited(fonts.pdf, target, 'MaxLen')
  const limit = length instanceof PdfNumber && length.value > 0 ? length.value : Number.POSITIVE_INFINITY
  const shape = { isMultiline: target.isMultiline, cells: combCells(fonts.pdf, target), reserved: 0 }
  for (const candidate of texts) {
    const text = target.isMultiline ? candidate : candidate.replace(/\s*\n\s*/g, ' ')
    if (text.length > limit) continue
    const fitting = fitText(fonts, target, text, shape)
    if (!fitting) continue
    const dict = target.acroField()
    if (Number.isFinite(limit)) dict.set('MaxLen', PdfNumber.of(limit))
    // A richer copy of the old text would win over the new one.
    dict.delete('RV')
    target.setFont(fitting.font)
    target.setFontSize(fitting.sizePoints)
    target.setValue(text)
    return text
  }
  return null
}

function putTick(fonts: Fonts, target: CheckboxField, isTicked: boolean): string {
  // A box that nobody drew yet gets its looks, and with them the name of its ticked state.
  if (target.getOnValues().length === 0) fonts.form.acroForm().updateFieldAppearance(target)
  keepLooks(target)
  target.setValue(isTicked ? target.getOnValue() : 'Off')
  return isTicked ? 'Ticked' : 'Not ticked'
}

function putButton(target: RadioField | CheckboxField, chosen: Chosen | null): string | null {
  const [value] = chosen?.values ?? []
  if (!chosen || value === undefined || chosen.values.length !== 1) return null
  if (target.getWidgets().length === 0) return null
  keepLooks(target)
  target.setValue(value)
  return chosen.shown.join('; ')
}

/** Forms may leave out how an open button looks; the library would then redraw the ticked one as well. */
function keepLooks(target: RadioField | CheckboxField): void {
  for (const widget of target.getWidgets()) {
    const value = widget.getOnValue()
    if (value === null || widget.hasAppearancesForStates([value, 'Off'])) continue
    const box = PdfArray.of(...[0, 0, widget.width, widget.height].map((number) => PdfNumber.of(number)))
    const nothing = new PdfStream(
      [
        ['Type', PdfName.of('XObject')],
        ['Subtype', PdfName.of('Form')],
        ['BBox', box],
        ['Resources', new PdfDict()],
      ],
      new Uint8Array(),
    )
    widget.setNormalAppearance(nothing, 'Off')
  }
}

function putChoice(
  fonts: Fonts,
  { field, target, put }: { field: DocumentField; target: DropdownField; put: Put },
): string | null {
  // The library draws no turned lists: the choice would be there, and nobody would see it.
  const isTurned = target.getWidgets().some((widget) => widget.getAppearanceCharacteristics()?.rotation)
  if (put.kind !== 'options' || isTurned) return null
  const chosen = valuesOf(fonts, field, target, put)
  const typed = chosen === null && target.isEditable ? put.orText : null
  const value = chosen?.values[0] ?? typed
  const shown = target.getOptions().find((option) => option.value === value)?.display ?? value
  if (value === null || shown === null || (chosen && chosen.values.length !== 1)) return null
  // The library keeps 20 points for the arrow.
  const fitting = fitText(fonts, target, shown, { isMultiline: false, cells: null, reserved: 20 })
  if (!fitting) return null
  target.acroField().delete('I')
  target.setFont(fitting.font)
  target.setFontSize(fitting.sizePoints)
  target.setValue(value)
  for (const widget of target.getWidgets()) withBackground(widget)
  return chosen?.shown[0] ?? shown
}

function putList(fonts: Fonts, target: ListBoxField, chosen: Chosen | null): string | null {
  if (!chosen || (chosen.values.length > 1 && !target.isMultiSelect)) return null
  // All choices are drawn, not only the chosen ones.
  const typeface = chooseTypeface(
    fonts,
    target,
    target
      .getOptions()
      .map(({ display }) => display)
      .join(' '),
  )
  if (!typeface) return null
  target.setFont(typeface.font)
  target.setValue(chosen.values)
  for (const widget of target.getWidgets()) withBackground(widget)
  return chosen.shown.join('; ')
}
