/** The organisation's signing authority: made on first use, encrypted at rest, the root of every signature. */
import { type CertifiedSigner, createAuthority, issueSigner } from '#app/report/keys.server.ts'
import { lockLedger } from '#db/queries/ledger.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import { recordInLedger } from './ledger.server.ts'
import { getRuntime } from './runtime.server.ts'

/** The authority's row; created, and recorded in the ledger, when there is none yet. */
export async function getAuthority(organisation: { id: string; name: string }) {
  const { database, clock, newId, settings } = getRuntime()
  const held = await database.inOrganisation(organisation.id, (tx) =>
    reports.findSigningKey(tx, organisation.id, 'authority'),
  )
  if (held) return held
  const at = clock()
  const made = await createAuthority({
    organisationName: organisation.name,
    organisationId: organisation.id,
    passphrase: settings.secret,
    now: at,
  })
  return database.inOrganisation(organisation.id, async (tx) => {
    // Two first reports at once must not make two authorities.
    await lockLedger(tx, organisation.id)
    const raced = await reports.findSigningKey(tx, organisation.id, 'authority')
    if (raced) return raced
    const row = {
      organisationId: organisation.id,
      id: newId(),
      purpose: 'authority' as const,
      subject: made.subject,
      certificatePem: made.certificatePem,
      encryptedKeyPem: made.encryptedKeyPem,
      createdAt: at,
    }
    await reports.insertSigningKey(tx, row)
    await recordInLedger(tx, organisation.id, {
      kind: 'key.created',
      actor: 'Attested',
      at,
      payload: {
        keyId: row.id,
        purpose: row.purpose,
        subject: row.subject,
        certificatePem: row.certificatePem,
      },
    })
    return row
  })
}

/**
 * A key and certificate for one signature of one person. The key is used once and then forgotten:
 * what is never stored cannot sign again in that person's name.
 */
export async function issueSigningIdentity(
  organisation: { id: string; name: string },
  signer: CertifiedSigner,
) {
  const { clock, settings } = getRuntime()
  const authority = await getAuthority(organisation)
  return issueSigner({ authority, passphrase: settings.secret, signer, now: clock() })
}
