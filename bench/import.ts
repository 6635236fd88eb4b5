/** Reading a scan: our Nessus importer beside the bare parser it stands on, and beside the fastest one around. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { MEGABYTE, type Options, type Outcome } from './measurement.ts'
import { writeNessusFile } from './nessus-file.ts'
import { alternate, compare, type Sample } from './rounds.ts'

const run = promisify(execFile)
const PASS = fileURLToPath(new URL('import-pass.ts', import.meta.url))

interface ScanFile {
  path: string
  bytes: number
}

export async function measure({ quick, rounds, folder, say }: Options): Promise<Outcome> {
  const large = await generate(folder, quick ? 3 : 105)
  const small = await generate(folder, quick ? 0.3 : 10.5)
  const size = (file: ScanFile) => `${(file.bytes / MEGABYTE).toFixed(1)} MB`
  const hasXmllint = await isInstalled('xmllint')
  say(`  ${size(large)} and ${size(small)}, ${rounds} rounds`)
  const records = new Set<number>()
  const taken = await alternate(rounds, {
    ours: () => passOf('importer', large, records),
    saxes: () => passOf('saxes', large, records),
    xmllint: () => (hasXmllint ? passOfXmllint(large) : Promise.resolve({})),
    small: () => passOf('importer', small),
  })
  if (records.size !== 1)
    throw new Error(`The readers disagree about the file: ${[...records].join(', ')} items`)
  const saxes = 'saxes alone, empty handlers, same bytes and chunks'
  const rows: Outcome['rows'] = [
    {
      what: `Speed, ${size(large)}`,
      unit: 'MB/s',
      baseline: saxes,
      ...compare(taken, 'speed', 'ours', 'saxes'),
    },
    {
      what: `Peak memory, ${size(large)}`,
      unit: 'MB',
      baseline: saxes,
      ...compare(taken, 'peak', 'ours', 'saxes'),
    },
    {
      what: `Speed at ten times the size`,
      unit: 'MB/s',
      baseline: `the same importer on ${size(small)}`,
      ...compare(taken, 'speed', 'ours', 'small'),
    },
    {
      what: `Peak memory at ten times the size`,
      unit: 'MB',
      baseline: `the same importer on ${size(small)}`,
      ...compare(taken, 'peak', 'ours', 'small'),
    },
  ]
  const notes = [
    `${[...records][0]} report items in the large file; medians of ${rounds} rounds, each reader in a process of its own.`,
  ]
  if (hasXmllint) {
    const compared = compare(taken, 'speed', 'ours', 'xmllint')
    rows.splice(1, 0, {
      what: `Speed, ${size(large)}`,
      unit: 'MB/s',
      baseline: 'xmllint --stream --noout',
      ...compared,
    })
  } else notes.push('xmllint is not installed here: that baseline was left out.')
  return { rows, notes }
}

async function generate(folder: string, megabytes: number): Promise<ScanFile> {
  const path = join(folder, `scan-${megabytes}.nessus`)
  return { path, bytes: await writeNessusFile(path, megabytes * MEGABYTE) }
}

async function passOf(
  reader: 'importer' | 'saxes',
  { path, bytes }: ScanFile,
  records?: Set<number>,
): Promise<Sample> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', PASS, reader, path])
  const pass: { seconds: number; records: number; peakBytes: number } = JSON.parse(stdout)
  records?.add(pass.records)
  return { speed: bytes / MEGABYTE / pass.seconds, peak: pass.peakBytes / MEGABYTE }
}

/** The whole process is timed: its start takes a few milliseconds. */
async function passOfXmllint({ path, bytes }: ScanFile): Promise<Sample> {
  const before = performance.now()
  await run('xmllint', ['--stream', '--noout', path])
  return { speed: bytes / MEGABYTE / ((performance.now() - before) / 1000) }
}

async function isInstalled(command: string): Promise<boolean> {
  return run(command, ['--version']).then(
    () => true,
    () => false,
  )
}
