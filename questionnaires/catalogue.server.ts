/**
 * Reads the control catalogue from the library once: what all controls share, and one file of controls a domain.
 * Its texts in another language lie beside it in files of the same names: `controls.de.yaml`, `controls/de/identity.yaml`.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { nameOfPlace } from './catalogue-places.ts'
import { translateCatalogue } from './catalogue-texts.ts'
import { Catalogue, CatalogueError } from './controls.ts'
import { CATALOGUE_FOLDER, findLibraryFolder } from './library.server.ts'

const SHARED_FILE = 'controls.yaml'
/** The language that the catalogue itself is written in. */
const OWN_LANGUAGE = 'en'
const cached = new Map<string, Catalogue>()

/** The controls of one domain, a list; the file is named after the domain: `controls/identity.yaml`. */
export interface DomainFile {
  file: string
  text: string
}

/**
 * The catalogue of this release; the same object at every call.
 * @param language code of the language that its texts are wanted in
 * @throws CatalogueError `catalogue-missing` or `catalogue-invalid`; LibraryError where the library is absent
 */
export function loadCatalogue(language = OWN_LANGUAGE): Catalogue {
  const known = cached.get(language)
  if (known) return known
  const folder = findLibraryFolder()
  const catalogue =
    language === OWN_LANGUAGE
      ? readCatalogue(folder)
      : translateCatalogue(loadCatalogue(), readCatalogueTexts(folder, language))
  cached.set(language, catalogue)
  return catalogue
}

/**
 * Reads `controls.yaml` and `controls/*.yaml` of a library folder.
 * @throws CatalogueError `catalogue-missing` or `catalogue-invalid`
 */
export function readCatalogue(folder: string): Catalogue {
  const shared = readText(folder, SHARED_FILE)
  const domains = listDomainFiles(folder, CATALOGUE_FOLDER).map((file) => ({
    file,
    text: readText(folder, file),
  }))
  return parseCatalogue(shared, domains)
}

/**
 * The catalogue's texts in one other language, nested as `translateCatalogue` takes them; nothing is checked here.
 * @throws CatalogueError `catalogue-missing`, or `catalogue-invalid` where a file is not YAML
 */
export function readCatalogueTexts(folder: string, language: string): Record<string, unknown> {
  const sharedFile = SHARED_FILE.replace('.', `.${language}.`)
  const shared = parseYaml(readText(folder, sharedFile), sharedFile)
  const domains = listDomainFiles(folder, `${CATALOGUE_FOLDER}/${language}`).map((file) => [
    domainOf(file),
    parseYaml(readText(folder, file), file),
  ])
  return { ...(isRecord(shared) ? shared : {}), controls: Object.fromEntries(domains) }
}

/**
 * @param shared version, frameworks, domains, evidence kinds, common claims, general rules and cross-checks
 * @throws CatalogueError `catalogue-invalid`, naming the file and the place of everything that is wrong
 */
export function parseCatalogue(shared: string, domainFiles: readonly DomainFile[] = []): Catalogue {
  const content = parseYaml(shared, SHARED_FILE)
  const order = listIn(content, 'domains').map((domain) => (isRecord(domain) ? domain.id : null))
  const inOrder = domainFiles.toSorted(
    (a, b) => order.indexOf(domainOf(a.file)) - order.indexOf(domainOf(b.file)),
  )
  const controls = [
    ...listIn(content, 'controls').map((control) => ({ file: SHARED_FILE, control })),
    ...inOrder.flatMap(({ file, text }) => controlsIn(file, text).map((control) => ({ file, control }))),
  ]
  const common = isRecord(content) && isRecord(content.claims) ? content.claims : {}
  const result = Catalogue.safeParse(
    isRecord(content)
      ? { ...content, controls: controls.map(({ control }) => withClaims(control, common)) }
      : content,
  )
  if (result.success) return result.data
  const places = result.error.issues.map(
    ({ path, message }) => `${nameOfPlace(path, controls, SHARED_FILE)}: ${message}`,
  )
  throw new CatalogueError(
    'catalogue-invalid',
    `The control catalogue has mistakes. Correct them:\n${places.join('\n')}`,
  )
}

/** The domain is the file's name, so that a control cannot stand in the wrong file. */
function controlsIn(file: string, text: string): unknown[] {
  const content = parseYaml(text, file)
  if (!Array.isArray(content)) {
    throw new CatalogueError('catalogue-invalid', `${file} is no list of controls. Correct it.`)
  }
  const domain = domainOf(file)
  return content.map((control: unknown) => (isRecord(control) ? { ...control, domain } : control))
}

/** `identity` for `controls/identity.yaml`. */
function domainOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.yaml$/, '')
}

/** What a control says about a claim goes before what all controls say. */
function withClaims(control: unknown, common: Record<string, unknown>): unknown {
  if (!isRecord(control)) return control
  const own = control.claims ?? {}
  return isRecord(own) ? { ...control, claims: { ...common, ...own } } : control
}

function listIn(content: unknown, key: string): unknown[] {
  const list = isRecord(content) ? content[key] : undefined
  return Array.isArray(list) ? list : []
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listDomainFiles(folder: string, domainFolder: string): string[] {
  try {
    return readdirSync(join(folder, domainFolder))
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => `${domainFolder}/${name}`)
  } catch {
    throw missing(`${domainFolder}/`)
  }
}

function readText(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), 'utf8')
  } catch {
    throw missing(file)
  }
}

function missing(file: string): CatalogueError {
  return new CatalogueError('catalogue-missing', `questionnaires/library/${file} cannot be read. Restore it.`)
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text, { merge: true })
  } catch (error) {
    throw new CatalogueError('catalogue-invalid', `${file} is not YAML. Correct it: ${String(error)}`)
  }
}
