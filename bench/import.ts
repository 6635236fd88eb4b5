/** Reading a scan: our Nessus importer beside the bare parser it stands on, and beside the fastest one around. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { MEGABYTE, type Options, type Outcome } from './measurement.ts'
import { writeNessusFile } from './nessus-file.ts'
import { type GeneratedFile, growthRows, passOf, sizeOf, sizesOf } from './passes.ts'
import { alternate, compare, type Sample } from './rounds.ts'

const run = promisify(execFile)

export async function measure({ quick, rounds, folder, say }: Options): Promise<Outcome> {
  const sizes = sizesOf(quick)
  const files = {
    small: await generate(folder, sizes.small),
    large: await generate(folder, sizes.large),
    huge: await generate(folder, sizes.huge),
  }
  const { small, large, huge } = files
  const hasXmllint = await isInstalled('xmllint')
  say(`  ${[small, large, huge].map(sizeOf).join(', ')}, ${rounds} rounds`)
  const records = new Set<number>()
  const taken = await alternate(rounds, {
    ours: () => passOf('importer', large, records),
    saxes: () => passOf('saxes', large, records),
    xmllint: () => (hasXmllint ? passOfXmllint(large) : Promise.resolve({})),
    small: () => passOf('importer', small),
    huge: () => passOf('importer', huge),
  })
  if (records.size !== 1)
    throw new Error(`The readers disagree about the file: ${[...records].join(', ')} items`)
  const name = 'XML (Nessus)'
  const speed = { what: `Speed, ${sizeOf(large)} of ${name}`, unit: 'MB/s' } as const
  const peak = { what: `Peak memory, ${sizeOf(large)} of ${name}`, unit: 'MB' } as const
  const saxes = 'saxes alone, empty handlers, same bytes and chunks'
  const rows: Outcome['rows'] = [
    { ...speed, baseline: saxes, ...compare(taken, 'speed', 'ours', 'saxes') },
    { ...peak, baseline: saxes, ...compare(taken, 'peak', 'ours', 'saxes') },
    ...growthRows(taken, files, name),
  ]
  const notes = [
    `${[...records][0]} report items in the file of ${sizeOf(large)}; medians of ${rounds} rounds, each reader in a process of its own.`,
  ]
  if (hasXmllint) {
    const compared = compare(taken, 'speed', 'ours', 'xmllint')
    rows.splice(1, 0, { ...speed, baseline: 'xmllint --stream --noout', ...compared })
  } else notes.push('xmllint is not installed here: that baseline was left out.')
  return { rows, notes }
}

async function generate(folder: string, megabytes: number): Promise<GeneratedFile> {
  const path = join(folder, `scan-${megabytes}.nessus`)
  return { path, bytes: await writeNessusFile(path, megabytes * MEGABYTE) }
}

/** The whole process is timed: its start takes a few milliseconds. */
async function passOfXmllint({ path, bytes }: GeneratedFile): Promise<Sample> {
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
