/** Says what a file seems to be by its first bytes, before it is uploaded. */
import { detectImporter } from '#evidence/importers/detect.server.ts'
import { HEAD_BYTES } from '#evidence/store/store.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findEvidenceKind } from '#questionnaires/controls.ts'

export interface Recognition {
  /** The format's name, as people know it. */
  label: string
  /** The kind of evidence that such a file usually is; null where the catalogue has none of it. */
  kind: string | null
}

/** @returns null for a file that is kept and not read */
export function recogniseFile(head: Uint8Array): Recognition | null {
  const importer = detectImporter(head.subarray(0, HEAD_BYTES))
  if (!importer) return null
  const kind = findEvidenceKind(loadCatalogue(), importer.evidenceKind)
  return { label: importer.label, kind: kind?.id ?? null }
}
