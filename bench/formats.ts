/** Reading JSON and tables: our importers beside the bare parsers that they stand on. */
import { join } from 'node:path'
import { writeSarifFile, writeTableFile } from './format-files.ts'
import { MEGABYTE, type Options, type Outcome } from './measurement.ts'
import { growthRows, passOf, sizeOf, sizesOf } from './passes.ts'
import { alternate, compare } from './rounds.ts'

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
  const sizes = sizesOf(quick)
  for (const { name, ending, write, reader, baseline } of KINDS) {
    const generate = async (megabytes: number) => {
      const path = join(folder, `export-${megabytes}.${ending}`)
      return { path, bytes: await write(path, megabytes * MEGABYTE) }
    }
    const files = {
      small: await generate(sizes.small),
      large: await generate(sizes.large),
      huge: await generate(sizes.huge),
    }
    const size = `${sizeOf(files.large)} of ${name}`
    say(`  ${size}, ${rounds} rounds`)
    const taken = await alternate(rounds, {
      ours: () => passOf('importer', files.large),
      bare: () => passOf(reader, files.large),
      small: () => passOf('importer', files.small),
      huge: () => passOf('importer', files.huge),
    })
    rows.push(
      { what: `Speed, ${size}`, unit: 'MB/s', baseline, ...compare(taken, 'speed', 'ours', 'bare') },
      { what: `Peak memory, ${size}`, unit: 'MB', baseline, ...compare(taken, 'peak', 'ours', 'bare') },
      ...growthRows(taken, files, name),
    )
  }
  return { rows, notes: [`Medians of ${rounds} rounds, each reader in a process of its own.`] }
}
