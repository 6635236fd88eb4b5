/** Which importer a file belongs to, packed or not, by its content. */
import { createGzipImporter, createZipImporter } from './containers.server.ts'
import type { Importer } from './importer.ts'
import { detectPlain, IMPORTERS } from './index.ts'

// A .gz inside a ZIP is opened (mail receivers send reports so); a ZIP inside anything is not.
const gzip = createGzipImporter(detectPlain)
const zip = createZipImporter((head) => detectPlain(head) ?? (gzip.recognises(head) ? gzip : null))

/** @param head the file's first bytes, 64 KiB at most */
export function detectImporter(head: Uint8Array): Importer | null {
  return detectPlain(head) ?? [gzip, zip].find((importer) => importer.recognises(head)) ?? null
}

export function listFormats(): string {
  return [...IMPORTERS, gzip, zip].map(({ label }) => label).join(', ')
}
