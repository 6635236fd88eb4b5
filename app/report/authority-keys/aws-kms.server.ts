/** An authority's key in AWS KMS: it never leaves there. The only file that knows Amazon's package. */
import { createHash } from 'node:crypto'
import { GetPublicKeyCommand, KMSClient, ListResourceTagsCommand, SignCommand } from '@aws-sdk/client-kms'
import { joinNumbers } from '../verify/ecdsa-value.ts'
import type { AuthorityKey, KeyAlgorithm } from './authority-key.ts'
import { KeyError } from './key-error.ts'
import { regionOf } from './kms-key-arn.ts'
import { algorithmOf } from './public-key.server.ts'

/** Who may sign with a key is said where the key is: its tag names the organisation. */
export const ORGANISATION_TAG = 'attested-organisation'

// A service that has gone silent must not hold a job for ever. The package tries three times within this.
const DEADLINE_MS = 20_000
const CONNECT_TIMEOUT_MS = 5_000

const SIGNING = { 'ec-p256': 'ECDSA_SHA_256', 'rsa-3072': 'RSASSA_PKCS1_V1_5_SHA_256' } as const

interface KmsKey {
  arn: string
  deadlineMs?: number
}

/**
 * A key that has its certificate; nothing is asked before it signs. Credentials, and another address for the service
 * (`AWS_ENDPOINT_URL_KMS`), come from the environment in Amazon's usual ways.
 * @param publicKey of the certificate, DER
 */
export function openKmsKey(key: KmsKey, publicKey: Uint8Array): AuthorityKey {
  const algorithm = algorithmOf(publicKey)
  return { algorithm, publicKey, sign: (bytes) => signWith(key, algorithm, bytes) }
}

/**
 * A key that has none yet.
 * @throws KeyError `key-denied` also for a key whose tag names another organisation or none
 */
export async function findKmsKey(key: KmsKey, organisationId: string): Promise<AuthorityKey> {
  const found = await ask(key, (client, abortSignal) =>
    client.send(new GetPublicKeyCommand({ KeyId: key.arn }), { abortSignal }),
  )
  const tags = await ask(key, (client, abortSignal) =>
    client.send(new ListResourceTagsCommand({ KeyId: key.arn, Limit: 50 }), { abortSignal }),
  )
  // The credentials are the installation's: without this, every organisation on it could use every key that they reach.
  if (!tags.Tags?.some(({ TagKey, TagValue }) => TagKey === ORGANISATION_TAG && TagValue === organisationId))
    throw new KeyError(
      'key-denied',
      `The key in AWS KMS is not marked as yours. Give it the tag ${ORGANISATION_TAG} with the value ${organisationId}, then try again.`,
    )
  if (found.KeyUsage !== 'SIGN_VERIFY' || !found.PublicKey) throw unfit()
  return openKmsKey(key, new Uint8Array(found.PublicKey))
}

async function signWith(key: KmsKey, algorithm: KeyAlgorithm, bytes: Uint8Array): Promise<Uint8Array> {
  const { Signature } = await ask(key, (client, abortSignal) =>
    client.send(
      new SignCommand({
        KeyId: key.arn,
        Message: createHash('sha256').update(bytes).digest(),
        MessageType: 'DIGEST',
        SigningAlgorithm: SIGNING[algorithm],
      }),
      { abortSignal },
    ),
  )
  const value = new Uint8Array(Signature ?? [])
  return algorithm === 'ec-p256' ? joinedValue(value) : value
}

/** ECDSA comes as DER: two numbers of up to 33 bytes. */
function joinedValue(der: Uint8Array): Uint8Array {
  try {
    return joinNumbers(der)
  } catch (cause) {
    throw new KeyError('key-mismatch', 'What AWS KMS answered is no signature. Try again.', { cause })
  }
}

async function ask<T>(
  { arn, deadlineMs = DEADLINE_MS }: KmsKey,
  work: (client: KMSClient, abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  const client = new KMSClient({
    region: regionOf(arn),
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS },
  })
  try {
    return await work(client, AbortSignal.timeout(deadlineMs))
  } catch (cause) {
    throw asKeyError(cause)
  } finally {
    client.destroy()
  }
}

const unfit = (cause?: unknown) =>
  new KeyError(
    'key-unfit',
    'The key in AWS KMS is not one that an authority can have. Make one for signing (SIGN_VERIFY) of the kind ECC_NIST_P256 or RSA_3072, and name that.',
    { cause },
  )

/** In Amazon's words for the fault; what is none of these did not come from the key. */
const FAULTS: [names: readonly string[], code: KeyError['code'], sentence: string][] = [
  [
    ['AccessDeniedException'],
    'key-denied',
    'AWS KMS does not let this installation use the key. Allow its credentials kms:GetPublicKey, kms:ListResourceTags and kms:Sign on that key, then try again.',
  ],
  [
    ['DisabledException', 'KMSInvalidStateException'],
    'key-disabled',
    'The key in AWS KMS is disabled or waits to be deleted. Enable it there, then try again; or replace the signing authority.',
  ],
  [
    ['NotFoundException', 'InvalidArnException'],
    'key-missing',
    'AWS KMS knows no such key in that region. Compare its ARN with the console, then try again.',
  ],
  [
    [
      'CredentialsProviderError',
      'UnrecognizedClientException',
      'InvalidSignatureException',
      'InvalidClientTokenId',
      'IncompleteSignatureException',
      'MissingAuthenticationTokenException',
      'ExpiredTokenException',
    ],
    'key-credentials',
    'This installation has no valid AWS credentials. Whoever runs it sets them in its environment; then try again.',
  ],
]

function asKeyError(cause: unknown): KeyError {
  const name = cause instanceof Error ? cause.name : ''
  if (name === 'InvalidKeyUsageException' || name === 'UnsupportedOperationException') return unfit(cause)
  const known = FAULTS.find(([names]) => names.includes(name))
  if (known) return new KeyError(known[1], known[2], { cause })
  return new KeyError(
    'key-unreachable',
    'AWS KMS, which holds the key of the signing authority, did not answer as it should. Nothing was signed; try again in a few minutes. If it stays so, check the network of this installation and the state of AWS KMS.',
    { cause },
  )
}
