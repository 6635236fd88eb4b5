/** One valid row of every table with an organisation, so that tests can go through all tables. */
import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { type PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type postgres from 'postgres'
import * as schema from '#db/schema/index.ts'

export const tables = (Object.values(schema) as unknown[]).filter((value): value is PgTable =>
  is(value, PgTable),
)
export const tenantTables = tables.filter((table) => 'organisationId' in getTableColumns(table))

/** Parents first. */
const ORDER = ['membership', 'client', 'application', 'answer', 'exception', 'evidence', 'evidence_revision']
  .concat(['scan_import', 'asset', 'finding', 'fact', 'ledger_entry', 'signing_key', 'report'])
  .concat(['answer_proposal', 'canonical_answer', 'questionnaire_edition', 'edition_retirement'])
  .concat(['definition_draft', 'carrier_document', 'document_mapping', 'workbook_import'])
  .concat(['client_asset', 'asset_sighting', 'asset_decision', 'client_check', 'client_finding'])
  .concat([
    'finding_sighting',
    'finding_decision',
    'client_register',
    'exploited_vulnerability',
    'epss_score',
  ])
  .concat(['catalogue_load', 'catalogue_source'])
  .concat(['check_permission', 'dkim_selector_list', 'live_check', 'column_mapping'])
  .concat(['answer_version', 'application_version', 'evidence_version'])
  .concat(['ledger_head', 'ledger_checkpoint', 'incident', 'claim_pack', 'report_file', 'report_twin'])
  .concat(['mail_message', 'mail_stop', 'attestation_link', 'attestation_step', 'report_countersignature'])
  .concat(['mail_message', 'attestation_link', 'attestation_step', 'report_countersignature'])
  .concat(['reattestation', 'reattestation_result', 'promise_kept'])
  .concat(['report_logo', 'report_look', 'issued_certificate'])
  .concat(['report_share', 'report_share_access', 'conversation'])
  .concat(['guest_link', 'guest_access', 'evidence_request', 'request_entry'])
  .concat(['engagement', 'engagement_application', 'held_engagement'])
  .concat(['application_review', 'review_decision', 'review_reply', 'review_sample'])
  .concat(['engagement_access'])
  .concat(['binding', 'subjectivity', 'subjectivity_response'])
  .concat(['subjectivity_decision', 'subjectivity_extension'])
  .concat(['finding_dispute'])
  .concat(['responsibility', 'responsibility_template', 'waiver_template', 'waiver'])
  .concat(['webhook', 'webhook_event', 'webhook_delivery', 'webhook_attempt'])
  .concat(['question_assignment', 'assignment_entry', 'exception_approval'])
  .concat(['policy', 'policy_version', 'renewal_template', 'renewal_step'])
  .concat(['calendar_feed', 'calendar_entry_state', 'review_meeting'])
  .concat(['schedule_setting', 'schedule_change', 'schedule_occurrence'])
  .concat(['reminder_setting', 'reminder_preference', 'reminder_look', 'reminder', 'reminder_hold'])

/** Their rows come with those of the tables that they keep the versions of. */
const WRITTEN_BY_TRIGGERS = ['answer_version', 'application_version', 'evidence_version']

export const ZEROS = '0'.repeat(64)

/** The ids that rows of one organisation share; `id` is the id of every row, so that references hold. */
export interface SampleOrganisation {
  organisationId: string
  id: string
  userId: string
}

export function newSample(): SampleOrganisation {
  return { organisationId: crypto.randomUUID(), id: crypto.randomUUID(), userId: crypto.randomUUID() }
}

/** A row with a value in each column that needs one. */
export function sampleRow(table: PgTable, sample: SampleOrganisation): Record<string, unknown> {
  const required = Object.values(getTableColumns(table)).filter(
    (column) => column.notNull && !column.hasDefault,
  )
  const row = Object.fromEntries(required.map((column) => [column.name, sampleValue(column, sample)]))
  return getTableName(table) === 'signing_key' ? { ...row, encrypted_key_pem: 'x' } : row
}

function sampleValue(column: PgColumn, { organisationId, id, userId }: SampleOrganisation): unknown {
  if (column.name === 'organisation_id') return organisationId
  if (column.name === 'user_id') return userId
  if (column.name === 'serial_number') return '1f'
  if (column.name === 'url') return 'https://x.example/'
  if (/sha256|hash$|^mac$/.test(column.name)) return ZEROS
  if (column.enumValues?.[0]) return column.enumValues[0]
  const type = column.getSQLType()
  if (type === 'uuid') return id
  if (type.startsWith('timestamp')) return new Date('2026-01-05T10:00:00Z')
  if (type === 'date') return '2026-01-05'
  if (/int|double/.test(type)) return 1
  if (type === 'boolean') return false
  if (type === 'text[]') return []
  if (type === 'jsonb') return {}
  return 'x'
}

/** Fills every table for one organisation, as a superuser or as the roles that may. */
export async function insertEverywhere(
  sql: postgres.Sql | postgres.TransactionSql,
  sample: SampleOrganisation,
) {
  const at = new Date('2026-01-05T10:00:00Z')
  const { organisationId, userId } = sample
  await sql`insert into organisation (id, name, kind, created_at) values (${organisationId}, 'Org', 'msp', ${at})`
  await sql`insert into account (id, email, name, password_hash, created_at)
    values (${userId}, ${`${userId}@example.test`}, 'Ann', 'secret hash', ${at})`
  for (const table of inOrder(tenantTables)) {
    if (WRITTEN_BY_TRIGGERS.includes(getTableName(table))) continue
    await sql`insert into ${sql(getTableName(table))} ${sql(sampleRow(table, sample) as Record<string, string>)}`
  }
}

function inOrder(list: PgTable[]): PgTable[] {
  const unlisted = list.filter((table) => !ORDER.includes(getTableName(table)))
  if (unlisted.length > 0) throw new Error(`Add to ORDER: ${unlisted.map(getTableName).join(', ')}`)
  return [...list].sort((a, b) => ORDER.indexOf(getTableName(a)) - ORDER.indexOf(getTableName(b)))
}
