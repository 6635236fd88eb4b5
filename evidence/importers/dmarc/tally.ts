/** Messages of a DMARC report by result, in memory that grows with the senders' addresses alone. */
import { ImportError } from '../importer.ts'
import { detach, many } from '../scan/text.ts'
import type { DmarcRow } from './document.ts'

// The largest receivers name some ten thousand senders of one domain in a day.
const MAXIMUM_SOURCES = 500_000
const MAXIMUM_MESSAGES = 1e12

// Words of both standards; all others are counted together, so that a file cannot make names.
const RESULTS = ['pass', 'fail']
const DISPOSITIONS = ['none', 'quarantine', 'reject', 'pass']

export function createDmarcTally() {
  const counts: Record<string, number> = { messages: 0, dmarcPass: 0, distinctSourceIps: 0 }
  const sources = new Set<string>()
  let records = 0
  let uncounted = 0
  const add = (name: string, by: number) => {
    counts[name] = (counts[name] ?? 0) + by
  }

  return {
    add(row: DmarcRow): void {
      records += 1
      const messages = /^\d{1,12}$/.test(row.count) ? Number(row.count) : Number.NaN
      if (Number.isNaN(messages)) uncounted += 1
      else if ((counts.messages ?? 0) + messages > MAXIMUM_MESSAGES)
        throw new ImportError('hostile', 'The report counts more messages than are sent in the world.')
      const by = Number.isNaN(messages) ? 0 : messages
      const dkim = row.dkim.toLowerCase()
      const spf = row.spf.toLowerCase()
      add('messages', by)
      add(nameOf('dkim', dkim, RESULTS), by)
      add(nameOf('spf', spf, RESULTS), by)
      add(nameOf('disposition', row.disposition.toLowerCase(), DISPOSITIONS), by)
      // One aligned result is enough.
      if (dkim === 'pass' || spf === 'pass') add('dmarcPass', by)
      if (row.sourceIp === '') return
      if (sources.size >= MAXIMUM_SOURCES && !sources.has(row.sourceIp))
        throw new ImportError('too-large', `The report names more than ${MAXIMUM_SOURCES} senders.`)
      sources.add(detach(row.sourceIp.toLowerCase().slice(0, 100)))
    },
    finish(): { counts: Record<string, number>; records: number; warnings: string[] } {
      counts.distinctSourceIps = sources.size
      const warnings =
        uncounted > 0 ? [`${many(uncounted, 'record')} without a readable number of messages.`] : []
      return { counts, records, warnings }
    },
  }
}

function nameOf(prefix: string, word: string, known: readonly string[]): string {
  const ending = known.includes(word) ? word : word === '' ? 'missing' : 'other'
  return `${prefix}${ending.charAt(0).toUpperCase()}${ending.slice(1)}`
}
