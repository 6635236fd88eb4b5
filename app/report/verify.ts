/** Verifies a signed report offline, in Node or in a browser: every check is made and told, none is assumed. */
import { sha256Hex } from '#evidence/canonical.ts'
import type { Signer, Statement } from './statement.ts'
import { type Archive, readArchive } from './verify/archive.ts'
import { type ArchiveTimestamp, describeArchive, judgeArchive } from './verify/archive-contents.ts'
import { fingerprint, readPem } from './verify/certificates.ts'
import { describeKinds, judgeChains, judgeRevocation } from './verify/chains.ts'
import { readContainer } from './verify/containers.ts'
import { listCoverageFaults, listForeignAdditions } from './verify/coverage.ts'
import { type GivenFile, nameEvidence } from './verify/evidence-files.ts'
import { type Found, readReport } from './verify/reading.ts'
import {
  CHECKS,
  type Check,
  CheckFailure,
  type CheckId,
  DETACHED_CHECK,
  EVIDENCE_CHECK,
  failOn,
  Results,
} from './verify/results.ts'
import {
  authorityOf,
  listBindingFaults,
  listContentFaults,
  listSignerFaults,
  listTimeFaults,
  listValueFaults,
  readPart,
  type SignedPart,
} from './verify/signers.ts'
import {
  describeTimestamps,
  judgeTimestamps,
  listExpiredCertificates,
  type StampedPart,
} from './verify/signing-times.ts'
import type { Timestamp } from './verify/timestamps.ts'
import { checkDetachedEnvelope, checkEnvelope } from './verify/twins.ts'

export type { Check } from './verify/results.ts'

export interface VerifiedSignature {
  /** The name of the signature field, which tells several signers of one role apart. */
  slot: string
  role: Signer['role']
  name: string
  organisation: string | null
  /** When, as the signer's own clock said; ISO 8601. */
  at: string
  /** When at the latest, by the clock of a timestamp authority; null where none was asked or none answered. */
  timestamp: (Omit<Timestamp, 'at'> & { at: string }) | null
  certificateSha256: string
  /** Null for a certificate that the preparer brought from another issuer. */
  authoritySha256: string | null
  /** Bytes from the start of the file, its own container left out. */
  covers: { bytes: number; wholeFile: boolean }
}

export interface Verification {
  ok: boolean
  checks: Check[]
  /** What was attested; null where it could not be read. It means something only when `ok`. */
  statement: Statement | null
  statementSha256: string | null
  signatures: VerifiedSignature[]
  /** When the whole file existed, by the clock of a timestamp authority; null where it holds no archive. */
  archive: (Omit<ArchiveTimestamp, 'at'> & { at: string }) | null
}

export interface VerifyOptions {
  /** The authority's certificate, received by another way than the report. */
  trustedAuthorityPem?: string
  /** The timestamp authority's certificate or its issuer's, received by another way. */
  trustedTimestampPem?: string
  /** When the report is checked; now unless given. Certificates that have expired by then need a timestamp. */
  now?: Date
  /** A revocation list of the signing authority, DER or PEM. */
  revocationList?: Uint8Array
  /** The text of the envelope that was made beside the report with its last signature. */
  detachedEnvelope?: string
  /** Evidence files that were received besides the report. */
  evidenceFiles?: readonly GivenFile[]
}

/** Never throws for what is in the file: whatever is wrong is a failed check with its reason. */
export async function verifyReport(bytes: Uint8Array, options: VerifyOptions = {}): Promise<Verification> {
  const { detachedEnvelope, evidenceFiles = [] } = options
  const results = new Results<CheckId>({
    ...CHECKS,
    ...(detachedEnvelope === undefined ? {} : DETACHED_CHECK),
    ...(evidenceFiles.length === 0 ? {} : EVIDENCE_CHECK),
  })
  const found = await readReport(bytes, results)
  const { parts, archive } = found ? await checkSignatures(bytes, found, options, results) : NOTHING_SIGNED
  await checkEnvelope(parts, found, results)
  if (detachedEnvelope !== undefined)
    await checkDetachedEnvelope(bytes, detachedEnvelope, parts, found, results)
  const statement = found?.statement
  if (statement && evidenceFiles.length > 0)
    await results.run('evidence', () => nameEvidence(statement, evidenceFiles), String)
  await checkAuthority(parts, options, results)
  const checks = results.list()
  return {
    ok: checks.every(({ ok }) => ok),
    checks,
    statement: found?.statement ?? null,
    statementSha256: found?.attached ? sha256Hex(found.attached.statement) : null,
    signatures: parts.map((part) => describeSignature(part, bytes.length)),
    archive: archive && { ...archive, at: archive.at.toISOString() },
  }
}

interface Judged {
  parts: StampedPart[]
  archive: ArchiveTimestamp | null
}

const NOTHING_SIGNED: Judged = { parts: [], archive: null }

/** Where the signed part ends: the archive, which comes after it, is covered by its own timestamp. */
function signedEndOf(bytes: Uint8Array, found: Found | null): number {
  const isArchived = found?.archive != null && found.archive.timestampNumber !== null
  return (isArchived ? found.revisions.at(-2)?.end : undefined) ?? bytes.length
}

