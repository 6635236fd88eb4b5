/** Which acts an action tells apart, read from its source: what its form's `intent` is compared with. */
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** @param file below `app/`, as in the route table */
export function intentsOf(file: string): string[] {
  const path = join(root, 'app', file)
  const source = readFileSync(path, 'utf8')
  const found = comparedIn(source)
  for (const [, names = '', specifier = ''] of source.matchAll(
    /import (?:type )?\{([^}]*)\} from '([#.][^']+)'/g,
  )) {
    const imported = readSource(path, specifier)
    // Some actions hand all that is asked to a function of their own.
    if (specifier.startsWith('#app/http/')) found.push(...comparedIn(imported))
    for (const name of names.split(',').map((part) => part.replace('type ', '').trim()))
      found.push(...namedIn(schemaIn(imported, name)))
  }
  return [...new Set(found)].sort()
}

function readSource(from: string, specifier: string): string {
  const path = specifier.startsWith('#') ? join(root, specifier.slice(1)) : resolve(dirname(from), specifier)
  return readFileSync(path, 'utf8')
}

function comparedIn(source: string): string[] {
  if (!/intent/i.test(source)) return []
  const compared = [...source.matchAll(/intent\s*[!=]==\s*'([a-z-]+)'/g)].map(([, name = '']) => name)
  const switched = /switch \((?:values|input)\.intent\)/.test(source)
    ? [...source.matchAll(/case '([a-z-]+)'/g)].map(([, name = '']) => name)
    : []
  const listed = quotedIn(/const INTENTS = \[([^\]]*)\]/.exec(source)?.[1] ?? '')
  return [...compared, ...switched, ...listed, ...namedIn(source)]
}

/** What a schema lets an intent be. */
const namedIn = (schema: string) =>
  [...schema.matchAll(/intent: z\.(?:literal|enum)\(([^)]*)\)/g)].flatMap(([, names = '']) => quotedIn(names))

const quotedIn = (text: string) => [...text.matchAll(/'([a-z-]+)'/g)].map(([, name = '']) => name)

const schemaIn = (source: string, name: string) =>
  new RegExp(`^export const ${name}\\b[\\s\\S]*?(?=^\\S.*=|(?![\\s\\S]))`, 'm').exec(source)?.[0] ?? ''
