/** Published editions never change: their hashes, and the lock file that every change is held against. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import type { Edition } from './definition.ts'

/** An edition as the application uses it, with the hash that statements cite. */
export interface LibraryEdition {
  edition: Edition
  sha256: string
  /** Below the library folder, with forward slashes: `core-cyber/1.yaml`. */
  file: string
}

/** Where an edition's file belongs in the library. */
export function editionFile(formCode: string, edition: string): string {
  return `${formCode}/${edition}.yaml`
}

/**
 * SHA-256 of the file as its authors wrote it, comments included, in UTF-8 with LF line ends.
 * Anyone can repeat it with `sha256sum`; a checkout that writes CRLF changes nothing.
 */
export function hashEdition(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text.replaceAll('\r\n', '\n'))))
}

/** Negative when `a` comes before `b`: by their numbers, part by part, so that 10 follows 9. */
export function compareEditionNumbers(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

/**
 * The editions that lie between two of one form, in order: each one `follows` the one before. Empty where they are
 * neighbours, of two forms, or where the chain is broken: then only the two themselves can be compared.
 */
export function chainBetween(editions: readonly Edition[], a: Edition, b: Edition): Edition[] {
  if (a.form.code !== b.form.code) return []
  const [first, last] = compareEditionNumbers(a.edition, b.edition) < 0 ? [a, b] : [b, a]
  const chain: Edition[] = []
  for (let number = last.follows; number !== undefined && number !== first.edition; ) {
    const before = editions.find(({ form, edition }) => form.code === a.form.code && edition === number)
    if (!before || chain.includes(before)) return []
    chain.unshift(before)
    number = before.follows
    if (number === undefined) return []
  }
  return chain
}

export const EditionLock = z.array(
  z.strictObject({
    formCode: z.string(),
    edition: z.string(),
    file: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
)
export type EditionLock = z.infer<typeof EditionLock>

export interface LockProblem {
  code: 'changed' | 'missing' | 'unlisted' | 'misplaced'
  file: string
  message: string
}

/** Compares the library with its lock; an empty list means that every published edition is as it was. */
export function compareWithLock(lock: EditionLock, editions: readonly LibraryEdition[]): LockProblem[] {
  const byFile = new Map(editions.map((published) => [published.file, published]))
  const listed = new Set(lock.map((entry) => entry.file))
  return [
    ...lock.flatMap((entry) => lockedProblem(entry, byFile.get(entry.file))),
    ...editions.flatMap((published) => (listed.has(published.file) ? [] : [unlisted(published.file)])),
    ...editions.flatMap(misplaced),
  ]
}

/** The lock with new editions added, in stable order. Locked entries stay as they are. */
export function extendLock(lock: EditionLock, editions: readonly LibraryEdition[]): EditionLock {
  const listed = new Set(lock.map((entry) => entry.file))
  const added = editions
    .filter((published) => !listed.has(published.file))
    .map(({ edition, file, sha256 }) => ({
      formCode: edition.form.code,
      edition: edition.edition,
      file,
      sha256,
    }))
  return [...lock, ...added].sort((a, b) => (a.file < b.file ? -1 : 1))
}

function lockedProblem(entry: EditionLock[number], published: LibraryEdition | undefined): LockProblem[] {
  const { file } = entry
  if (!published) {
    return [{ code: 'missing', file, message: `${file} was published and is gone. Restore it.` }]
  }
  if (published.sha256 === entry.sha256) return []
  const message = `${file} was published and has changed. Restore it and publish a new edition instead.`
  return [{ code: 'changed', file, message }]
}

function unlisted(file: string): LockProblem {
  const message = `${file} is not in the lock. Publish it with: npx tsx questionnaires/lock-editions.ts`
  return { code: 'unlisted', file, message }
}

function misplaced({ edition, file }: LibraryEdition): LockProblem[] {
  const expected = editionFile(edition.form.code, edition.edition)
  if (file === expected) return []
  return [{ code: 'misplaced', file, message: `${file} holds ${expected}. Move it there.` }]
}
