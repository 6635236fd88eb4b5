/** The choices of a PDF field as people see them, each with what the file calls it. */
import { resolverOf } from './pdf-form.server.ts'
import {
  type CheckboxField,
  type DropdownField,
  type FormField,
  type ListBoxField,
  type PDF,
  PdfArray,
  PdfString,
  type RadioField,
} from './pdf-library.server.ts'
import type { Box } from './pdf-nearby-text.ts'
import { printable } from './workbook-cell.ts'

export interface FieldOption {
  shown: string
  /** The export value of a list, the appearance state of a button. */
  value: string
}

/**
 * A tick box of its own has none: it is on or off. Two choices that read alike are told apart by their values.
 * @param labelAt the printed words beside a button, for buttons that the file calls `0` and `1`
 */
export function optionsOfField(pdf: PDF, field: FormField, labelAt: (box: Box) => string): FieldOption[] {
  switch (field.type) {
    case 'dropdown':
    case 'listbox': {
      const options = (field as DropdownField | ListBoxField).getOptions()
      return tellApart(options.map(({ value, display }) => ({ shown: display, value })))
    }
    case 'radio':
      return tellApart(buttonOptions(pdf, field as RadioField, labelAt))
    case 'checkbox': {
      const box = field as CheckboxField
      return box.isGroup ? tellApart(buttonOptions(pdf, box, labelAt)) : []
    }
    default:
      return []
  }
}

function buttonOptions(
  pdf: PDF,
  field: RadioField | CheckboxField,
  labelAt: (box: Box) => string,
): FieldOption[] {
  const names = field.acroField().get('Opt', resolverOf(pdf))
  const options = new Map<string, FieldOption>()
  field.getWidgets().forEach((widget, index) => {
    const value = widget.getOnValue()
    if (!value || options.has(value)) return
    const given = names instanceof PdfArray ? names.at(index) : undefined
    const tooltip = widget.dict.getString('TU')?.asString() ?? ''
    const ownWords = [given instanceof PdfString ? given.asString() : '', value].find((text) =>
      saysSomething(text),
    )
    const [x, y] = widget.rect
    const beside = ownWords ? '' : labelAt({ x, y, width: widget.width, height: widget.height })
    options.set(value, { value, shown: ownWords ?? (tooltip || beside || value) })
  })
  return [...options.values()]
}

/** Not `0`, `1`, `Choice2`, `On` or a code. */
function saysSomething(text: string): boolean {
  if (/^(y|n|n\/a)$/i.test(text)) return true
  return /\p{L}{2}/u.test(text) && !/^(choice|option|button|radio|value|opt)[ _-]?\d*$|^on$/i.test(text)
}

function tellApart(options: readonly FieldOption[]): FieldOption[] {
  const tidy = options
    .map(({ shown, value }) => ({ shown: printable(shown).replace(/\s+/g, ' ').trim().slice(0, 250), value }))
    // The empty line that lists begin with is no answer.
    .filter(({ shown, value }) => shown !== '' || value.trim() !== '')
  const isClear = (shown: string) =>
    shown !== '' && tidy.filter((other) => other.shown === shown).length === 1
  return tidy.map(({ shown, value }) => ({
    value,
    shown: isClear(shown) ? shown : `${shown} (${printable(value).slice(0, 40)})`.trim(),
  }))
}
