/** One reader over one file, in a process of its own, and what its cost does while files grow. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { MEGABYTE, type Outcome } from './measurement.ts'
import { compare, type Sample } from './rounds.ts'

const run = promisify(execFile)
const PASS = fileURLToPath(new URL('import-pass.ts', import.meta.url))

export interface GeneratedFile {
  path: string
  bytes: number
}

/** Ten, a hundred and five hundred megabytes; the small ones only show that everything runs. */
export const sizesOf = (quick: boolean) =>
  quick ? { small: 0.3, large: 3, huge: 6 } : { small: 10, large: 100, huge: 500 }

export const sizeOf = ({ bytes }: GeneratedFile) => `${(bytes / MEGABYTE).toFixed(0)} MB`

/** @param records gets the number of records read, so that a pass that stopped early is noticed */
export async function passOf(
  reader: string,
  { path, bytes }: GeneratedFile,
  records?: Set<number>,
): Promise<Sample> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', PASS, reader, path])
  const pass: { seconds: number; records: number; peakBytes: number } = JSON.parse(stdout)
  records?.add(pass.records)
  return { speed: bytes / MEGABYTE / pass.seconds, peak: pass.peakBytes / MEGABYTE }
}

/** Rows for a reader at the sizes `ours` and `huge`, against itself at `small`. */
export function growthRows(
  taken: Parameters<typeof compare>[0],
  files: Record<'small' | 'large' | 'huge', GeneratedFile>,
  name: string,
): Outcome['rows'] {
  const baseline = `the same importer on ${sizeOf(files.small)}`
  return (
    [
      ['ours', files.large],
      ['huge', files.huge],
    ] as const
  ).flatMap(([key, file]) => [
    {
      what: `Speed, ${sizeOf(file)} of ${name}`,
      unit: 'MB/s',
      baseline,
      ...compare(taken, 'speed', key, 'small'),
    },
    {
      what: `Peak memory, ${sizeOf(file)} of ${name}`,
      unit: 'MB',
      baseline,
      ...compare(taken, 'peak', key, 'small'),
    },
  ])
}
