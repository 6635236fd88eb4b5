/** A text file as a page that cannot do anything: every character of the file is escaped, and there is no script. */
import Papa from 'papaparse'
import { indentJson } from './indent-json.ts'
import { readText, showInvisible } from './readable-text.ts'

/** As much of a text file as is read for a preview. */
export const PREVIEW_BYTES = 256 * 1024
const MOST_CHARACTERS = 400_000
const MOST_ROWS = 200
const MOST_COLUMNS = 60
const MOST_IN_CELL = 400

/** @param mediaType as recognised; only tables and JSON are laid out, everything else is plain text */
export function renderPreview(file: { mediaType: string; sizeBytes: number }, head: Uint8Array): string {
  const isWhole = head.length >= file.sizeBytes
  const { text, encoding, isFaithful } = readText(head, isWhole)
  const notes: string[] = []
  if (!isWhole) notes.push('Only the first 256 KiB are shown. Download the file to see all of it.')
  if (encoding !== 'utf-8') notes.push(`Read as ${encoding.toUpperCase()}.`)
  if (!isFaithful) notes.push(`Some bytes are not valid ${encoding.toUpperCase()}; they are shown as �.`)
  const body = renderBody(file.mediaType, text.replace(/^\ufeff/, ''), isWhole, notes)
  return page(notes, body)
}

function renderBody(mediaType: string, text: string, isWhole: boolean, notes: string[]): string {
  if (mediaType === 'text/csv') return renderTable(text, isWhole, notes)
  if (mediaType === 'application/json') {
    const { text: laidOut, isCut } = indentJson(text, MOST_CHARACTERS)
    if (isCut) notes.push('Laid out, it is longer than what is shown here.')
    return `<pre>${escapeHtml(showInvisible(laidOut))}</pre>`
  }
  if (/html|svg|xml/.test(mediaType)) notes.push('Shown as source text; nothing in it is run or loaded.')
  return `<pre>${escapeHtml(showInvisible(text.slice(0, MOST_CHARACTERS)))}</pre>`
}

function renderTable(text: string, isWhole: boolean, notes: string[]): string {
  const { data } = Papa.parse<string[]>(text, { preview: MOST_ROWS + 2, skipEmptyLines: true })
  // The last row of a part may be half a row.
  const rows = !isWhole && data.length <= MOST_ROWS + 1 ? data.slice(0, -1) : data
  const [header = [], ...records] = rows
  const shown = records.slice(0, MOST_ROWS)
  if (records.length > MOST_ROWS) notes.push(`The first ${MOST_ROWS} rows.`)
  if (rows.some((row) => row.length > MOST_COLUMNS)) notes.push(`The first ${MOST_COLUMNS} columns.`)
  if (rows.some((row) => row.some((cell) => /^\s*[=+@]|^-(?![\d.])/.test(cell))))
    notes.push('Cells that a spreadsheet would calculate are shown as they are written.')
  const cells = (row: string[], tag: 'th' | 'td') =>
    row
      .slice(0, MOST_COLUMNS)
      .map((cell) => `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${escapeHtml(shorten(cell))}</${tag}>`)
      .join('')
  const lines = shown.map((row, index) => `<tr><th scope="row">${index + 1}</th>${cells(row, 'td')}</tr>`)
  return `<table><thead><tr><th scope="col">Row</th>${cells(header, 'th')}</tr></thead><tbody>${lines.join('')}</tbody></table>`
}

function shorten(cell: string): string {
  const shown = showInvisible(cell.slice(0, MOST_IN_CELL))
  return cell.length > MOST_IN_CELL ? `${shown}…` : shown
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

const STYLE = `body{margin:0;padding:12px 16px;font:14px/1.5 system-ui,sans-serif;color:#1c2328;background:#fff}
pre{margin:0;font:13px/1.5 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
p{margin:0 0 10px;color:#4b565e}
table{border-collapse:collapse}
th,td{border:1px solid #d5dadd;padding:3px 8px;text-align:start;vertical-align:top;white-space:pre-wrap;max-width:32rem;overflow-wrap:anywhere}
thead th{background:#f0f2f3;position:sticky;top:0}tbody th{font-weight:400;color:#5d686f}`

function page(notes: readonly string[], body: string): string {
  const said = notes.map((note) => `<p>${escapeHtml(note)}</p>`).join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Preview</title><style>${STYLE}</style></head><body>${said}${body}</body></html>`
}
