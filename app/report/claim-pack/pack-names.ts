/** Which names a claim pack may hold: its archive is unpacked on any system, by people in a hurry. */
import { AROUND, type Manifest } from './manifest.ts'

/** Longer than any that Attested writes. */
const MOST_NAME_BYTES = 200

export function listNameFaults(entries: readonly { path: string }[]): string[] {
  const seen = new Set<string>()
  return entries.flatMap(({ path }) => {
    // Windows and macOS take names that differ only in capitals or in how an accent is written for one.
    const folded = path.normalize('NFKC').toLowerCase()
    const isTwice = seen.has(folded)
    seen.add(folded)
    if (isTwice) return [`${path} comes twice.`]
    return isPlain(path) ? [] : [`“${path}” is no plain path.`]
  })
}

function isPlain(path: string): boolean {
  if (new TextEncoder().encode(path).length > MOST_NAME_BYTES || /[\p{Cc}\\:]/u.test(path)) return false
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}

/** What no list names; sentences. */
export function listStrangers(entries: readonly { path: string }[], { files }: Manifest): string[] {
  const listed = new Set<string>([...files.map(({ path }) => path), ...AROUND])
  const twice = files.length + AROUND.length - listed.size
  return [
    ...entries.flatMap(({ path }) => (listed.has(path) ? [] : [`${path} is in no list.`])),
    ...(twice > 0 ? ['The manifest names a file twice.'] : []),
  ]
}
