/** Checking an exported ledger of a million entries, beside hashing the same bytes once. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { verifyLedgerExport } from '#evidence/verify-ledger-export.server.ts'
import { writeLedgerFile } from './ledger-file.ts'
import { MEGABYTE, type Options, type Outcome } from './measurement.ts'
import { forgetPeakMemory, ownPeakMemory } from './memory.ts'
import { alternate, compare, median } from './rounds.ts'

const CHUNK = 1024 * 1024

export async function measure({ quick, rounds, folder, say }: Options): Promise<Outcome> {
  const entries = quick ? 3000 : 1_000_000
  const path = join(folder, 'ledger.ndjson')
  const bytes = await writeLedgerFile(path, entries)
  say(`  ${entries.toLocaleString('en-US')} entries, ${(bytes / MEGABYTE).toFixed(1)} MB`)
  const read = () => createReadStream(path, { highWaterMark: CHUNK })
  const speedOf = async (work: () => Promise<void>) => {
    forgetPeakMemory(process.pid)
    const before = performance.now()
    await work()
    const seconds = (performance.now() - before) / 1000
    return { speed: bytes / MEGABYTE / seconds, seconds, memory: ownPeakMemory() / MEGABYTE }
  }
  const taken = await alternate(rounds, {
    hashing: () =>
      speedOf(async () => {
        const hash = createHash('sha256')
        for await (const chunk of read()) hash.update(chunk)
        hash.digest()
      }),
    checking: () =>
      speedOf(async () => {
        const { verdict } = await verifyLedgerExport(read())
        if (!verdict.ok || verdict.entries < entries)
          throw new Error(`The generated ledger does not hold: ${verdict.faults[0]?.sentence}`)
      }),
  })
  const baseline = 'SHA-256 of the same bytes, read in the same chunks'
  const seconds = median(taken.map((round) => round.checking.seconds ?? Number.NaN))
  return {
    rows: [
      { what: 'Speed', unit: 'MB/s', baseline, ...compare(taken, 'speed', 'checking', 'hashing') },
      {
        what: 'Peak memory of the process',
        unit: 'MB',
        baseline,
        ...compare(taken, 'memory', 'checking', 'hashing'),
      },
    ],
    notes: [
      `${entries.toLocaleString('en-US')} entries in ${(bytes / MEGABYTE).toFixed(0)} MB with 10 signed checkpoints, whole in ${seconds.toFixed(2)} s; medians of ${rounds} rounds.`,
    ],
  }
}
