/** The EPSS score file of FIRST: a comment line with model and date, then one row a CVE. A catalogue, no client's evidence. */
import { type Columns, createCsvReader, readHeader, sniffRows } from './csv-reader.ts'
import { ImportError, type Importer } from './importer.ts'
import { pump } from './scan/pump.ts'
import { parseTableMoment } from './scan/table-dates.ts'

const COMMENT = /^#\s*model_version:([^,]{1,60}),\s*score_date:(.{1,60})$/i

export const epssImporter: Importer = {
  format: 'epss',
  label: 'EPSS scores (CSV)',
  evidenceKind: 'assessment-report',

  recognises(head) {
    const [first = [], second = []] = sniffRows(head)
    return (
      COMMENT.test(first.join(',')) ||
      [first, second].some((cells) => /^cve,epss(,percentile)?$/i.test(cells.join(',')))
    )
  },

  read(bytes) {
    let version: string | null = null
    let date: string | null = null
    let columns: Columns | null = null
    let records = 0
    let wrong = 0
    const reader = createCsvReader(
      {
        row(cells) {
          const comment = COMMENT.exec(cells.join(',').trim())
          if (comment) {
            version = comment[1]?.trim() ?? null
            const found = parseTableMoment((comment[2] ?? '').replace(/\+0000$/, 'Z'))
            date = found && new Date(found.time).toISOString()
            return
          }
          if (!columns) {
            const found = readHeader(cells)
            if (!found.has('cve') || !found.has('epss'))
              throw new ImportError(
                'malformed',
                'The file has no header with "cve" and "epss". Load the score file of FIRST as it is.',
              )
            columns = found
            return
          }
          records += 1
          const score = Number(columns.get(cells, 'epss'))
          if (!/^CVE-\d{4}-\d{4,19}$/i.test(columns.get(cells, 'cve')) || !(score >= 0 && score <= 1))
            wrong += 1
        },
      },
      { delimiter: ',' },
    )
    return pump(bytes, {
      write: reader.write,
      end() {
        reader.end()
        if (!columns) throw new ImportError('truncated', 'The file ends before its header. Load it again.')
      },
      takeEvents: () => [],
      finish: () => ({
        summary: {
          format: 'epss',
          tool: 'EPSS',
          toolVersion: version,
          scanDate: date,
          records,
          scope: 'Exploit prediction scores',
          gaps: [],
          counts: { unreadable: wrong },
          facts: [],
        },
        warnings: [
          'This is a catalogue of all known weaknesses, no evidence of a client. Load it under the organisation’s catalogues.',
        ],
      }),
    })
  },
}
