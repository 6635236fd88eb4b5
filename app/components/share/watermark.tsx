/** Whom a page is shown to, written across all of it, on screen and on paper. */

interface WatermarkProps {
  name: string
  email: string
  /** Of this access. */
  day: string
}

/** More than a tall screen takes; what does not fit is cut off. */
const LINES = 64
const TIMES_A_LINE = 12

/** Each part keeps the direction of its own script. */
export const isolate = (text: string) => `\u2068${text}\u2069`

/**
 * Drawn as generated content: it cannot be selected, copied or found by a search of the page, takes no clicks, and
 * screen readers, which hear it as a sentence at the head of the page, pass over it. Faint enough that the text below
 * keeps its contrast.
 */
export function Watermark({ name, email, day }: WatermarkProps) {
  const mark = [name, email, day].map(isolate).join(' · ')
  const line = Array.from({ length: TIMES_A_LINE }, () => mark).join('\u2003\u2003')
  return (
    <div aria-hidden className="watermark" data-testid="watermark">
      <div className="watermark-sheet">
        {Array.from({ length: LINES }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all the same and never change places.
          <div key={index} className="watermark-line" data-mark={line} />
        ))}
      </div>
    </div>
  )
}
