/** Reads a whole file through an importer and keeps everything it says, for tests. */
import type { Asset, Finding, Importer, ImportSummary, ReadOptions } from '#evidence/importers/importer.ts'
import { ImportError } from '#evidence/importers/importer.ts'

export const NOW = new Date('2026-11-20T12:00:00Z')

export interface ReadWhole {
  assets: Asset[]
  findings: Finding[]
  warnings: string[]
  summary: ImportSummary
}

export async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

export async function readAll(
  importer: Importer,
  content: string | Uint8Array,
  options: Partial<ReadOptions> & { pieceBytes?: number } = {},
): Promise<ReadWhole> {
  const { pieceBytes = 65_536, viewpoint = 'internal', now = NOW, mapping } = options
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const read: Omit<ReadWhole, 'summary'> = { assets: [], findings: [], warnings: [] }
  const reading = importer.read(pieces(bytes, pieceBytes), { viewpoint, now, mapping })
  for (;;) {
    const step = await reading.next()
    if (step.done) return { ...read, summary: step.value }
    if (step.value.type === 'asset') read.assets.push(step.value.asset)
    else if (step.value.type === 'finding') read.findings.push(step.value.finding)
    else if (step.value.type === 'warning') read.warnings.push(step.value.message)
  }
}

/** The refusal, or null where the file was read whole; any other error is a fault and is thrown on. */
export async function refusalOf(
  importer: Importer,
  content: string | Uint8Array,
  options: Parameters<typeof readAll>[2] = {},
): Promise<ImportError | null> {
  try {
    await readAll(importer, content, options)
    return null
  } catch (error) {
    if (error instanceof ImportError) return error
    throw error
  }
}
