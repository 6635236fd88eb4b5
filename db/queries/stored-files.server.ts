/** Every row that refers to a file of the evidence store, whatever it is; tests/db/stored-files.test.ts finds a table left out. */
import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'

export type ReferenceKind =
  | 'evidence-revision'
  | 'report'
  | 'certified-report'
  | 'report-twin'
  | 'insurer-form'
  | 'workbook'
  | 'weakness-list'
  | 'claim-pack'
  | 'request-file'
  | 'waiver'

/** The rows of one kind that refer to one file. */
export interface FileReference {
  sha256: string
  kind: ReferenceKind
  /** Of one of the rows. */
  id: string
  count: number
  /** As recorded when the file was received; null where that is not kept. */
  sizeBytes: number | null
}

const SOURCES: Record<ReferenceKind, SQL> = {
  'evidence-revision': sql`select organisation_id, sha256, id::text as id, size_bytes from evidence_revision`,
  report: sql`select organisation_id, pdf_sha256 as sha256, id::text as id, pdf_size_bytes::bigint as size_bytes from report`,
  // Earlier signers' versions of a report: its row names the newest only, the ledger names all.
  'certified-report': sql`
    select organisation_id, payload::jsonb->>'pdfSha256' as sha256, payload::jsonb->>'reportId' as id,
      null::bigint as size_bytes
    from ledger_entry where kind in ('report.certified', 'report.countersigned')`,
  'report-twin': sql`select organisation_id, sha256, report_id::text as id, size_bytes::bigint as size_bytes from report_twin`,
  'insurer-form': sql`select organisation_id, sha256, id::text as id, size_bytes from carrier_document`,
  workbook: sql`select organisation_id, sha256, id::text as id, null::bigint as size_bytes from workbook_import`,
  'weakness-list': sql`select organisation_id, sha256, id::text as id, null::bigint as size_bytes from catalogue_load`,
  'claim-pack': sql`select organisation_id, sha256, id::text as id, size_bytes from claim_pack where sha256 is not null`,
  'request-file': sql`select organisation_id, sha256, id::text as id, size_bytes from request_entry where sha256 is not null`,
  waiver: sql`
    select organisation_id, pdf_sha256 as sha256, id::text as id, pdf_size_bytes::bigint as size_bytes
    from waiver where pdf_sha256 is not null`,
}

export const REFERENCE_KINDS = Object.keys(SOURCES) as ReferenceKind[]

/** Columns that hold a SHA-256 of something that is no file of the store, and those that another row's file is named in. */
export const NO_FILES = [
  'column_mapping.header_sha256',
  'application.edition_sha256',
  'evidence_revision.redacted_from',
  'questionnaire_edition.sha256',
  'report.statement_sha256',
  'report_logo.sha256',
  'report_look.logo_sha256',
  'waiver.text_sha256',
  'exception_approval.text_sha256',
]

/** Sorted by hash, from the one after `after`; an empty text begins. */
export async function listReferences(
  tx: Tx,
  organisationId: string,
  page: { kind: ReferenceKind; after: string; limit: number },
): Promise<FileReference[]> {
  const found = await tx.execute<{
    sha256: string
    id: string
    count: number
    size_bytes: string | null
  }>(sql`
    select sha256, min(id) as id, count(*)::integer as count, max(size_bytes) as size_bytes
    from (${SOURCES[page.kind]}) as source
    where organisation_id = ${organisationId}::uuid and sha256 > ${page.after}
    group by sha256 order by sha256 limit ${page.limit}`)
  return [...found].map(({ size_bytes, ...row }) => ({
    ...row,
    kind: page.kind,
    sizeBytes: size_bytes === null ? null : Number(size_bytes),
  }))
}

export async function isReferred(tx: Tx, organisationId: string, sha256: string): Promise<boolean> {
  for (const kind of REFERENCE_KINDS) {
    const found = await tx.execute(sql`
      select from (${SOURCES[kind]}) as source
      where organisation_id = ${organisationId}::uuid and sha256 = ${sha256} limit 1`)
    if ([...found].length > 0) return true
  }
  return false
}
