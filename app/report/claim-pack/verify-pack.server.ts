/** Verifies a claim pack offline: every check is made and told, none is assumed. */
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { fingerprintOf } from '#evidence/checkpoint-signature.server.ts'
import { type Check, CheckFailure, failOn, Results } from '../verify/results.ts'
import { verifyReport } from '../verify.ts'
import { checkLedger, checkMissing } from './check-record.server.ts'
import { authoritiesOf, type KnownAuthority, nameAuthority } from './known-authorities.ts'
import {
  AROUND,
  AUTHORITY,
  MANIFEST,
  Manifest,
  type PackFile,
  SIGNATURE,
  SIGNER,
  SUMS,
  writeSums,
} from './manifest.ts'
import { PACK_CHECKS, type PackCheckId } from './pack-checks.ts'
import {
  openContainer,
  type PackContainer,
  type PackEntry,
  type ReadFile,
  readWhole,
} from './pack-container.server.ts'
import { listNameFaults, listStrangers } from './pack-names.ts'
import { hasSigned, listSignerFaults, readCertificateFile } from './pack-signature.server.ts'

export interface PackVerification {
  ok: boolean
  checks: Check<PackCheckId>[]
  /** What was signed; null where it could not be read. It means something only when `ok`. */
  manifest: Manifest | null
}

/** Certificates that were received by another way than the pack. */
interface Trusted {
  trustedAuthorityPem?: string
  trustedTimestampPem?: string
}

const MEGABYTE = 1024 * 1024
const MOST_TEXT = 64 * MEGABYTE
const MOST_REPORT = 512 * MEGABYTE

/** Never throws for what is in the file: whatever is wrong is a failed check with its reason. */
export async function verifyPack(path: string, options: Trusted = {}): Promise<PackVerification> {
  const results = new Results<PackCheckId>(PACK_CHECKS)
  let container: PackContainer | undefined
  let manifest: Manifest | null = null
  try {
    await results.run(
      'container',
      async () => {
        container = await openContainer(path)
        failOn(await container.listLayoutFaults())
      },
      'All bytes are accounted for.',
    )
    if (container) manifest = await checkContents(container, results, options)
  } finally {
    container?.close()
  }
  const checks = results.list()
  return { ok: checks.every(({ ok }) => ok), checks, manifest }
}

async function checkContents(
  container: PackContainer,
  results: Results<PackCheckId>,
  options: Trusted,
): Promise<Manifest | null> {
  const { entries } = container
  await results.run('names', () => failOn(listNameFaults(entries)), `${entries.length} files.`)
  const byPath = new Map(entries.map((entry) => [entry.path, entry]))
  const read = (name: string, most = MOST_TEXT) => readWhole(container, byPath.get(name), name, most)
  const text = await results.run(
    'manifest',
    async () => parseManifest(await read(MANIFEST)),
    (found) => describe(found.manifest),
  )
  if (!text) return null
  const { manifest, bytes } = text
  const authorityPem = await checkSigner(manifest, bytes, read, results)
  await checkFiles(container, byPath, manifest, results)
  await results.run(
    'complete',
    () => failOn(listStrangers(entries, manifest)),
    'Only what vouches for the manifest.',
  )
  await results.run('sums', () => checkSums(manifest, read), 'sha256sum -c checks the same files.')
  if (authorityPem !== null) {
    const timestampPem = options.trustedTimestampPem
    const proved = await checkLedger(manifest, { authorityPem, timestampPem }, read, results)
    const authorities = authoritiesOf(authorityPem, proved)
    await checkReport(manifest, { authorities, timestampPem }, read, results)
    await checkMissing(manifest, results)
    await checkAuthority(authorityPem, options, results)
  }
  return manifest
}

function parseManifest(bytes: Buffer): { manifest: Manifest; bytes: Buffer } {
  try {
    return { manifest: Manifest.parse(JSON.parse(bytes.toString('utf8'))), bytes }
  } catch {
    throw new CheckFailure('manifest.json is none that Attested wrote.')
  }
}

const describe = ({ client, incident, asOf, knownOn, files }: Manifest) =>
  `${client.legalName}: ${incident.title}, as of ${asOf}, as known on ${knownOn}; ${files.length} files.`

