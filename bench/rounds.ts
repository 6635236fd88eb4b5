/** Runs both sides in turn (A, B, A, B…), so that whatever else the machine does falls on both. */
import type { Row } from './measurement.ts'

export type Sample = Record<string, number>
export type Sides<Name extends string> = Record<Name, () => Promise<Sample>>
export type Rounds<Name extends string> = Record<Name, Sample>[]

export async function alternate<Name extends string>(
  rounds: number,
  sides: Sides<Name>,
): Promise<Rounds<Name>> {
  const taken: Rounds<Name> = []
  for (let round = 0; round < rounds; round += 1) {
    const samples = {} as Record<Name, Sample>
    for (const name of Object.keys(sides) as Name[]) samples[name] = await sides[name]()
    taken.push(samples)
  }
  return taken
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle]
  if (upper === undefined) throw new Error('There is nothing to take the median of')
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** @throws Error where a side did not measure `quantity`: a wrong table is worse than none */
export function compare<Name extends string>(
  rounds: Rounds<Name>,
  quantity: string,
  ours: Name,
  theirs: Name,
): Pick<Row, 'ours' | 'theirs' | 'ratio' | 'ratios'> {
  const quantityOf = (sample: Sample) => {
    const value = sample[quantity]
    if (value === undefined || !Number.isFinite(value)) throw new Error(`No ${quantity} was measured`)
    return value
  }
  const ratios = rounds.map((round) => quantityOf(round[ours]) / quantityOf(round[theirs]))
  return {
    ours: median(rounds.map((round) => quantityOf(round[ours]))),
    theirs: median(rounds.map((round) => quantityOf(round[theirs]))),
    ratio: median(ratios),
    ratios,
  }
}
