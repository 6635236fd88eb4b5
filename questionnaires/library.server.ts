/** Reads the questionnaire library from disk once, refusing published editions that changed. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  compareEditionNumbers,
  compareWithLock,
  EditionLock,
  extendLock,
  hashEdition,
  type LibraryEdition,
  type LockProblem,
} from './editions.ts'
import { type DefinitionProblem, parseDefinition } from './validate-definition.ts'

export class LibraryError extends Error {
  override name = 'LibraryError'
  constructor(
    readonly code: 'library-not-found' | 'library-invalid' | 'library-changed' | 'edition-not-found',
    message: string,
  ) {
    super(message)
  }
}

const LOCK_FILE = 'editions.lock.json'
/** Holds the control catalogue (catalogue.server.ts); every other folder of the library is a form. */
export const CATALOGUE_FOLDER = 'controls'
let cached: readonly LibraryEdition[] | undefined

/**
 * All published editions, by file name.
 * @throws LibraryError where the library is absent, an edition is malformed or the lock does not hold
 */
export function loadLibrary(): readonly LibraryEdition[] {
  cached ??= readLibrary(findLibraryFolder())
  return cached
}

/** All published editions, forms in alphabetical order, the newest edition of each first. */
export function listEditions(): LibraryEdition[] {
  return [...loadLibrary()].sort(
    (a, b) =>
      a.edition.form.code.localeCompare(b.edition.form.code, 'en') ||
      compareEditionNumbers(b.edition.edition, a.edition.edition),
  )
}

export function findEdition(formCode: string, edition: string): LibraryEdition | null {
  const isWanted = ({ edition: { form, edition: number } }: LibraryEdition) =>
    form.code === formCode && number === edition
  return loadLibrary().find(isWanted) ?? null
}

/** @throws LibraryError `edition-not-found` */
export function getEdition(formCode: string, edition: string): LibraryEdition {
  const found = findEdition(formCode, edition)
  if (found) return found
  throw new LibraryError('edition-not-found', `The library has no edition ${edition} of "${formCode}".`)
}

/**
 * The folder questionnaires/library of the project. A bundle lives in build/, tests and scripts run from
 * anywhere, so the search climbs from this module first and from the working directory second.
 */
export function findLibraryFolder(): string {
  for (const start of [dirname(fileURLToPath(import.meta.url)), process.cwd()]) {
    for (let folder = start; ; folder = dirname(folder)) {
      const library = join(folder, 'questionnaires', 'library')
      if (existsSync(library)) return library
      if (folder === dirname(folder)) break
    }
  }
  throw new LibraryError(
    'library-not-found',
    'The folder questionnaires/library was not found. Start Attested from its project folder.',
  )
}

/** Reads a library folder and holds it against its lock. */
export function readLibrary(folder: string, controlIds?: ReadonlySet<string>): LibraryEdition[] {
  const editions = readEditions(folder, controlIds)
  const problems = compareWithLock(readLock(folder), editions)
  if (problems.length > 0) throw new LibraryError('library-changed', listInWords(problems))
  return editions
}

export interface LockResult {
  added: string[]
  /** Why nothing was written. */
  refused: LockProblem[]
}

/** Publishes editions that the lock does not list yet; refuses when one that it lists has changed. */
export function lockLibrary(folder: string): LockResult {
  const lock = readLock(folder)
  const editions = readEditions(folder)
  const problems = compareWithLock(lock, editions)
  const refused = problems.filter((problem) => problem.code !== 'unlisted')
  if (refused.length > 0) return { added: [], refused }
  const added = problems.map((problem) => problem.file)
  if (added.length > 0) {
    writeFileSync(join(folder, LOCK_FILE), `${JSON.stringify(extendLock(lock, editions), null, 2)}\n`)
  }
  return { added, refused }
}

export function readLock(folder: string): EditionLock {
  const path = join(folder, LOCK_FILE)
  if (!existsSync(path)) return []
  try {
    return EditionLock.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    throw new LibraryError('library-invalid', `${LOCK_FILE} cannot be read. Restore it.`)
  }
}

/** Every YAML file in the folder of a form, parsed; the lock is not looked at. */
export function readEditions(folder: string, controlIds?: ReadonlySet<string>): LibraryEdition[] {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== CATALOGUE_FOLDER)
    .flatMap((form) => readdirSync(join(folder, form.name)).map((name) => `${form.name}/${name}`))
    .filter((file) => file.endsWith('.yaml'))
    .sort()
  return files.map((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    const parsed = parseDefinition(text, file, controlIds)
    if (!parsed.ok) throw new LibraryError('library-invalid', parsed.problems.map(placeInWords).join('\n'))
    return { edition: parsed.edition, sha256: hashEdition(text), file }
  })
}

function placeInWords({ file, line, column, message }: DefinitionProblem): string {
  return `${file}:${line}:${column} ${message}`
}

function listInWords(problems: readonly LockProblem[]): string {
  return problems.map((problem) => problem.message).join('\n')
}
