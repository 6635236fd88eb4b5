/** Opens the key of a signing authority, wherever that is kept, and gets one for the next. */
import type { AuthorityKey } from '#app/report/authority-keys/authority-key.ts'
import { makeEncryptedKey, openEncryptedKey } from '#app/report/authority-keys/encrypted-key.server.ts'
import { algorithmOf, publicKeyOf } from '#app/report/authority-keys/public-key.server.ts'
import type { Authority } from '#app/report/keys.server.ts'
import type { SigningKeyRow } from '#db/queries/signing-keys.server.ts'
import type { KeyChoice } from './authority-input.ts'
import { getRuntime } from './runtime.server.ts'

// Loaded where a key is there: it brings a good part of Amazon's package with it.
const loadKms = () => import('#app/report/authority-keys/aws-kms.server.ts')

/** @throws KeyError when the installation's secret does not open it; a key elsewhere is not asked yet */
export async function openAuthority(row: SigningKeyRow): Promise<Authority> {
  return { certificatePem: row.certificatePem, key: await openKey(row) }
}

async function openKey({
  encryptedKeyPem,
  keyReference,
  certificatePem,
}: SigningKeyRow): Promise<AuthorityKey> {
  if (encryptedKeyPem) return openEncryptedKey(encryptedKeyPem, getRuntime().settings.secret)
  if (!keyReference) throw new Error('A signing authority whose key is nowhere')
  const { openKmsKey } = await loadKms()
  return openKmsKey({ arn: keyReference }, publicKeyOf(certificatePem))
}

/**
 * A key for the next authority.
 * @throws KeyError for one in AWS KMS that cannot be used
 */
export async function getNextKey(
  choice: KeyChoice,
  organisationId: string,
): Promise<{ key: AuthorityKey } & Pick<SigningKeyRow, 'encryptedKeyPem' | 'keyReference'>> {
  if (choice.key === 'aws-kms') {
    const { findKmsKey } = await loadKms()
    const { kmsKeyArn: arn } = choice
    return { key: await findKmsKey({ arn }, organisationId), encryptedKeyPem: null, keyReference: arn }
  }
  const made = await makeEncryptedKey(choice.key, getRuntime().settings.secret)
  return { ...made, keyReference: null }
}

/** Of which kind the key is, and where it is kept, without opening it. */
export function describeKey({ certificatePem, keyReference }: SigningKeyRow) {
  return { algorithm: algorithmOf(publicKeyOf(certificatePem)), keyReference }
}
