/** Whether evidence files that somebody holds are the ones that a report rests on: by SHA-256, whatever their names. */
import type { Statement } from '../statement.ts'
import { failOn } from './results.ts'

export interface GivenFile {
  name: string
  /** Of its content. */
  sha256: string
}

/**
 * @returns which evidence each file is, in sentences
 * @throws CheckFailure for a file that the report does not name
 */
export function nameEvidence({ evidence }: Statement, files: readonly GivenFile[]): string {
  const named = new Map(evidence.map((item) => [item.sha256, item]))
  failOn(
    files.flatMap(({ name, sha256 }) =>
      named.has(sha256)
        ? []
        : [
            `The report names no evidence with the content of ${name} (SHA-256 ${sha256}): the file was exchanged or changed, or belongs to something else.`,
          ],
    ),
  )
  return files
    .flatMap(({ name, sha256 }) => {
      const item = named.get(sha256)
      return item
        ? [`${name} is “${item.title}”, collected by ${item.collector} on ${item.observedAt.slice(0, 10)}.`]
        : []
    })
    .join(' ')
}
