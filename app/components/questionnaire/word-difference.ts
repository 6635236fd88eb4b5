/** Which words of a question's wording changed, for showing two wordings beside each other. */

export interface Piece {
  text: string
  changed: boolean
}

export interface WordDifference {
  older: Piece[]
  newer: Piece[]
  /** Share of the words that both have, from 0 to 1. */
  shared: number
}

/** Longest common subsequence of words; prompts have 600 characters at most, so the table stays small. */
export function compareWords(older: string, newer: string): WordDifference {
  const before = wordsOf(older)
  const after = wordsOf(newer)
  const lengths = commonLengths(before, after)
  const keptBefore = new Set<number>()
  const keptAfter = new Set<number>()
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    if (before[i] === after[j]) {
      keptBefore.add(i++)
      keptAfter.add(j++)
    } else if (at(lengths, i + 1, j) >= at(lengths, i, j + 1)) i += 1
    else j += 1
  }
  const total = before.length + after.length
  return {
    older: piecesOf(before, keptBefore),
    newer: piecesOf(after, keptAfter),
    shared: total === 0 ? 1 : (2 * keptBefore.size) / total,
  }
}

const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean)

const at = (lengths: readonly number[][], i: number, j: number) => lengths[i]?.[j] ?? 0

/** `[i][j]`: how many words the rest of both has in common from there on. */
function commonLengths(before: readonly string[], after: readonly string[]): number[][] {
  const lengths: number[][] = Array.from({ length: before.length + 1 }, () => [])
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const row = lengths[i]
      if (!row) continue
      row[j] =
        before[i] === after[j]
          ? at(lengths, i + 1, j + 1) + 1
          : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1))
    }
  }
  return lengths
}

/** Neighbours of one sort become one piece, so that a changed phrase is marked as a whole. */
function piecesOf(words: readonly string[], kept: ReadonlySet<number>): Piece[] {
  const pieces: Piece[] = []
  for (const [index, word] of words.entries()) {
    const changed = !kept.has(index)
    const last = pieces.at(-1)
    if (last?.changed === changed) last.text += ` ${word}`
    else pieces.push({ text: word, changed })
  }
  return pieces
}
