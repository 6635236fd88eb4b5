/** Reading JSON and tables: our importers beside the bare parsers that they stand on. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { writeSarifFile, writeTableFile } from './format-files.ts'
import { MEGABYTE, type Options, type Outcome } from './measurement.ts'
import { alternate, compare, type Sample } from './rounds.ts'

const run = promisify(execFile)
const PASS = fileURLToPath(new URL('import-pass.ts', import.meta.url))

const KINDS = [
  {
    name: 'JSON (SARIF)',
    ending: 'sarif',
    write: writeSarifFile,
    reader: 'tokenizer',
    baseline: 'the tokenizer of @streamparser/json alone',
  },
  {
    name: 'CSV (Nessus)',
    ending: 'csv',
    write: writeTableFile,
    reader: 'papaparse',
    baseline: 'papaparse alone, through its own stream',
  },
] as const

export async function measure({ quick, rounds, folder, say }: Options): Promise<Outcome> {
  const rows: Outcome['rows'] = []
  const notes: string[] = []
  for (const kind of KINDS) {
    const files = await Promise.all(
      [quick ? 3 : 100, quick ? 0.3 : 10].map(async (megabytes) => {
        const path = join(folder, `export-${megabytes}.${kind.ending}`)
        return { path, bytes: await kind.write(path, megabytes * MEGABYTE) }
      }),
    )
    const [large, small] = files
    if (!large || !small) continue
    const size = `${(large.bytes / MEGABYTE).toFixed(0)} MB of ${kind.name}`
    say(`  ${size}, ${rounds} rounds`)
    const taken = await alternate(rounds, {
      ours: () => passOf('importer', large),
      bare: () => passOf(kind.reader, large),
      small: () => passOf('importer', small),
    })
    const { baseline } = kind
    rows.push(
      { what: `Speed, ${size}`, unit: 'MB/s', baseline, ...compare(taken, 'speed', 'ours', 'bare') },
      { what: `Peak memory, ${size}`, unit: 'MB', baseline, ...compare(taken, 'peak', 'ours', 'bare') },
      {
        what: `Speed at ten times the size, ${kind.name}`,
        unit: 'MB/s',
        baseline: 'the same importer on a tenth of it',
        ...compare(taken, 'speed', 'ours', 'small'),
      },
      {
        what: `Peak memory at ten times the size, ${kind.name}`,
        unit: 'MB',
        baseline: 'the same importer on a tenth of it',
        ...compare(taken, 'peak', 'ours', 'small'),
      },
    )
  }
  notes.push(`Medians of ${rounds} rounds, each reader in a process of its own.`)
  return { rows, notes }
}

async function passOf(reader: string, { path, bytes }: { path: string; bytes: number }): Promise<Sample> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', PASS, reader, path])
  const pass: { seconds: number; peakBytes: number } = JSON.parse(stdout)
  return { speed: bytes / MEGABYTE / pass.seconds, peak: pass.peakBytes / MEGABYTE }
}
