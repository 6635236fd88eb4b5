/** The organisation's signing authority: made on first use, encrypted at rest, the root of every signature. */
import { X509Certificate } from 'node:crypto'
import { type CertifiedSigner, createAuthority, issueSigner } from '#app/report/keys.server.ts'
import type { Tx } from '#db/client.server.ts'
import { lockLedger } from '#db/queries/ledger.server.ts'
import * as keys from '#db/queries/signing-keys.server.ts'
import type { KeyChoice } from './authority-input.ts'
import { getNextKey, openAuthority } from './authority-opening.server.ts'
import { RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { getRuntime } from './runtime.server.ts'

interface Organisation {
  id: string
  name: string
}

/** The authority in use; created, and recorded in the ledger, when there is none. */
export async function getAuthority(organisation: Organisation): Promise<keys.SigningKeyRow> {
  const { database } = getRuntime()
  const held = await database.inOrganisation(organisation.id, (tx) =>
    keys.findAuthorityInUse(tx, organisation.id),
  )
  if (held) return held
  const made = await makeNextAuthority(organisation, { key: 'ec-p256' })
  return database.inOrganisation(organisation.id, async (tx) => {
    // Two first reports at once must not make two authorities.
    await lockLedger(tx, organisation.id)
    const raced = await keys.findAuthorityInUse(tx, organisation.id)
    return raced ?? keepAuthority(tx, made, 'Attested')
  })
}

/**
 * Not kept yet: making a key, or asking for one, takes a moment that no transaction should last.
 * @throws RefusedError `key-used` for a key that belonged to an authority before
 */
export async function makeNextAuthority(
  { id, name }: Organisation,
  choice: KeyChoice,
): Promise<keys.SigningKeyRow> {
  const { clock, database, newId } = getRuntime()
  const before = await database.inOrganisation(id, (tx) => keys.listAuthorities(tx, id))
  const at = clock()
  if (choice.key === 'aws-kms' && before.some(({ keyReference }) => keyReference === choice.kmsKeyArn))
    throw new RefusedError(
      'key-used',
      'That key belongs to one of your signing authorities already. Make a new one in AWS KMS and name that.',
    )
  const { key, ...kept } = await getNextKey(choice, id)
  const made = await createAuthority({
    organisationName: name,
    organisationId: id,
    key,
    now: at,
    ordinal: before.length + 1,
  })
  return {
    organisationId: id,
    id: newId(),
    purpose: 'authority',
    subject: made.subject,
    certificatePem: made.certificatePem,
    ...kept,
    createdAt: at,
    retiredAt: null,
    retirementReason: null,
    compromisedSince: null,
  }
}

export async function keepAuthority(
  tx: Tx,
  row: keys.SigningKeyRow,
  actor: string,
): Promise<keys.SigningKeyRow> {
  await keys.insertSigningKey(tx, row)
  await recordInLedger(tx, row.organisationId, {
    kind: 'key.created',
    actor,
    at: row.createdAt,
    payload: {
      keyId: row.id,
      purpose: row.purpose,
      subject: row.subject,
      certificatePem: row.certificatePem,
      ...(row.keyReference ? { keptIn: 'AWS KMS' } : {}),
    },
  })
  return row
}

/**
 * A key and certificate for one signature of one person. The key is used once and then forgotten:
 * what is never stored cannot sign again in that person's name. The certificate is noted, so that it can be revoked.
 * @param options.reportId whose later signatures come from the authority of the first one
 * @param options.slot the signature field
 * @throws RefusedError `authority-compromised` when the first signature's authority was given up since
 */
export async function issueSigningIdentity(
  organisation: Organisation,
  signer: CertifiedSigner,
  { reportId = null, slot = null }: { reportId?: string | null; slot?: string | null } = {},
) {
  const { clock, database, settings } = getRuntime()
  const authority =
    (reportId && (await authorityOfReport(organisation.id, reportId))) || (await getAuthority(organisation))
  if (authority.compromisedSince)
    throw new RefusedError(
      'authority-compromised',
      'The signing authority of the first signature was given up, because its key may be in other hands. Withdraw this report and prepare it anew.',
    )
  const identity = await issueSigner({
    authority: await openAuthority(authority),
    signer,
    now: clock(),
    revocationListUrl: settings.publicUrl
      ? new URL(revocationListPath(authority), settings.publicUrl).href
      : undefined,
  })
  const certificate = new X509Certificate(identity.certificatePem)
  await database.inOrganisation(organisation.id, (tx) =>
    keys.insertIssued(tx, {
      organisationId: organisation.id,
      serialNumber: certificate.serialNumber.toLowerCase().replace(/^0+/, ''),
      authorityId: authority.id,
      reportId,
      role: signer.role,
      slot,
      name: signer.name,
      certificateSha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
      issuedAt: new Date(certificate.validFrom),
      expiresAt: new Date(certificate.validTo),
    }),
  )
  return identity
}

/** Null before the first signature. */
async function authorityOfReport(
  organisationId: string,
  reportId: string,
): Promise<keys.SigningKeyRow | null> {
  return getRuntime().database.inOrganisation(organisationId, (tx) =>
    findAuthorityOfReport(tx, organisationId, reportId),
  )
}

/** The authority of a report's first signature; null before that. */
export async function findAuthorityOfReport(
  tx: Tx,
  organisationId: string,
  reportId: string,
): Promise<keys.SigningKeyRow | null> {
  const issued = await keys.listIssuedForReport(tx, organisationId, reportId)
  // The last one of the first role: what an interrupted job issued before signed nothing.
  // With a certificate of another issuer, the contributor has none of ours: then the officer's is the first.
  const first = issued.filter(({ role }) => role === 'technical-contributor').at(-1) ?? issued.at(-1)
  return first ? keys.findAuthority(tx, organisationId, first.authorityId) : null
}

/** Both ids stand in certificates or lead to nothing secret: whoever holds a report may ask. */
export const revocationListPath = ({ organisationId, id }: { organisationId: string; id: string }) =>
  `/revocations/${organisationId}/${id}`
