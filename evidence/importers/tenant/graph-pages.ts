/** Answers of Microsoft Graph as they are saved: one page, several pages in a list, or the bare list of records. */
import { asObject, createJsonReader, type Json, type JsonPath, type JsonReader } from '../json-reader.ts'
import { type JsonShape, withSmallNames } from '../json-shape.ts'

export interface GraphListener {
  record(record: { [name: string]: Json }): void
}

export interface GraphPages extends JsonReader {
  /** Why the pages are not the whole list; empty: they are. */
  gaps(): string[]
  pages(): number
}

/** Where the records' names stand in a shape, whichever form the file has. */
export const GRAPH_PLACES = ['value[].', '[].value[].', '[].', ''] as const

/** Whether a record has all these names, with a small or a capital first letter. */
export function looksLikeGraph(
  shape: JsonShape,
  names: string[],
  places: readonly string[] = GRAPH_PLACES,
): boolean {
  const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)
  return places.some((place) =>
    names.every((name) => shape.hasAny(`${place}${name}`, `${place}${capital(name)}`)),
  )
}

/**
 * @param wrapping names under which a tool saves the pages of this list, and names beside them to pass over
 * @throws ImportError like `createJsonReader`
 */
export function createGraphPages(
  listener: GraphListener,
  wrapping: { under: readonly string[]; beside: readonly string[] } = { under: [], beside: [] },
): GraphPages {
  let pages = 0
  let records = 0
  let declared: number | null = null
  let lastHasNext = false
  /** Children of an object that turns out to be a record, not a page. */
  let held: { [name: string]: Json } | null = null
  let isPage = false

  const isWrapper = (step: string | number | undefined) =>
    typeof step === 'string' && wrapping.under.includes(step)
  /** How many steps lead to the object that is a page or a record: through a list, a wrapper, and its list. */
  const baseOf = (path: JsonPath) => {
    let base = typeof path[0] === 'number' ? 1 : 0
    if (isWrapper(path[base])) base += typeof path[base + 1] === 'number' ? 2 : 1
    return base
  }
  const emit = (value: Json) => {
    records += 1
    const record = asObject(withSmallNames(value))
    if (record) listener.record(record)
  }

  const reader = createJsonReader({
    choose(path, kind) {
      const base = baseOf(path)
      const depth = path.length - base
      if (depth === 0) {
        held = kind === 'object' ? {} : null
        isPage = false
        return kind === 'scalar' ? 'skip' : 'enter'
      }
      const name = String(path[base])
      if (depth === 1) {
        if (wrapping.beside.includes(name)) return 'skip'
        if (kind !== 'array' || name.toLowerCase() !== 'value') return 'take'
        isPage = true
        return 'enter'
      }
      return isPage && depth === 2 && kind === 'object' ? 'take' : 'skip'
    },
    value(path, value) {
      const base = baseOf(path)
      if (path.length === base + 2) emit(value)
      else if (held) held[String(path[base])] = value
    },
    leave(path) {
      if (path.length !== baseOf(path) || held === null) return
      const own = held
      held = null
      if (isPage) {
        pages += 1
        const next = own['@odata.nextLink'] ?? own['@odata.nextlink']
        lastHasNext = typeof next === 'string' && next !== ''
        const count = own['@odata.count']
        if (typeof count === 'number') declared = count
      } else if (Object.keys(own).some((name) => !name.startsWith('@'))) emit(own)
    },
  })
  return {
    ...reader,
    pages: () => pages,
    gaps() {
      if (lastHasNext)
        return ['The export ends with a link to a next page, so it is not the whole list. Export all pages.']
      if (declared !== null && declared > records)
        return [`The export names ${declared} records and holds ${records}. Export all pages.`]
      return []
    },
  }
}
