/** An address as a QR code, drawn as one vector path. */
import { Path, Rect, Svg } from '@react-pdf/renderer'
import { correction, generate } from 'lean-qr'
import { toSvgPath } from 'lean-qr/extras/svg'
import { COLOUR } from './look.ts'

// The standard asks for four empty modules around the code.
const QUIET = 4

/** The same text always gives the same path. @param size points, with the quiet zone */
export function QrCode({ text, size }: { text: string; size: number }) {
  const code = generate(text, { minCorrectionLevel: correction.M })
  const side = code.size + 2 * QUIET
  return (
    <Svg width={size} height={size} viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}>
      <Rect x={-QUIET} y={-QUIET} width={side} height={side} fill={COLOUR.paper} />
      <Path d={toSvgPath(code)} fill="#000000" />
    </Svg>
  )
}
