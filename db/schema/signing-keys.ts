/** An organisation's signing authorities, and the certificates that they issued. */
import { sql } from 'drizzle-orm'
import { foreignKey, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { at, organisationId } from './columns.ts'
import { report } from './ledger.ts'

export const signingKey = pgTable(
  'signing_key',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    /** `authority` signs certificates; `signer` is a certificate that the organisation brought, and signs reports. */
    purpose: text('purpose', { enum: ['authority', 'signer'] }).notNull(),
    subject: text('subject').notNull(),
    /** Of a signer, followed by those of its issuers up to the root. */
    certificatePem: text('certificate_pem').notNull(),
    /** PKCS#8, encrypted with the installation's secret; null for a key that is elsewhere, or was forgotten. */
    encryptedKeyPem: text('encrypted_key_pem'),
    /** The ARN of a key in AWS KMS. */
    keyReference: text('key_reference'),
    createdAt: at('created_at').notNull(),
    /** From then on it signs only what it began, and its revocation lists. */
    retiredAt: at('retired_at'),
    retirementReason: text('retirement_reason'),
    /** From when its key may have been in other hands. */
    compromisedSince: at('compromised_since'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    uniqueIndex('signing_key_in_use')
      .on(table.organisationId)
      .where(sql`${table.purpose} = 'authority' and ${table.retiredAt} is null`),
    uniqueIndex('signing_key_own_in_use')
      .on(table.organisationId)
      .where(sql`${table.purpose} = 'signer' and ${table.retiredAt} is null`),
    uniqueIndex('signing_key_reference').on(table.organisationId, table.keyReference),
  ],
)

/** Every certificate that an authority issued; its key signed once and is gone. */
export const issuedCertificate = pgTable(
  'issued_certificate',
  {
    organisationId: organisationId(),
    /** Hexadecimal, without leading zeros. */
    serialNumber: text('serial_number').notNull(),
    authorityId: uuid('authority_id').notNull(),
    /** Null for the seals of checkpoints and claim packs, and for waivers. */
    reportId: uuid('report_id'),
    role: text('role', {
      enum: [
        'technical-contributor',
        'contributor',
        'reviewer',
        'insured-officer',
        'ledger-checkpoint',
        'claim-pack',
        'decision-maker',
      ],
    }).notNull(),
    /** The signature field; null where the role alone says whose it is. */
    slot: text('slot'),
    name: text('name').notNull(),
    certificateSha256: text('certificate_sha256').notNull(),
    issuedAt: at('issued_at').notNull(),
    expiresAt: at('expires_at').notNull(),
    revokedAt: at('revoked_at'),
    revocationReason: text('revocation_reason', { enum: ['key-compromise', 'superseded', 'not-entitled'] }),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.serialNumber] }),
    foreignKey({
      columns: [table.organisationId, table.authorityId],
      foreignColumns: [signingKey.organisationId, signingKey.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.reportId],
      foreignColumns: [report.organisationId, report.id],
    }),
    index('issued_certificate_report').on(table.organisationId, table.reportId),
    index('issued_certificate_authority').on(table.organisationId, table.authorityId, table.issuedAt),
  ],
)
