/** The printed words beside a field, for forms whose authors named their fields `Text17`. */
import type { PDF } from './pdf-library.server.ts'

/** In points, from the lower left corner of the page. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface Run extends Box {
  text: string
  letters: readonly { char: string; x: number; end: number }[]
}

/** Runs of text without a wide gap. */
export type PageWords = readonly Run[]

type Page = NonNullable<ReturnType<PDF['getPage']>>

/** Empty where the text of the page cannot be read: a label is a courtesy. */
export function wordsOfPage(page: Page | null): PageWords {
  if (page?.rotation !== 0) return []
  try {
    return page.extractText().lines.flatMap(({ spans }) => runsOf(spans.flatMap(({ chars }) => chars)))
  } catch {
    return []
  }
}

interface Letter {
  char: string
  bbox: Box
  fontSize: number
}

function runsOf(letters: readonly Letter[]): Run[] {
  const groups: Letter[][] = []
  let end = Number.NEGATIVE_INFINITY
  for (const letter of [...letters].sort((a, b) => a.bbox.x - b.bbox.x)) {
    if (letter.bbox.x - end > Math.max(4, letter.fontSize * 0.9)) groups.push([])
    groups.at(-1)?.push(letter)
    end = Math.max(end, letter.bbox.x + letter.bbox.width)
  }
  return groups.flatMap((group) => makeRun(group))
}

/** Nothing where no letter or number is among them. */
function makeRun(letters: readonly Letter[]): Run[] {
  const [first] = letters
  let text = ''
  let end = first?.bbox.x ?? 0
  for (const { char, bbox, fontSize } of letters) {
    const isSpace = bbox.x - end > fontSize * 0.15 && !text.endsWith(' ') && char !== ' '
    text += isSpace ? ` ${char}` : char
    end = Math.max(end, bbox.x + bbox.width)
  }
  if (!first || !/[\p{L}\p{N}]/u.test(text)) return []
  const { x, y, height } = first.bbox
  const places = letters.map(({ char, bbox }) => ({ char, x: bbox.x, end: bbox.x + bbox.width }))
  return [{ text, x, y, height, width: end - x, letters: places }]
}

/** Text that goes on behind the box is two texts to the reader. */
function splitAt(run: Run, box: Box): Run[] {
  const middle = box.x + box.width / 2
  if (run.x >= middle || run.x + run.width <= middle) return [run]
  const part = (letters: Run['letters']): Run[] => {
    const inked = letters.filter(({ char }) => char.trim() !== '')
    const [first] = inked
    const end = inked.at(-1)?.end ?? 0
    const text = letters.map(({ char }) => char).join('')
    return first ? [{ ...run, text, letters, x: first.x, width: end - first.x }] : []
  }
  return [
    ...part(run.letters.filter(({ x }) => x < middle)),
    ...part(run.letters.filter(({ x }) => x >= middle)),
  ]
}

const REACH_POINTS = 260
const ABOVE_POINTS = 16

/**
 * @param isTick the words of tick boxes stand to their right, with the question further left
 * @param otherwise what a field is called rather than by the words above it, which may belong to others
 */
export function labelBeside(words: PageWords, box: Box, isTick: boolean, otherwise = ''): string {
  const middle = box.y + box.height / 2
  const onLine = words
    .filter((run) => run.y - 3 <= middle && middle <= run.y + run.height + 3)
    .flatMap((run) => splitAt(run, box))
  const left = nearest(onLine, (run) => box.x - (run.x + run.width))
  if (!isTick) return tidy(left?.text ?? (otherwise || (above(words, box)?.text ?? '')))
  const right = nearest(onLine, (run) => run.x - (box.x + box.width), 40)
  if (!right) return tidy(left?.text ?? '')
  const isShort = right.text.trim().split(/\s+/).length <= 2
  // "Yes" alone says nothing: the question is the longest text before the boxes of its line.
  const question = onLine
    .filter((run) => run.x + run.width <= box.x + 2)
    .sort((a, b) => b.text.length - a.text.length)[0]
  return isShort && question && question.text.length > 3
    ? tidy(`${question.text} ${right.text}`)
    : tidy(right.text)
}

function nearest(words: PageWords, distanceOf: (run: Run) => number, reach = REACH_POINTS): Run | undefined {
  return words
    .filter((run) => distanceOf(run) >= -2 && distanceOf(run) <= reach)
    .sort((a, b) => distanceOf(a) - distanceOf(b))[0]
}

function above(words: PageWords, box: Box): Run | undefined {
  const top = box.y + box.height
  return words
    .filter((run) => run.x < box.x + box.width && run.x + run.width > box.x - 4)
    .filter((run) => run.y >= top - 3 && run.y - top <= ABOVE_POINTS)
    .sort((a, b) => a.y - b.y)[0]
}

function tidy(text: string): string {
  return text
    .replace(/_{2,}|\.{3,}|[□☐]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
