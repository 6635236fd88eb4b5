/** The importers, in the order in which they are asked; a file belongs to the first that recognises it. */
import type { Importer } from './importer.ts'
import { nessusImporter } from './nessus.ts'

export const IMPORTERS = [nessusImporter] as const satisfies readonly Importer[]

/** @param head the file's first bytes, 64 KiB at most */
export function detectImporter(head: Uint8Array): Importer | null {
  return IMPORTERS.find((importer) => importer.recognises(head)) ?? null
}