async function checkSignatures(
  bytes: Uint8Array,
  found: Found,
  { now = new Date(), trustedTimestampPem, revocationList }: VerifyOptions,
  results: Results,
): Promise<Judged> {
  const { revisions, signatures, statement } = found
  if (signatures.length === 0) return NOTHING_SIGNED
  const signedEnd = signedEndOf(bytes, found)
  await results.run(
    'coverage',
    () => failOn(listCoverageFaults(signedEnd, signatures)),
    `The last one covers all ${signedEnd === bytes.length ? '' : 'of the first '}${signedEnd} bytes but its own container.`,
  )
  await results.run(
    'additions',
    () => failOn(listForeignAdditions(revisions, signatures)),
    'Only the next signature was added.',
  )
  const containers = await results.run(
    'containers',
    () => signatures.map((field) => readContainer(bytes, field)),
    'Each is one strict CMS message; only zeros follow it.',
  )
  if (!containers) return NOTHING_SIGNED
  await results.run(
    'content',
    () => failOn(listContentFaults(bytes, containers)),
    'The SHA-256 digests in the signatures fit the file.',
  )
  await results.run(
    'values',
    async () => failOn(await listValueFaults(bytes, containers)),
    () => describeKinds(containers),
  )
  const parts = await results.run(
    'certificates',
    () => {
      const read = containers.map((container, index) => readPart(container, statement, index))
      failOn(listBindingFaults(read))
      return read
    },
    (read) =>
      read
        .map(({ signer }) => `${signer.name}: SHA-256 ${signer.sha256}`)
        .join('; ')
        .concat('.'),
  )
  if (!parts) return NOTHING_SIGNED
  await judgeChains(parts, results)
  const stamped = await results.run(
    'timestamps',
    () => judgeTimestamps(parts, trustedTimestampPem),
    (judged) => describeTimestamps(judged, trustedTimestampPem !== undefined),
  )
  const judged = stamped ?? withoutTimestamps(parts)
  const { archive, timestamp } = await checkArchive(
    bytes,
    found,
    { parts: judged, trustedTimestampPem },
    results,
  )
  await judgeRevocation(judged, { revocationList, archive, now }, results)
  if (statement) {
    await results.run(
      'times',
      () =>
        failOn([
          ...listTimeFaults(parts, statement),
          // Where the timestamps don't hold, nothing shows when a certificate was used.
          ...listExpiredCertificates(judged, now),
        ]),
      parts
        .map(({ container }) => container.field.at.toISOString())
        .join(', then ')
        .concat(', by the preparer’s clock.'),
    )
    await results.run(
      'signers',
      () => failOn(listSignerFaults(parts, statement)),
      parts
        .map(({ signer }) => `${signer.name}, ${signer.organisation}`)
        .join('; ')
        .concat('.'),
    )
  }
  return { parts: judged, archive: timestamp }
}

async function checkArchive(
  bytes: Uint8Array,
  { revisions, archive: place }: Found,
  { parts, trustedTimestampPem }: { parts: readonly StampedPart[]; trustedTimestampPem: string | undefined },
  results: Results,
): Promise<{ archive: Archive | null; timestamp: ArchiveTimestamp | null }> {
  const judged = await results.run(
    'archive',
    async () => {
      const archive = place && (await readArchive(bytes, revisions, place))
      return { archive, timestamp: archive && (await judgeArchive(archive, parts, trustedTimestampPem)) }
    },
    ({ timestamp }) =>
      timestamp ? describeArchive(timestamp) : 'Nothing was added when everybody had signed.',
  )
  if (judged && !judged.timestamp) results.entitle('archive', 'The report is not archived')
  return judged ?? { archive: null, timestamp: null }
}

const withoutTimestamps = (parts: readonly SignedPart[]): StampedPart[] =>
  parts.map((part) => ({ ...part, timestamp: null }))

async function checkAuthority(
  parts: readonly SignedPart[],
  { trustedAuthorityPem }: VerifyOptions,
  results: Results,
): Promise<void> {
  const authority = authorityOf(parts)
  if (!authority) return
  const shown = `“${authority.name}”, SHA-256 fingerprint ${fingerprint(authority.sha256)}`
  if (trustedAuthorityPem === undefined) {
    results.note(
      'authority',
      'The signing authority is the preparer’s own, and was not compared',
      `Who signed is the preparer’s own word, because no certificate was given to compare. Ask the preparer by telephone or in person whether this is theirs: ${shown}.`,
    )
    return
  }
  await results.run(
    'authority',
    () => {
      const trusted = sha256Hex(readPem(trustedAuthorityPem))
      const isTrusted = parts.every((part) => !part.authority || part.authority.sha256 === trusted)
      if (!isTrusted)
        throw new CheckFailure(
          `The report was signed under another authority than the one you gave: ${shown}.`,
        )
    },
    `${shown}.`,
  )
}

function describeSignature(
  { container, signer, authority, timestamp }: StampedPart,
  fileSize: number,
): VerifiedSignature {
  const { slot, role, at, contents, end } = container.field
  return {
    slot,
    role,
    name: signer.name ?? container.field.name,
    organisation: signer.organisation,
    at: at.toISOString(),
    timestamp: timestamp && { ...timestamp, at: timestamp.at.toISOString() },
    certificateSha256: signer.sha256,
    authoritySha256: authority?.sha256 ?? null,
    covers: { bytes: end - (contents.end - contents.start), wholeFile: end === fileSize },
  }
}
