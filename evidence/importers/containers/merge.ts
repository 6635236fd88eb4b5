/** Several exports of one ZIP as one import: keys stay apart, summaries are added up, one bad entry spoils no other. */
import type { Fact } from '../../facts.ts'
import {
  ImportError,
  type ImportEvent,
  type Importer,
  type ImportSummary,
  type ReadOptions,
} from '../importer.ts'
import { many } from '../scan/text.ts'

/** Unpacked bytes below which an entry's events wait until it was read whole, so that a damaged one leaves nothing. */
const HELD_BELOW = 8 * 1024 * 1024
const MAXIMUM_FACTS = 5000
const SHOWN_NAMES = 5

export function createMerge() {
  /** Asset key → the format that named it first; another format's machine of that name is another asset. */
  const owners = new Map<string, string>()
  const announced = new Set<string>()
  const summaries: ImportSummary[] = []
  const passedOver: string[] = []
  const refused: string[] = []

  const ownKey = (format: string, key: string) => {
    const owner = owners.get(key)
    if (owner === undefined) owners.set(key, format)
    return owner === undefined || owner === format ? key : `${key} (${format})`
  }
  /** null: the same machine was told before. */
  const adapt = (format: string, event: ImportEvent): ImportEvent | null => {
    if (event.type === 'finding')
      return {
        type: 'finding',
        finding: { ...event.finding, assetKey: ownKey(format, event.finding.assetKey) },
      }
    if (event.type !== 'asset') return event
    const key = ownKey(format, event.asset.key)
    if (announced.has(key)) return null
    announced.add(key)
    return { type: 'asset', asset: { ...event.asset, key } }
  }

  return {
    passOver: (name: string) => void passedOver.push(name.slice(0, 100)),

    async *read(
      name: string,
      importer: Importer,
      bytes: AsyncIterable<Uint8Array>,
      size: number,
      options: ReadOptions,
    ): AsyncGenerator<ImportEvent> {
      const isHeld = size < HELD_BELOW
      const held: ImportEvent[] = []
      try {
        const reading = importer.read(bytes, options)
        for (;;) {
          const step = await reading.next()
          if (step.done) {
            summaries.push(step.value)
            break
          }
          // Progress inside an entry says nothing about the whole.
          if (step.value.type === 'progress') continue
          if (isHeld) held.push(step.value)
          else {
            const event = adapt(importer.format, step.value)
            if (event) yield event
          }
        }
      } catch (error) {
        if (!(error instanceof ImportError)) throw error
        if (!isHeld || error.code === 'hostile')
          throw new ImportError(error.code, `${name.slice(0, 100)}: ${error.message}`, error.place)
        refused.push(`${name.slice(0, 100)}: ${error.message}`)
        return
      }
      for (const event of held) {
        const adapted = adapt(importer.format, event)
        if (adapted) yield adapted
      }
    },

    *finish(): Generator<ImportEvent, ImportSummary> {
      if (summaries.length === 0) {
        throw new ImportError(
          'unrecognised',
          refused[0] ?? 'Nothing in this ZIP file is one of the formats that can be read.',
        )
      }
      if (passedOver.length > 0)
        yield {
          type: 'warning',
          message: `Not read, because no format was recognised: ${listed(passedOver)}.`,
        }
      for (const reason of refused.slice(0, 20)) yield { type: 'warning', message: reason }
      return addUp(summaries, refused.length)
    },
  }
}

function listed(names: string[]): string {
  const rest = names.length - SHOWN_NAMES
  return `${names.slice(0, SHOWN_NAMES).join(', ')}${rest > 0 ? ` and ${many(rest, 'more file')}` : ''}`
}

/** One date for files of several days would make the older ones newer than they are. */
function areOfOneDay(summaries: readonly ImportSummary[]): boolean {
  const times = summaries.map(({ scanDate }) => (scanDate === null ? Number.NaN : Date.parse(scanDate)))
  return summaries.length === 1 || Math.max(...times) - Math.min(...times) <= 86_400_000
}

function addUp(summaries: ImportSummary[], refusedCount: number): ImportSummary {
  const [first] = summaries as [ImportSummary]
  const only = (pick: (summary: ImportSummary) => string | null) => {
    const values = [...new Set(summaries.map(pick))]
    return values.length === 1 ? (values[0] ?? null) : null
  }
  const counts: Record<string, number> = {}
  const facts: Fact[] = []
  for (const summary of summaries) {
    for (const [name, count] of Object.entries(summary.counts)) counts[name] = (counts[name] ?? 0) + count
    facts.push(...summary.facts.slice(0, MAXIMUM_FACTS - facts.length))
  }
  return {
    format: only(({ format }) => format) ?? 'zip',
    tool:
      only(({ tool }) => tool) ??
      [...new Set(summaries.map(({ tool }) => tool))].slice(0, SHOWN_NAMES).join(', '),
    toolVersion: only(({ toolVersion }) => toolVersion),
    scanDate:
      summaries
        .map(({ scanDate }) => scanDate)
        .filter((date) => date !== null)
        .sort()
        .at(-1) ?? null,
    records: summaries.reduce((sum, { records }) => sum + records, 0),
    scope: only(({ scope }) => scope) ?? `${first.scope} and ${many(summaries.length - 1, 'other file')}`,
    gaps: [
      ...new Set([
        ...summaries.flatMap(({ gaps }) => gaps),
        ...(areOfOneDay(summaries) ? [] : ['The files of the ZIP are of different days, or some name none.']),
        ...(refusedCount > 0 ? [`${many(refusedCount, 'file')} of the ZIP could not be read.`] : []),
      ]),
    ].slice(0, 20),
    counts,
    facts,
  }
}
