/** What an insurer's PDF holds already, said as people see it, and taken out where no answer supports it. */
import type { DocumentField } from './carrier-document.ts'
import { inherited, type OpenForm } from './pdf-form.server.ts'
import {
  type CheckboxField,
  type DropdownField,
  type FormField,
  type ListBoxField,
  type PDF,
  PdfArray,
  PdfName,
  PdfStream,
  PdfString,
  type RadioField,
  type TextField,
} from './pdf-library.server.ts'
import { optionsOfField } from './pdf-options.server.ts'
import { withBackground } from './pdf-widget-background.server.ts'
import { printable } from './workbook-cell.ts'

// Enough to recognise it by.
const LONGEST_SHOWN = 500

/** @returns '' where all fields of this name are empty */
export function prefilledText(pdf: PDF, field: DocumentField, targets: readonly FormField[]): string {
  const texts = targets.map((target) => textIn(pdf, field, target).trim()).filter((text) => text !== '')
  return printable([...new Set(texts)].join('; ')).slice(0, LONGEST_SHOWN)
}

function textIn(pdf: PDF, field: DocumentField, target: FormField): string {
  switch (target.type) {
    case 'text': {
      const text = longText(pdf, target) ?? (target as TextField).getValue()
      return (target as TextField).isPassword && text.trim() !== '' ? 'A password' : text
    }
    case 'checkbox':
    case 'radio': {
      const value = pressed(target as CheckboxField | RadioField)
      if (value === null) return ''
      return target.type === 'checkbox' && !(target as CheckboxField).isGroup
        ? 'Ticked'
        : shownAs(pdf, field, target, [value])
    }
    case 'dropdown':
      return shownAs(pdf, field, target, [(target as DropdownField).getValue()])
    case 'listbox':
      return shownAs(pdf, field, target, (target as ListBoxField).getValue())
    default:
      return ''
  }
}

/** A text may stand in a stream of its own, where the library does not look (PDF 2.0 §12.7.5.3). */
function longText(pdf: PDF, target: FormField): string | null {
  const value = inherited(pdf, target, 'V')
  return value instanceof PdfStream ? Buffer.from(value.getDecodedData()).toString('latin1') : null
}

/** Also a box that is drawn ticked without a value that says so: what counts is what people see. */
function pressed(target: CheckboxField | RadioField): string | null {
  const drawn = target.getWidgets().map((widget) => widget.dict.getName('AS')?.value)
  const states = [target.getValue() ?? '', ...drawn]
  return states.find((state) => state !== undefined && state.trim() !== '' && state !== 'Off') ?? null
}

function shownAs(pdf: PDF, field: DocumentField, target: FormField, values: readonly string[]): string {
  const own = optionsOfField(pdf, target, () => '')
  return values
    .map((value) => {
      const index = own.findIndex((option) => option.value === value)
      return field.options[index] ?? own[index]?.shown ?? value
    })
    .filter((text) => text.trim() !== '')
    .join('; ')
}

/** Empties all fields of a name that may be changed, in what they say and in how they are drawn. */
export function clearFields({ pdf, form }: OpenForm, targets: readonly FormField[]): void {
  for (const target of targets) {
    if (target.isReadOnly()) continue
    const dict = target.acroField()
    for (const key of ['V', 'RV', 'I']) dict.delete(key)
    if (target.type === 'checkbox' || target.type === 'radio') {
      dict.set('V', PdfName.of('Off'))
      for (const widget of target.getWidgets()) widget.setAppearanceState('Off')
      continue
    }
    // What a field further up holds would show through.
    if (inherited(pdf, target, 'V') !== undefined) {
      dict.set('V', target.type === 'listbox' ? PdfArray.of() : PdfString.fromString(''))
    }
    try {
      form.acroForm().updateFieldAppearance(target as TextField)
      if (target.type !== 'text') for (const widget of target.getWidgets()) withBackground(widget)
    } catch {
      // Without a drawing of its own, programs draw the field from its value, which is none.
      for (const widget of target.getWidgets()) widget.dict.delete('AP')
    }
  }
}
