/** Checks an exported ledger offline, while it streams: the same checks as in the database, but for the sealed head. */
import { fingerprintOf } from './checkpoint-signature.server.ts'
import { type ExportHeader, type ExportLine, readHeader, readLine } from './ledger-export.ts'
import type { LedgerProblem } from './ledger-faults.ts'
import { readLines } from './read-lines.server.ts'
import { type LedgerVerdict, startLedgerCheck } from './verify-ledger.server.ts'

export interface ExportVerdict {
  /** Null where the file does not begin as an export; then nothing else was read. */
  header: ExportHeader | null
  verdict: LedgerVerdict
}

/**
 * Never throws for what stands in the file. What only the installation can know is left out: that the ledger did not
 * go on after the export, and, behind the last checkpoint, that nobody rewrote the end.
 *
 * @param options.trustedAuthorityPem the authority's certificate, received by another way than the file
 * @param options.trustedTimestampPem that of the timestamp authority, or its issuer's
 */
export async function verifyLedgerExport(
  chunks: AsyncIterable<Uint8Array>,
  options: { trustedAuthorityPem?: string; trustedTimestampPem?: string } = {},
): Promise<ExportVerdict> {
  const lines = readLines(chunks)
  const first = await lines.next()
  const header = first.done || first.value.text === null ? null : readHeader(first.value.text)
  const { trustedAuthorityPem: pem, trustedTimestampPem } = options
  const trusted = pem === undefined ? undefined : (fingerprintOf(pem) ?? 'no certificate')
  const check = startLedgerCheck({
    organisationId: header?.organisationId ?? '',
    trustedAuthorityFingerprint: trusted,
    trustedTimestampPem,
  })
  const tell = (number: number | null, problem: LedgerProblem, sentence: string) =>
    check.faults.add({ part: 'file', number, problem, sentence })

  if (!header) {
    tell(1, 'file-unreadable', 'Line 1 is not the beginning of a ledger that Attested exported.')
    await lines.return(undefined)
    return { header, verdict: check.finish() }
  }
  let number = 1
  let entries = 0
  let checkpoints = 0
  let end: Extract<ExportLine, { end: unknown }>['end'] | null = null
  for await (const line of lines) {
    number += 1
    if (!line.isWhole) {
      tell(number, 'file-cut-off', `The file is cut off in the middle of line ${number}.`)
      break
    }
    const record = line.text === null ? null : readLine(line.text)
    if (end) {
      tell(number, 'file-unreadable', `Line ${number} stands after the end of the ledger.`)
      break
    }
    if (!record) tell(number, 'file-unreadable', `Line ${number} cannot be read.`)
    else if ('entry' in record) {
      entries += 1
      check.takeEntry(record.entry)
    } else if ('checkpoint' in record) {
      checkpoints += 1
      await check.takeCheckpoint(record)
    } else end = record.end
  }
  if (!end) tell(null, 'file-cut-off', 'The file ends without its last line: it was cut off.')
  else if (end.entries !== entries || end.checkpoints !== checkpoints) {
    const sentence = `The last line promises ${end.entries} entries and ${end.checkpoints} checkpoints; the file has ${entries} and ${checkpoints}.`
    tell(number, 'file-cut-off', sentence)
  }
  return { header, verdict: check.finish() }
}
