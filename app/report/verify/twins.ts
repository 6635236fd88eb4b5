/** Whether the twins of a statement say what it says: the OSCAL file, and the envelopes inside and beside the report. */
import { canonicalJson, sha256Hex } from '#evidence/canonical.ts'
import type { Statement } from '../statement.ts'
import {
  Envelope,
  fromBase64,
  PAYLOAD_TYPE,
  preAuthentication,
  toPem,
  writeEnvelope,
} from '../twins/envelope.ts'
import { type InTotoStatement, inTotoStatement } from '../twins/readiness-predicate.ts'
import type { StatementDigests } from '../twins/subjects.ts'
import type { Found } from './reading.ts'
import { CheckFailure, failOn, type Results } from './results.ts'
import { words } from './signature-fields.ts'
import { isSignedBy } from './signature-value.ts'
import type { SignedPart } from './signers.ts'

/** Sentences; none where the file is the one that follows from the statement. */
export function listOscalFaults(text: string, expected: string): string[] {
  return text === expected
    ? []
    : ['The OSCAL file is not the one that follows from the statement; use the statement instead.']
}

/** The envelope inside the report: by the key of the first signature, over what the statement says. */
export async function checkEnvelope(
  parts: readonly SignedPart[],
  found: Found | null,
  results: Results,
): Promise<void> {
  const [first] = parts
  if (!first || !found?.statement || !found.attached || !found.digests) return
  const { statement, attached, digests } = found
  await results.run(
    'envelope',
    async () => failOn(await listEnvelopeFaults(attached.envelope, { statement, digests }, first)),
    `By the key of ${first.signer.name}: the statement, its OSCAL twin and ${statement.evidence.length} pieces of evidence by hash.`,
  )
}

/** The envelope beside the report: by the key of the last signature, over the file as it is. */
export async function checkDetachedEnvelope(
  bytes: Uint8Array,
  text: string,
  parts: readonly SignedPart[],
  found: Found | null,
  results: Results,
): Promise<void> {
  const last = parts.at(-1)
  if (!last || !found?.statement || !found.digests) return
  const stated = { statement: found.statement, digests: found.digests }
  const pdfSha256 = sha256Hex(bytes)
  await results.run(
    'detached',
    async () => {
      for (const earlier of parts) {
        const { end } = earlier.container.field
        if (end === bytes.length) continue
        const faults = await listEnvelopeFaults(text, stated, earlier, sha256Hex(bytes.subarray(0, end)))
        if (faults.length === 0 && earlier === last)
          throw new CheckFailure(
            'It was made before the report was archived. Ask for the one that was made afterwards.',
          )
        if (faults.length === 0)
          throw new CheckFailure(
            `It was made with the signature of the ${words(earlier.container.field.slot)}, before the report was complete. Ask for the one that was made with the last signature.`,
          )
      }
      failOn(await listEnvelopeFaults(text, stated, last, pdfSha256))
    },
    `By the key of ${last.signer.name}: this file with SHA-256 ${pdfSha256}, the statement and the evidence.`,
  )
}

/** Sentences; none where the envelope is the one that this signer made of this statement. */
async function listEnvelopeFaults(
  text: string,
  { statement, digests }: { statement: Statement; digests: StatementDigests },
  { container, signer, issuers }: SignedPart,
  pdfSha256?: string,
): Promise<string[]> {
  const envelope = parseEnvelope(text)
  if (!envelope) return ['It is no DSSE envelope of one signature with its certificates.']
  const { payloadType, payload } = envelope
  const [signature] = envelope.signatures
  const { role, at } = container.field
  const faults: string[] = []
  if (payloadType !== PAYLOAD_TYPE)
    faults.push(`Its payload is of the type ${payloadType.slice(0, 80)}, not ${PAYLOAD_TYPE}.`)
  const certificates = [signer.der, ...issuers.map(({ der }) => der)] as const
  const isChain =
    signature?.keyid === signer.sha256 &&
    signature.extension.ext.certificates.join('') === certificates.map(toPem).join('')
  if (!isChain) faults.push(`It carries other certificates than the signature of the ${words(role)}.`)
  const said = decodeText(payload)
  if (said === null || !signature) return [...faults, 'Its payload cannot be read.']
  const value = decodeBytes(signature.sig)
  const isSigned =
    value && (await isSignedBy(signer.der, value, encodeText(preAuthentication(payloadType, said))))
  if (!isSigned) faults.push(`Its signature does not fit the key of the ${words(role)}.`)
  const expected = inTotoStatement(statement, { role, at, pdfSha256 }, digests)
  if (said !== canonicalJson(expected)) faults.push(...listDifferences(said, expected))
  if (faults.length > 0) return faults
  const isOneForm = value && writeEnvelope({ payload: said, signature: value, certificates }) === text
  return isOneForm ? [] : ['It is not written in the one form of our envelopes.']
}

function parseEnvelope(text: string): Envelope | null {
  try {
    return Envelope.parse(JSON.parse(text))
  } catch {
    return null
  }
}

const encodeText = (text: string) => new TextEncoder().encode(text)

function decodeBytes(base64: string): Uint8Array | null {
  try {
    return fromBase64(base64)
  } catch {
    return null
  }
}

function decodeText(base64: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fromBase64(base64))
  } catch {
    return null
  }
}

const PARTS = {
  _type: 'It is no in-toto statement of version 1.',
  predicateType: 'It speaks of something else than the readiness of an applicant.',
  subject: 'It names other files than the statement does, or other hashes of them.',
  predicate: 'It says something else than the statement.',
} as const satisfies Record<keyof InTotoStatement, string>

function listDifferences(said: string, expected: InTotoStatement): string[] {
  try {
    const read = JSON.parse(said) as Record<string, unknown>
    const faults = Object.entries(PARTS)
      .filter(
        ([part]) => canonicalJson(read[part]) !== canonicalJson(expected[part as keyof InTotoStatement]),
      )
      .map(([, sentence]) => sentence)
    return faults.length > 0 ? faults : ['It holds something that this verifier does not know.']
  } catch {
    return ['Its payload is no in-toto statement.']
  }
}
