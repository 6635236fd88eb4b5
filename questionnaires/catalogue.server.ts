/** Reads the control catalogue from the library once. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { Catalogue, CatalogueError } from './controls.ts'
import { findLibraryFolder } from './library.server.ts'

let cached: Catalogue | undefined

/**
 * The catalogue of this release; the same object at every call.
 * @throws CatalogueError `catalogue-missing` or `catalogue-invalid`; LibraryError where the library is absent
 */
export function loadCatalogue(): Catalogue {
  cached ??= readCatalogue(join(findLibraryFolder(), 'controls.yaml'))
  return cached
}

/** @throws CatalogueError `catalogue-missing` or `catalogue-invalid` */
export function readCatalogue(path: string): Catalogue {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new CatalogueError(
      'catalogue-missing',
      'questionnaires/library/controls.yaml cannot be read. Restore it.',
    )
  }
  return parseCatalogue(text)
}

/** @throws CatalogueError `catalogue-invalid`, naming every place that is wrong */
export function parseCatalogue(text: string): Catalogue {
  const result = Catalogue.safeParse(parseYaml(text))
  if (result.success) return result.data
  const places = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new CatalogueError(
    'catalogue-invalid',
    `controls.yaml has mistakes. Correct them:\n${places.join('\n')}`,
  )
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { merge: true })
  } catch (error) {
    throw new CatalogueError('catalogue-invalid', `controls.yaml is not YAML. Correct it: ${String(error)}`)
  }
}
