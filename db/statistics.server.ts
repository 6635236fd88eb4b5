/** Keeps what the planner knows of the scan tables near to what is in them. */
import { sql } from 'drizzle-orm'
import type { Tx } from './client.server.ts'

const SCAN_TABLES = [
  'asset',
  'finding',
  'asset_sighting',
  'client_asset',
  'client_check',
  'client_finding',
  'finding_sighting',
]
/** PostgreSQL's own autovacuum_analyze_threshold and autovacuum_analyze_scale_factor. */
const FEW_ROWS = 50
const SHARE = 0.1

/**
 * PostgreSQL counts a table again up to a minute after it has grown. Until then it takes a first large scan for a few
 * rows and reads the whole scan for each line of a page, while its uploader looks at it.
 *
 * Tables that somebody else is counting are left to them.
 * @param added findings that one import has brought
 */
export async function countScanTables(tx: Tx, added: number): Promise<void> {
  if (added < FEW_ROWS) return
  // Counting is the owner's right; row-level security does not apply to it.
  await tx.execute(sql`set local role none`)
  const [table] = await tx.execute<{ rows: number }>(
    sql`select reltuples::float8 as rows from pg_class where oid = 'public.finding'::regclass`,
  )
  if (added < FEW_ROWS + SHARE * Math.max(0, table?.rows ?? 0)) return
  await tx.execute(sql.raw(`analyze (skip_locked) ${SCAN_TABLES.join(', ')}`))
}
