/** What a claim pack says about itself: every file, the incident, and the two times that it is frozen in. */
import { z } from 'zod'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Moment = z.iso.datetime({ precision: 3 })
const Day = z.iso.date()

export const MANIFEST = 'manifest.json'
export const SIGNATURE = 'manifest.json.sig'
export const SIGNER = 'signer.pem'
export const AUTHORITY = 'authority.pem'
export const SUMS = 'SHA256SUMS'
/** What stands beside the files that the manifest lists: it cannot list itself, nor what vouches for it. */
export const AROUND = [MANIFEST, SIGNATURE, SIGNER, AUTHORITY, SUMS] as const

/** The unit (OU) in the certificate of a key that signs packs. */
export const PACK_UNIT = 'claim-pack'

export const PACK_ROLES = [
  'readme',
  'cover',
  'incident',
  'answers',
  'signed-report',
  're-attestation',
  'readiness',
  'timeline',
  'evidence',
  'exceptions',
  'waivers',
  'waiver',
  'facts',
  'drift',
  'checkpoint',
  'proof',
] as const

const EvidenceAccount = z.strictObject({
  evidenceId: z.uuid(),
  revisionId: z.uuid(),
  revision: z.int().min(1),
  kind: z.string(),
  title: z.string(),
  collector: z.string(),
  observedAt: Moment,
  receivedAt: Moment,
  validUntil: Moment.nullable(),
  withdrawnAt: Moment.nullable(),
  /** In which view it counted: what was true as known now, what could be known on the day, or as an attachment. */
  countedIn: z.array(z.enum(['as-of', 'as-known', 'attached'])).min(1),
  /** The entry of its receipt; null where the ledger has none. */
  ledgerEntry: z.int().min(1).nullable(),
})
export type EvidenceAccount = z.infer<typeof EvidenceAccount>

const PackFile = z.strictObject({
  path: z.string().min(1).max(200),
  sha256: Sha256,
  sizeBytes: z.int().min(0),
  role: z.enum(PACK_ROLES),
  /** In words. */
  about: z.string().max(2000),
  evidence: EvidenceAccount.optional(),
  /** The waiver that this is the signed file of. */
  waiverId: z.uuid().optional(),
  /** The entry that a proof is of. */
  entry: z.strictObject({ sequence: z.int().min(1), kind: z.string() }).optional(),
})
export type PackFile = z.infer<typeof PackFile>

/** What the record rests on and the store has lost: told with the hash under which it was received. */
const MissingFile = PackFile.omit({ sizeBytes: true, entry: true }).extend({
  role: z.enum(['evidence', 'signed-report', 're-attestation', 'waiver']),
  reason: z.enum(['lost', 'damaged']),
})
export type MissingFile = z.infer<typeof MissingFile>

export const Manifest = z.strictObject({
  format: z.literal('attested-claim-pack'),
  version: z.literal(1),
  packId: z.uuid(),
  product: z.strictObject({ name: z.literal('Attested'), version: z.string() }),
  organisation: z.strictObject({ id: z.uuid(), name: z.string() }),
  client: z.strictObject({ id: z.uuid(), legalName: z.string() }),
  incident: z.strictObject({
    id: z.uuid(),
    kind: z.string(),
    title: z.string(),
    occurredFrom: Day,
    occurredUntil: Day,
    discoveredAt: Moment,
    reportedOn: Day.nullable(),
    policyNumber: z.string().nullable(),
    noticeReference: z.string().nullable(),
  }),
  /** The day whose truth is frozen; `trueOn` is its end in UTC. */
  asOf: Day,
  trueOn: Moment,
  /** Nothing that was recorded later is in the pack. */
  knownOn: Moment,
  madeAt: Moment,
  requestedBy: z.string(),
  application: z
    .strictObject({
      id: z.uuid(),
      form: z.string(),
      title: z.string(),
      edition: z.string(),
      basis: z.enum(['signed', 'draft']),
      attestedAt: Moment.nullable(),
      reportId: z.uuid().nullable(),
    })
    .nullable(),
  checkpoint: z.strictObject({ number: z.int().min(1), size: z.int().min(1) }),
  files: z.array(PackFile).max(100_000),
  missing: z.array(MissingFile).max(100_000),
})
export type Manifest = z.infer<typeof Manifest>

export const writeManifest = (manifest: Manifest) => `${JSON.stringify(Manifest.parse(manifest), null, 2)}\n`

/** Lines for `sha256sum -c`, in the order of the files. */
export const writeSums = (files: readonly { path: string; sha256: string }[]) =>
  files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('')
