/** The elements of an XML file by their path from the root, with the text of those that an importer asks for. */
import type { XmlHandlers } from './xml-reader.ts'

export interface Wanted {
  /** Beyond these, text is cut. */
  characters: number
  /** With the text of the elements inside, each on a line of its own; else only the element's own. */
  isDeep?: boolean
}

export interface ElementListener {
  /** `path`: names in small letters without prefixes, `report/results/result`. Returns what text it wants of it. */
  open(path: string, attributes: Readonly<Record<string, string>>): Wanted | undefined
  /** `text`: as wanted, not trimmed; empty where none was wanted. */
  close(path: string, text: string, wasCut: boolean): void
}

interface Place {
  path: string
  children: Map<string, Place>
}

interface Sink {
  characters: number
  isDeep: boolean
  text: string
  wasCut: boolean
  depth: number
}

// A real format has some hundred places; a file that goes on naming new ones is not looked at there.
const MAXIMUM_PLACES = 20_000

export function createElementHandlers(
  listener: ElementListener,
  collectText: (wanted: boolean) => void,
): XmlHandlers {
  const root: Place = { path: '', children: new Map() }
  const elsewhere: Place = { path: '?', children: new Map() }
  let places = 0
  const stack: Place[] = [root]
  const sinks: Sink[] = []
  let isCollecting = false

  const placeOf = (parent: Place, name: string): Place => {
    const known = parent.children.get(name)
    if (known) return known
    if (parent === elsewhere || places >= MAXIMUM_PLACES) return elsewhere
    places += 1
    const small = name.toLowerCase()
    const place: Place =
      small === name || !parent.children.has(small)
        ? { path: parent === root ? small : `${parent.path}/${small}`, children: new Map() }
        : (parent.children.get(small) as Place)
    parent.children.set(name, place)
    return place
  }
  /** Own text belongs to the innermost element that wants it, and to one further out only if that is deep. */
  const listen = (depth: number) => {
    const sink = sinks.at(-1)
    const wanted = sink !== undefined && (sink.isDeep || sink.depth === depth)
    if (wanted !== isCollecting) {
      isCollecting = wanted
      collectText(wanted)
    }
  }
  const breakLine = () => {
    const sink = sinks.at(-1)
    if (sink?.isDeep && sink.text !== '' && !sink.text.endsWith('\n')) sink.text += '\n'
  }

  return {
    open(name, attributes, depth) {
      const place = placeOf(stack[depth - 1] ?? elsewhere, name)
      stack[depth] = place
      stack.length = depth + 1
      breakLine()
      const wanted = listener.open(place.path, attributes)
      if (wanted) {
        const { characters, isDeep = false } = wanted
        sinks.push({ characters, isDeep, text: '', wasCut: false, depth })
      }
      listen(depth)
    },
    text(text) {
      const sink = sinks.at(-1)
      if (!sink) return
      const room = sink.characters - sink.text.length
      if (text.length <= room) sink.text += text
      else {
        sink.wasCut ||= text.slice(Math.max(room, 0)).trim() !== ''
        if (room > 0) sink.text += text.slice(0, room)
      }
    },
    close(depth) {
      const place = stack[depth] ?? elsewhere
      const sink = sinks.at(-1)
      if (sink?.depth === depth) {
        sinks.pop()
        listener.close(place.path, sink.text, sink.wasCut)
      } else {
        breakLine()
        listener.close(place.path, '', false)
      }
      stack.length = depth
      listen(depth - 1)
    },
  }
}
