/** What every measurement is asked for and what it gives back: rows of our value beside a named baseline's. */

export type Unit = 'MB/s' | 'MB' | 's' | 'ms' | 'µs' | 'requests/s'

export interface Row {
  what: string
  unit: Unit
  ours: number
  baseline: string
  theirs: number
  /** Ours divided by theirs: the median over the rounds, each of which ran both. */
  ratio: number
  /** Of each round, in order: how far apart they lie says how far the median can be trusted. */
  ratios: number[]
}

export interface Outcome {
  rows: Row[]
  /** Sizes, rounds and single values that belong beside the rows. */
  notes: string[]
}

export interface Options {
  /** Small sizes and one round: shows that everything runs, its numbers mean nothing. */
  quick: boolean
  /** How often both sides run. */
  rounds: number
  uploadMegabytes: number
  /** A folder of this run, removed after it. */
  folder: string
  say: (line: string) => void
}

export interface Measurement {
  name: string
  title: string
  load(): Promise<{ measure(options: Options): Promise<Outcome> }>
}

/** 10^6 bytes everywhere, as design.md counts. */
export const MEGABYTE = 1_000_000
