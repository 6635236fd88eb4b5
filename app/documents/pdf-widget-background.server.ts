/** The frame and the ground of a list, which the library leaves out when it draws what was chosen. */
import { type DropdownField, PdfStream } from './pdf-library.server.ts'

type Widget = ReturnType<DropdownField['getWidgets']>[number]

/** Draws them below what is there (PDF 2.0 §12.5.6.19, entries BG and BC of the dictionary MK). */
export function withBackground(widget: Widget): void {
  const drawing = widget.getNormalAppearance()
  const look = widget.getAppearanceCharacteristics()
  if (!(drawing instanceof PdfStream) || !look) return
  const { width, height } = widget
  const border = widget.getBorderStyle()?.width ?? 1
  const ground = colour(look.backgroundColor, ['g', 'rg', 'k'])
  const frame = colour(look.borderColor, ['G', 'RG', 'K'])
  const operators = [
    ...(ground ? [`q ${ground} 0 0 ${width} ${height} re f Q`] : []),
    ...(frame && border > 0
      ? [`q ${frame} ${border} w ${border / 2} ${border / 2} ${width - border} ${height - border} re S Q`]
      : []),
  ]
  if (operators.length === 0) return
  const before = Buffer.from(`${operators.join('\n')}\n`, 'latin1')
  drawing.setData(Buffer.concat([before, drawing.getDecodedData()]))
}

/** One, three or four components: gray, RGB, CMYK. */
function colour(
  components: readonly number[] | undefined,
  operators: [string, string, string],
): string | null {
  const operator = { 1: operators[0], 3: operators[1], 4: operators[2] }[components?.length ?? 0]
  return components && operator ? `${components.join(' ')} ${operator}` : null
}
