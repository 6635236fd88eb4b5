/** How both twins name a file of the evidence. */
import type { Statement } from '../statement.ts'

/** A relative address. Two files of one name can be evidence; the revision tells them apart. */
export function evidenceName({ revisionId, fileName }: Statement['evidence'][number]): string {
  return `evidence/${encodeURIComponent(revisionId)}/${encodeURIComponent(fileName)}`
}