/** @returns the authority's certificate; null where there is none to judge by */
async function checkSigner(
  manifest: Manifest,
  bytes: Buffer,
  read: ReadFile,
  results: Results<PackCheckId>,
): Promise<string | null> {
  const certificate = async (name: string) => {
    const found = readCertificateFile(await read(name))
    if (!found) throw new CheckFailure(`${name} holds something else than one certificate.`)
    return found
  }
  await results.run(
    'signature',
    async () => {
      const signer = await certificate(SIGNER)
      if (!hasSigned(signer, bytes, await read(SIGNATURE)))
        throw new CheckFailure('manifest.json does not fit its signature: one of the two was changed.')
    },
    'ECDSA on P-256 with SHA-256, by the key in signer.pem.',
  )
  const pair = await results.run(
    'signer',
    async () => {
      const found = { signer: await certificate(SIGNER), authority: await certificate(AUTHORITY) }
      failOn(listSignerFaults(found.signer, found.authority, manifest))
      return found
    },
    `Under the authority of ${manifest.organisation.name}.`,
  )
  return pair ? pair.authority.toString() : null
}

async function checkFiles(
  container: PackContainer,
  byPath: ReadonlyMap<string, PackEntry>,
  { files }: Manifest,
  results: Results<PackCheckId>,
): Promise<void> {
  await results.run(
    'files',
    async () => {
      const faults: string[] = []
      for (const file of files) {
        const entry = byPath.get(file.path)
        const fault = entry ? await judgeFile(container, entry, file) : `${file.path} is missing.`
        if (fault) faults.push(fault)
      }
      failOn(faults)
    },
    `${files.length} files with the sizes and SHA-256 hashes that the manifest gives.`,
  )
}

async function judgeFile(container: PackContainer, entry: PackEntry, file: PackFile): Promise<string | null> {
  if (entry.sizeBytes !== file.sizeBytes)
    return `${file.path} has ${entry.sizeBytes} bytes instead of ${file.sizeBytes}.`
  const hash = createHash('sha256')
  let checksum = 0
  try {
    for await (const chunk of await container.read(entry)) {
      hash.update(chunk)
      checksum = crc32(chunk, checksum)
    }
  } catch (error) {
    return error instanceof CheckFailure ? error.message : `${file.path} cannot be read to its end.`
  }
  if (hash.digest('hex') !== file.sha256) return `${file.path} was changed: its hash is another one.`
  return checksum === entry.crc32 ? null : `The archive names another checksum for ${file.path}.`
}

async function checkSums({ files }: Manifest, read: ReadFile): Promise<void> {
  const around = []
  for (const path of AROUND) {
    if (path === SUMS) continue
    around.push({
      path,
      sha256: createHash('sha256')
        .update(await read(path))
        .digest('hex'),
    })
  }
  const expected = writeSums([...files, ...around])
  if ((await read(SUMS)).toString('utf8') !== expected)
    throw new CheckFailure('SHA256SUMS says something else than the manifest.')
}

async function checkReport(
  manifest: Manifest,
  { authorities, timestampPem }: { authorities: readonly KnownAuthority[]; timestampPem?: string },
  read: ReadFile,
  results: Results<PackCheckId>,
): Promise<void> {
  const { application, client } = manifest
  const listed = manifest.files.find(({ role }) => role === 'signed-report')
  if (!listed) {
    results.note('report', 'There is no signed report in this pack', explainMissing(manifest))
    return
  }
  await results.run(
    'report',
    async () => {
      const bytes = await read(listed.path, MOST_REPORT)
      // The pack's own signature shows that the report was there by then.
      const asOf = { trustedTimestampPem: timestampPem, now: new Date(manifest.madeAt) }
      const { checks, statement, signatures } = await verifyReport(new Uint8Array(bytes), asOf)
      failOn(checks.flatMap(({ ok, title, detail }) => (ok ? [] : [`${title}: ${detail}`])))
      const isOurs =
        statement?.reportId === application?.reportId &&
        statement?.application.id === application?.id &&
        statement?.client.id === client.id
      if (!isOurs) throw new CheckFailure('It is the report of another application.')
      return nameAuthority(signatures, authorities)
    },
    (under) => `Every check of attested verify holds, under ${under}.`,
  )
}

const explainMissing = ({ application }: Manifest) =>
  application?.basis === 'signed'
    ? 'The application was attested; the file of its report is among those that are missing.'
    : 'No application had been attested by that day.'

async function checkAuthority(
  authorityPem: string,
  { trustedAuthorityPem }: { trustedAuthorityPem?: string },
  results: Results<PackCheckId>,
): Promise<void> {
  const shown = `SHA-256 fingerprint ${fingerprintOf(authorityPem)}`
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
      if (fingerprintOf(trustedAuthorityPem) !== fingerprintOf(authorityPem))
        throw new CheckFailure(`The pack was signed under another authority than the one you gave: ${shown}.`)
    },
    `${shown}.`,
  )
}
