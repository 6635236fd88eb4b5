/** The loop of every importer: bytes in, events out, progress now and then. */
import type { ImportEvent, ImportSummary } from '../importer.ts'

const PROGRESS_BYTES = 1024 * 1024

export interface Pumped {
  write(bytes: Uint8Array): void | Promise<void>
  /** The file is whole; throws when its end is missing. */
  end(): void | Promise<void>
  /** What was read since the last call; one chunk's events are kept at a time. */
  takeEvents(): Iterable<ImportEvent>
  finish(): { summary: ImportSummary; warnings: string[] }
}

export async function* pump(
  bytes: AsyncIterable<Uint8Array>,
  reader: Pumped,
): AsyncGenerator<ImportEvent, ImportSummary> {
  let bytesRead = 0
  let reported = 0
  for await (const chunk of bytes) {
    await reader.write(chunk)
    bytesRead += chunk.length
    yield* reader.takeEvents()
    if (bytesRead - reported < PROGRESS_BYTES) continue
    reported = bytesRead
    yield { type: 'progress', bytesRead }
  }
  await reader.end()
  yield* reader.takeEvents()
  const { summary, warnings } = reader.finish()
  yield* reader.takeEvents()
  for (const message of warnings) yield { type: 'warning', message }
  yield { type: 'progress', bytesRead }
  return summary
}
