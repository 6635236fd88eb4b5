/** The parts of `attested ledger` that read this installation's database, beside a running Attested or without one. */
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { NotFoundError } from '#app/services/errors.ts'
import { checkOrganisationLedger, findLedgerName, listLedgers } from '#app/services/ledger-check.server.ts'
import { exportLedger, proveEntry } from '#app/services/ledger-export.server.ts'
import type { LedgerArguments, Streams } from './ledger.ts'
import { verdictInWords } from './ledger-words.ts'
import { printableJson, withoutControls } from './terminal-text.ts'
import { withDatabase } from './with-database.ts'

const UNREAD = 'The ledger could not be read.'

/** @returns the exit status: 0 when every ledger holds */
export async function verifyDatabase(
  { organisation, json }: LedgerArguments,
  streams: Streams,
): Promise<number> {
  return withDatabase(streams, UNREAD, async (database, readSecret) => {
    const secret = await readSecret()
    const ids = organisation === undefined ? await listLedgers(database) : [organisation]
    const results: unknown[] = []
    let areAllFine = true
    for (const organisationId of ids) {
      const name = await findLedgerName(database, organisationId)
      if (name === null) throw new NotFoundError(`There is no organisation ${organisationId}.`)
      const { verdict, anchor } = await checkOrganisationLedger(database, organisationId, secret)
      areAllFine &&= verdict.ok
      if (json) results.push({ organisationId, organisationName: name, anchor, ...verdict })
      else {
        const lines = verdictInWords(`${name} (${organisationId})`, verdict, 'database')
        for (const line of lines) streams.stdout.write(`${withoutControls(line)}\n`)
      }
    }
    if (json) streams.stdout.write(printableJson({ ok: areAllFine, ledgers: results }))
    else if (ids.length === 0) streams.stdout.write('There is no organisation, and so no ledger.\n')
    return areAllFine ? 0 : 1
  })
}

export async function exportToFile(
  { organisation, out }: LedgerArguments,
  streams: Streams,
): Promise<number> {
  const path = out ?? ''
  return withDatabase(streams, UNREAD, async (database) => {
    // The first line is asked for before the file is made: no file for an organisation that is not there.
    const lines = exportLedger(database, organisation ?? '', new Date())
    const first = await lines.next()
    async function* all() {
      yield String(first.value)
      yield* lines
    }
    // Never over a file that is there: it may be the older export that this one is compared with.
    await pipeline(
      Readable.from(all(), { objectMode: false }),
      createWriteStream(path, { flags: 'wx', mode: 0o600 }),
    )
    streams.stdout.write(
      `The ledger was written to ${withoutControls(path)}. Check it with: ledger verify FILE\n`,
    )
    return 0
  })
}

export async function proveToFile(
  { target, organisation, out }: LedgerArguments,
  streams: Streams,
): Promise<number> {
  const path = out ?? ''
  return withDatabase(streams, UNREAD, async (database) => {
    const document = await proveEntry(database, organisation ?? '', Number(target))
    await writeFile(path, `${JSON.stringify(document, null, 2)}\n`, { flag: 'wx', mode: 0o600 })
    streams.stdout.write(
      `The proof was written to ${withoutControls(path)}. Check it with: ledger check-proof FILE\n`,
    )
    return 0
  })
}
