/** What a check of a ledger has shown, in plain words for a terminal. */
import type { ExportHeader } from '#evidence/ledger-export.ts'
import type { LedgerVerdict } from '#evidence/verify-ledger.server.ts'

const number = (value: number) => value.toLocaleString('en-US')
const several = (count: number, one: string, many: string) => (count === 1 ? one : `${number(count)} ${many}`)

/**
 * @param where `database` where the sealed head was checked, too
 * @param isCompared whether the timestamps were held to a given authority
 */
export function verdictInWords(
  title: string,
  { ok, entries, head, checkpoints, faults, faultCount }: LedgerVerdict,
  where: 'database' | 'file',
  isCompared = false,
): string[] {
  const lines = [`${ok ? 'ok    ' : 'FAILED'}  ${title}`]
  const say = (line: string) => lines.push(`        ${line}`)
  say(
    `${several(entries, 'One entry was', 'entries were')} read${head ? `; the last is ${head.sequence}, ${head.hash}` : ''}.`,
  )
  say(
    checkpoints.count === 0
      ? 'There is no checkpoint.'
      : `${several(checkpoints.count, 'One checkpoint', 'checkpoints')}; the newest covers entries 1 to ${number(checkpoints.covers)}; ${checkpoints.timestamped} timestamped.`,
  )
  for (const { name, fingerprint } of checkpoints.authorities) {
    say(`Signed under “${name}”, SHA-256 fingerprint ${fingerprint}.`)
  }
  for (const { name, fingerprint } of checkpoints.timestampAuthorities) {
    say(`Timestamped by “${name}”, SHA-256 fingerprint ${fingerprint}${isCompared ? '' : NOT_COMPARED}.`)
  }
  for (const { sentence } of faults) say(`- ${sentence}`)
  if (faultCount > faults.length) say(`- And ${number(faultCount - faults.length)} more.`)
  if (ok)
    say(
      where === 'database'
        ? 'The ledger ends where it was sealed.'
        : uncoveredInWords(entries, checkpoints.covers),
    )
  return lines
}

/** Anybody can run a timestamp authority. */
export const NOT_COMPARED =
  ', which nobody compared: give its certificate with --timestamp-authority to hold the timestamps to it'

function uncoveredInWords(entries: number, covers: number): string {
  if (covers === entries) return 'Every entry is covered by a signed checkpoint.'
  return `Entries ${number(covers + 1)} to ${number(entries)} are covered by no checkpoint: that nobody rewrote or left out some of them is the exporter’s word.`
}

export const titleOfExport = ({ organisationName, organisationId, exportedAt }: ExportHeader) =>
  `${organisationName} (${organisationId}), exported ${exportedAt}`
