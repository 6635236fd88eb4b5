/** DMARC aggregate reports in XML, as receivers of mail send them: the published policy, and messages by result. */
import { createDmarcListener, type DmarcHead } from './dmarc/document.ts'
import { dmarcFacts } from './dmarc/facts.ts'
import { createDmarcTally } from './dmarc/tally.ts'
import type { Importer, ImportSummary, ReadOptions } from './importer.ts'
import { parseHostTime, parseTimestamp } from './scan/dates.ts'
import { pump } from './scan/pump.ts'
import { cut } from './scan/text.ts'
import { createElementHandlers } from './xml-elements.ts'
import { decodeXmlHead, findRootElement } from './xml-encoding.ts'
import { createXmlReader } from './xml-reader.ts'

/** Feedback of other kinds has the same root. */
const MARKS = /urn:ietf:params:xml:ns:dmarc|<(?:\w{1,40}:)?(report_metadata|policy_published)[\s>]/i

export const dmarcImporter: Importer = {
  format: 'dmarc',
  label: 'DMARC aggregate report (XML)',
  evidenceKind: 'dns-record-lookup',

  recognises: (head) =>
    findRootElement(head)?.toLowerCase() === 'feedback' && MARKS.test(decodeXmlHead(head) ?? ''),

  read(bytes, options) {
    const head: DmarcHead = {}
    const tally = createDmarcTally()
    const gaps = new Set<string>()
    const listener = createDmarcListener(head, {
      row: tally.add,
      error(text) {
        if (gaps.size < 5) gaps.add(`The receiver reports an error: ${text.slice(0, 150)}.`)
      },
    })
    const reader = createXmlReader((collectText) => createElementHandlers(listener, collectText))
    return pump(bytes, {
      ...reader,
      takeEvents: () => [],
      finish: () => summarise(head, tally, [...gaps], options),
    })
  },
}

function summarise(
  head: DmarcHead,
  tally: ReturnType<typeof createDmarcTally>,
  gaps: string[],
  { now }: ReadOptions,
): { summary: ImportSummary; warnings: string[] } {
  const { counts, records, warnings } = tally.finish()
  const organisation = cut(head.organisation, 150)
  const tool = organisation ? `DMARC report of ${organisation}` : 'DMARC report'
  // Both standards want seconds since 1970; some receivers write a date.
  const end = parseTimestamp(head.end ?? '') ?? parseHostTime(head.end ?? '')
  const { facts, hurdle } = dmarcFacts(head, { end, collector: tool, now, gaps })
  if (end !== null && !end.hasZone)
    warnings.push('The file writes its times without a time zone; they were read as UTC.')
  return {
    summary: {
      format: 'dmarc',
      tool,
      toolVersion: null,
      scanDate: end === null ? null : new Date(end.time).toISOString(),
      records,
      scope: cut(head.domain?.toLowerCase(), 300) ?? 'a domain without a name',
      gaps,
      counts,
      facts,
    },
    warnings: [...warnings, ...(hurdle ? [hurdle] : [])],
  }
}
