/** CISA's catalogue of known exploited vulnerabilities: read so that whoever uploads it learns where it belongs. */
import type { Importer } from './importer.ts'
import { asNumber, asObject, asText, createJsonReader, type Json } from './json-reader.ts'
import { sniffShape } from './json-shape.ts'
import { parseHostTime } from './scan/dates.ts'
import { pump } from './scan/pump.ts'
import { cut } from './scan/text.ts'
import { summariseTenant } from './tenant/report.ts'

const HEADINGS = new Set(['catalogVersion', 'dateReleased', 'count'])

export const kevImporter: Importer = {
  format: 'kev',
  label: 'CISA known exploited vulnerabilities (JSON)',
  evidenceKind: 'assessment-report',

  recognises(head) {
    const shape = sniffShape(head)
    return (
      shape !== null &&
      (shape.has('vulnerabilities[].cveID', 'vulnerabilities[].dateAdded') ||
        (shape.has('catalogVersion', 'dateReleased') && shape.hasAny('vulnerabilities', 'count')))
    )
  },

  read(bytes, options) {
    const headings: { [name: string]: Json } = {}
    let rows = 0
    let ransomware = 0
    let unnamed = 0
    const reader = createJsonReader({
      choose(path, kind) {
        if (path.length === 0) return kind === 'object' ? 'enter' : 'skip'
        if (path.length === 1) {
          if (path[0] === 'vulnerabilities') return kind === 'array' ? 'enter' : 'skip'
          return kind === 'scalar' && HEADINGS.has(String(path[0])) ? 'take' : 'skip'
        }
        return kind === 'object' ? 'take' : 'skip'
      },
      value(path, value) {
        if (path.length === 1) {
          headings[String(path[0])] = value
          return
        }
        const row = asObject(value)
        rows += 1
        if (!asText(row?.cveID)) unnamed += 1
        if (asText(row?.knownRansomwareCampaignUse)?.trim().toLowerCase() === 'known') ransomware += 1
      },
    })
    return pump(bytes, {
      ...reader,
      takeEvents: () => [],
      finish() {
        const declared = asNumber(headings.count)
        const { summary, warnings } = summariseTenant(
          {
            format: 'kev',
            tool: 'CISA KEV',
            toolVersion: cut(asText(headings.catalogVersion), 40),
            scope: 'Known exploited vulnerabilities, all vendors',
            date: parseHostTime(asText(headings.dateReleased) ?? ''),
            undated: 'Download the catalogue again.',
            records: rows,
            gaps:
              declared !== null && declared !== rows
                ? [`The catalogue names ${declared} entries and holds ${rows}. Download it again.`]
                : [],
            counts: { ...(declared === null ? {} : { declared }), ransomwareKnown: ransomware },
            facts: [],
          },
          options,
        )
        return {
          summary,
          warnings: [
            "This is a public catalogue, not evidence about a client. Load it in the organisation's settings, where it is compared with every scan.",
            ...summary.gaps,
            ...(unnamed > 0 ? [`Entries without a CVE number: ${unnamed}.`] : []),
            ...warnings,
          ],
        }
      },
    })
  },
}
