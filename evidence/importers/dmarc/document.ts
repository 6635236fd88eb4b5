/** The elements of a DMARC aggregate report (RFC 7489, RFC 9990) as one policy and its rows. */
import { ImportError } from '../importer.ts'
import type { ElementListener, Wanted } from '../xml-elements.ts'

/** Texts by their names, trimmed; missing elements are missing. */
export interface DmarcHead {
  organisation?: string
  reportId?: string
  begin?: string
  end?: string
  domain?: string
  p?: string
  sp?: string
  pct?: string
  testing?: string
}

export interface DmarcRow {
  sourceIp: string
  count: string
  disposition: string
  dkim: string
  spf: string
}

export interface DmarcListener {
  row(row: DmarcRow): void
  /** The receiver could not tell everything. */
  error(text: string): void
}

const METADATA = 'feedback/report_metadata'
const POLICY = 'feedback/policy_published'
const RECORD = 'feedback/record'
const SHORT: Wanted = { characters: 300 }

const HEAD = new Map<string, keyof DmarcHead>([
  [`${METADATA}/org_name`, 'organisation'],
  [`${METADATA}/report_id`, 'reportId'],
  [`${METADATA}/date_range/begin`, 'begin'],
  [`${METADATA}/date_range/end`, 'end'],
  [`${POLICY}/domain`, 'domain'],
  [`${POLICY}/p`, 'p'],
  [`${POLICY}/sp`, 'sp'],
  [`${POLICY}/pct`, 'pct'],
  [`${POLICY}/testing`, 'testing'],
])
// The results of `policy_evaluated` are the aligned ones; `auth_results` beside them are not.
const ROW = new Map<string, keyof DmarcRow>([
  [`${RECORD}/row/source_ip`, 'sourceIp'],
  [`${RECORD}/row/count`, 'count'],
  [`${RECORD}/row/policy_evaluated/disposition`, 'disposition'],
  [`${RECORD}/row/policy_evaluated/dkim`, 'dkim'],
  [`${RECORD}/row/policy_evaluated/spf`, 'spf'],
])

export function createDmarcListener(head: DmarcHead, listener: DmarcListener): ElementListener {
  let row: DmarcRow | null = null
  return {
    open(path) {
      if (path === RECORD) row = { sourceIp: '', count: '', disposition: '', dkim: '', spf: '' }
      else if (path !== 'feedback' && !path.includes('/'))
        throw new ImportError('unrecognised', 'The file is no DMARC report.')
      return HEAD.has(path) || ROW.has(path) || path === `${METADATA}/error` ? SHORT : undefined
    },
    close(path, text) {
      const name = HEAD.get(path)
      const field = ROW.get(path)
      if (name !== undefined) head[name] ??= text.trim()
      else if (field !== undefined && row) row[field] ||= text.trim()
      else if (path === `${METADATA}/error`) listener.error(text.trim())
      else if (path === RECORD && row) {
        listener.row(row)
        row = null
      }
    },
  }
}
