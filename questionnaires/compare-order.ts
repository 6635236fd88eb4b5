/** Which questions stand in another place, as opposed to being pushed on by what came or went before them. */
import type { Edition, Question } from './definition.ts'

export interface PlacedPair {
  older: Question
  newer: Question
}

export interface Move {
  pair: PlacedPair
  before: string
  after: string
}

/**
 * Moved: out of its section, out of the order in which the other questions stayed (their longest common order), or
 * given another item number although nothing before it came, went or moved.
 */
export function findMoves(older: Edition, newer: Edition, pairs: readonly PlacedPair[]): Move[] {
  const before = placesIn(older)
  const after = placesIn(newer)
  const ordered = pairs
    .map((pair) => ({ pair, from: before.get(pair.older.id), to: after.get(pair.newer.id) }))
    .filter((entry): entry is { pair: PlacedPair; from: Place; to: Place } => !!entry.from && !!entry.to)
    .sort((a, b) => a.to.index - b.to.index)
  const steady = longestRise(ordered.map(({ from }) => from.index))

  let isPushed = false
  let expected = 0
  const moves: Move[] = []
  ordered.forEach(({ pair, from, to }, rank) => {
    // Something was added (a gap here) or removed (a gap there) since the last question that stayed.
    isPushed ||= to.index !== rank || from.index !== expected
    const hasLeft = !isSameSection(from, to) || !steady.has(rank)
    const wasRenumbered = from.item !== to.item && !isPushed
    if (hasLeft || wasRenumbered) {
      moves.push({ pair, before: placeInWords(from), after: placeInWords(to) })
      isPushed ||= hasLeft
    }
    expected = from.index + 1
  })
  return moves
}

interface Place {
  index: number
  item: string
  sectionId: string
  sectionTitle: string
}

function placesIn(edition: Edition): Map<string, Place> {
  const places = edition.sections.flatMap((section) =>
    section.questions.map((question) => ({ question, section })),
  )
  return new Map(
    places.map(({ question, section }, index) => [
      question.id,
      { index, item: question.reference.item, sectionId: section.id, sectionTitle: section.title },
    ]),
  )
}

/** A section that only got another id or another title is still the same one. */
function isSameSection(from: Place, to: Place): boolean {
  return from.sectionId === to.sectionId || from.sectionTitle === to.sectionTitle
}

function placeInWords({ item, sectionTitle }: Place): string {
  return `item ${item} in “${sectionTitle}”`
}

/** Positions of one longest rising sequence. */
export function longestRise(numbers: readonly number[]): ReadonlySet<number> {
  /** At [n]: where the lowest end of a rise of n + 1 numbers stands. */
  const ends: number[] = []
  const previous: (number | undefined)[] = []
  numbers.forEach((number, position) => {
    let length = ends.findIndex((end) => (numbers[end] ?? 0) >= number)
    if (length < 0) length = ends.length
    previous[position] = ends[length - 1]
    ends[length] = position
  })
  const rise = new Set<number>()
  for (let at = ends.at(-1); at !== undefined; at = previous[at]) rise.add(at)
  return rise
}
