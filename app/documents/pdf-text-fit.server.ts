/** Finds a font and a size in which a text shows whole in every place of its field, or says that there is none. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inherited, resolverOf } from './pdf-form.server.ts'
import {
  type EmbeddedFont,
  type PDF,
  type PDFForm,
  PdfDict,
  PdfNumber,
  PdfString,
  type TextField,
} from './pdf-library.server.ts'

export interface Fitting {
  font: NonNullable<ReturnType<TextField['getFont']>>
  sizePoints: number
}

interface Typeface {
  font: Fitting['font']
  widthOf(text: string): number
}

type TextLike = Pick<TextField, 'getWidgets' | 'defaultAppearance'>

// Below it, print is no longer read. A form that itself prints smaller may.
const SMALLEST_POINTS = 6
const LARGEST_AUTO_POINTS = 12

export interface TextShape {
  isMultiline: boolean
  /** Cells of a comb field. */
  cells: number | null
  /** Points at the right that are not for text. */
  reserved: number
}

export interface Fonts {
  pdf: PDF
  form: PDFForm
  /** Embedded when it is first asked for. */
  ownFont: () => EmbeddedFont
}

/** @returns null when a letter is in neither the form's font nor ours */
export function chooseTypeface(fonts: Fonts, field: TextLike, text: string): Typeface | null {
  const appearance = field.defaultAppearance ?? fonts.form.acroForm().defaultAppearance
  return formTypeface(fonts, appearance, text) ?? ownTypeface(fonts.ownFont(), text)
}

/** @returns null when no size fits, or when a letter is in neither font */
export function fitText(fonts: Fonts, field: TextLike, text: string, shape: TextShape): Fitting | null {
  const appearance = field.defaultAppearance ?? fonts.form.acroForm().defaultAppearance
  const typeface = chooseTypeface(fonts, field, text)
  if (!typeface) return null
  const wanted = Number.parseFloat(/([\d.]+)\s+Tf/.exec(appearance)?.[1] ?? '0')
  const rooms = field.getWidgets().map((widget) => roomOf(widget, shape.reserved))
  const largest = wanted || LARGEST_AUTO_POINTS
  for (let size = largest; size >= Math.min(largest, SMALLEST_POINTS); size -= 0.5) {
    if (rooms.every((room) => fits(text, { typeface, size, room, shape }))) {
      return { font: typeface.font, sizePoints: size }
    }
  }
  return null
}

/**
 * The form's own font, where what the library writes with it is certainly what it shows: the library writes text in
 * PDFDocEncoding whatever the font's own encoding is, and subset fonts lack most letters.
 */
function formTypeface(
  { pdf, form }: { pdf: PDF; form: PDFForm },
  appearance: string,
  text: string,
): Typeface | null {
  const name = /\/(\S+)\s+[\d.]+\s+Tf/.exec(appearance)?.[1]
  const acroForm = form.acroForm()
  const font = name === undefined ? null : acroForm.getExistingFont(name)
  if (!name || !font?.ref || font.isCIDFont) return null
  const base = pdf.getObject(font.ref)
  const baseName = base instanceof PdfDict ? (base.getName('BaseFont', resolverOf(pdf))?.value ?? '') : ''
  if (/^[A-Z]{6}\+|symbol|dingbats/i.test(baseName) || baseName === '') return null
  const line = text.replace(/[\r\n]/g, ' ')
  if (!font.canUseForAppearance(line)) return null
  const written = PdfString.fromString(line).bytes
  const shown = font.encodeText(line)
  const isSame = written.length === shown.length && shown.every((code, index) => code === written[index])
  return isSame ? { font, widthOf: (part) => font.getTextWidth(part, 1) } : null
}

function ownTypeface(font: EmbeddedFont, text: string): Typeface | null {
  return font.canEncode(text.replace(/[\r\n]/g, ' '))
    ? { font, widthOf: (part) => font.getTextWidth(part, 1) }
    : null
}

interface Room {
  width: number
  height: number
}

/** What the library leaves for text inside the border. */
function roomOf(widget: ReturnType<TextField['getWidgets']>[number], reserved: number): Room {
  const look = widget.getAppearanceCharacteristics()
  const padding = Math.max(1, widget.getBorderStyle()?.width ?? 1)
  const isTurned = Math.abs(look?.rotation ?? 0) % 180 === 90
  const [width, height] = isTurned ? [widget.height, widget.width] : [widget.width, widget.height]
  return { width: width - 4 * padding - reserved, height: height - 2 * padding }
}

interface Trial {
  typeface: Typeface
  size: number
  room: Room
  shape: TextShape
}

function fits(text: string, { typeface, size, room, shape }: Trial): boolean {
  const widthOf = (part: string) => typeface.widthOf(part) * size
  if (shape.cells !== null) {
    const cell = (room.width + 4) / shape.cells
    return size <= room.height + 2 && [...text].every((letter) => widthOf(letter) <= cell)
  }
  if (!shape.isMultiline) return widthOf(text) <= room.width && size * 0.95 <= room.height + 2
  const lines = text
    .split('\n')
    .reduce((sum, paragraph) => sum + countLines(paragraph, room.width, widthOf), 0)
  // The library's leading is 1.2; a line is as high as its font from top to tail.
  return (lines - 1) * size * 1.2 + size * 1.25 <= room.height
}

/** Breaks at spaces as the library does; a word that is wider than the field goes on in the next line. */
function countLines(paragraph: string, width: number, widthOf: (text: string) => number): number {
  if (width <= 0) return Number.POSITIVE_INFINITY
  let lines = 1
  let used = 0
  const space = widthOf(' ')
  for (const word of paragraph.split(/\s+/)) {
    const wide = widthOf(word)
    if (used > 0 && used + space + wide <= width) used += space + wide
    else {
      if (used > 0) lines += 1
      // Broken words leave some room unused at each end.
      const more = wide > width ? Math.ceil(wide / (width * 0.9)) : 0
      lines += more
      used = more > 0 ? 0 : wide
    }
  }
  return lines
}

/** Cells of a comb field, or null. `MaxLen` may stand in a parent, where the library does not look. */
export function combCells(pdf: PDF, field: TextField): number | null {
  const length = inherited(pdf, field, 'MaxLen')
  if (!field.isComb || field.isMultiline || !(length instanceof PdfNumber) || length.value < 1) return null
  return length.value
}

const require = createRequire(import.meta.url)

/** Embedded whole, so that somebody may go on typing in it. Letters of most European scripts. */
export function ownFontOf(pdf: PDF): () => EmbeddedFont {
  let font: EmbeddedFont | undefined
  return () => {
    font ??= pdf.embedFont(
      readFileSync(require.resolve('@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf')),
    )
    return font
  }
}
