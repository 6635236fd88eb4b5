import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectTo } from '#db/connection.server.ts'
import { isReferred, listReferences, NO_FILES, REFERENCE_KINDS } from '#db/queries/stored-files.server.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database?.close())

/** What `db/queries/stored-files.server.ts` reads. */
const READ = [
  'carrier_document.sha256',
  'catalogue_load.sha256',
  'evidence_revision.sha256',
  'report.pdf_sha256',
  'report_twin.sha256',
  'workbook_import.sha256',
  'claim_pack.sha256',
  'request_entry.sha256',
  'waiver.pdf_sha256',
]

it('every column that holds a hash of 64 hex digits is either read by the check of the store or known to name no file of it', async () => {
  const admin = connectTo(database.adminUrl, { max: 1 })
  try {
    const rows = await admin<{ name: string }[]>`
      select distinct conrelid::regclass || '.' || attname as name
      from pg_constraint join pg_attribute on attrelid = conrelid and attnum = any (conkey)
      where contype = 'c' and pg_get_constraintdef(pg_constraint.oid) like '%[0-9a-f]{64}%'`
    const columns = rows.map(({ name }) => name)
    // The ledger's chain and the sessions have such texts, too, and no files.
    const others = [
      'attestation_link.session_sha256',
      'attestation_link.token_sha256',
      'report_share.token_sha256',
      'guest_link.session_sha256',
      'guest_link.token_sha256',
      'calendar_feed.token_sha256',
      'engagement.token_sha256',
      'review_decision.basis_sha256',
      'ledger_checkpoint.head_hash',
      'ledger_checkpoint.root_hash',
      'ledger_head.hash',
      'ledger_head.mac',
      'ledger_entry.hash',
      'ledger_entry.previous_hash',
      'session.id',
      'second_step.id',
      'recovery_code.code_mac',
      'issued_certificate.certificate_sha256',
      // What was handed out, whether or not the store still has it.
      'report_file.sha256',
    ]
    expect(columns.filter((name) => ![...READ, ...NO_FILES, ...others].includes(name))).toEqual([])
    expect(columns).toEqual(expect.arrayContaining(READ))
  } finally {
    await admin.end()
  }
})

it('each kind of reference can be asked for', async () => {
  const organisationId = '0f0e0d0c-0b0a-4908-8706-050403020100'
  await database.inOrganisation(organisationId, async (tx) => {
    for (const kind of REFERENCE_KINDS) {
      expect(await listReferences(tx, organisationId, { kind, after: '', limit: 10 })).toEqual([])
    }
    expect(await isReferred(tx, organisationId, '0'.repeat(64))).toBe(false)
  })
})
