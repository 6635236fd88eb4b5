/** A first guess at what the columns of a table mean, by their names and cells; a person confirms it, always. */
import { foldHeader } from '../csv-reader.ts'
import type { ColumnMapping } from '../importer.ts'
import type { Target } from './target.ts'
import { ROW_KINDS, TARGETS } from './targets.ts'

export interface Suggestion {
  mapping: ColumnMapping
  /** The header row, and rows under it to judge the guess by. */
  headers: string[]
  examples: string[][]
}

type RowKind = ColumnMapping['rowsAre']

/** @returns null for rows without a header that names at least two columns */
export function suggestMapping(rows: readonly string[][], fixed?: RowKind): Suggestion | null {
  const at = findHeaderRow(rows)
  if (at === null) return null
  const headers = (rows[at] ?? []).map((header) => header.trim())
  const examples = rows.slice(at + 1, at + 21)
  const kinds = fixed ? [fixed] : (Object.keys(ROW_KINDS) as RowKind[])
  const guesses = kinds.map((rowsAre) => ({ rowsAre, ...guess(TARGETS[rowsAre], headers, examples) }))
  const [best] = guesses.sort((a, b) => b.score - a.score)
  if (!best) return null
  const { rowsAre, columns } = best
  return { mapping: { rowsAre, columns, tool: '', dayFirst: showsDayFirst(examples) }, headers, examples }
}

/** The fullest of the first rows whose cells are distinct words: what stands above is a preamble. */
function findHeaderRow(rows: readonly string[][]): number | null {
  const widest = Math.max(0, ...rows.map((cells) => cells.length))
  const at = rows.findIndex((cells) => {
    const filled = cells.map((cell) => cell.trim()).filter(Boolean)
    return (
      filled.length >= Math.max(2, widest * 0.6) &&
      new Set(filled.map(foldHeader)).size === filled.length &&
      filled.filter((cell) => /^[\d.,:/\- ]+$/.test(cell)).length <= filled.length / 4
    )
  })
  return at < 0 ? null : at
}

function guess(targets: Record<string, Target>, headers: string[], examples: string[][]) {
  const candidates = Object.entries(targets).flatMap(([field, target]) =>
    headers.map((header, place) => ({
      field,
      place,
      header,
      score: closeness(
        target,
        header,
        examples.map((cells) => cells[place] ?? ''),
      ),
    })),
  )
  const columns: Record<string, string> = {}
  const taken = new Set<number>()
  let score = 0
  for (const candidate of candidates.sort((a, b) => b.score - a.score)) {
    if (candidate.score <= 0 || candidate.field in columns || taken.has(candidate.place)) continue
    columns[candidate.field] = candidate.header
    taken.add(candidate.place)
    score += candidate.score
  }
  const missing = Object.entries(targets).filter(
    ([field, { required }]) => required && !(field in columns),
  ).length
  return { columns, score: score - missing * 25 }
}

function closeness({ words, cells }: Target, header: string, examples: string[]): number {
  const folded = foldHeader(header)
  const exact = words.indexOf(folded)
  const filled = examples.map((cell) => cell.trim()).filter(Boolean)
  const matching =
    cells && filled.length > 0 ? filled.filter((cell) => cells.test(cell)).length / filled.length : 0
  // A header that is the word outweighs one that contains it; what the cells look like decides between the two.
  const byName =
    exact >= 0
      ? 10 + (words.length - exact) / words.length
      : words.some((word) => word.length > 3 && folded.includes(word))
        ? 4
        : 0
  return byName + matching * 8
}

/** Some day above twelve in the first place, and none in the second. */
function showsDayFirst(examples: string[][]): boolean {
  const parts = examples
    .flat()
    .map((cell) => /^\s*(\d{1,2})[/.](\d{1,2})[/.]\d{4}\b/.exec(cell))
    .filter((found) => found !== null)
  return parts.some(([, first]) => Number(first) > 12) && !parts.some(([, , second]) => Number(second) > 12)
}
