/** Makes a claim pack; called by a job, and harmless when called twice. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DEFAULT_LANGUAGE } from '#app/language/languages.ts'
import {
  AUTHORITY,
  MANIFEST,
  type Manifest,
  PACK_UNIT,
  SIGNATURE,
  SIGNER,
  SUMS,
  writeManifest,
  writeSums,
} from '#app/report/claim-pack/manifest.ts'
import { readmeOf } from '#app/report/claim-pack/pack-readme.ts'
import { renderClaimCover } from '#app/report/render.server.ts'
import { sealText } from '#app/report/seal.server.ts'
import { findOrganisationName } from '#db/queries/checkpoints.server.ts'
import * as rows from '#db/queries/claim-packs.server.ts'
import { fingerprintOf } from '#evidence/checkpoint-signature.server.ts'
import { StoreError } from '#evidence/store/store.ts'
import { storePack } from './claim-pack-archive.server.ts'
import { accountForCover } from './claim-pack-cover.ts'
import {
  findStored,
  listEvidence,
  listReattested,
  listReport,
  textFile,
  writeProofs,
  writeRecord,
} from './claim-pack-files.server.ts'
import { coverLedger, proveEntries } from './claim-pack-ledger.server.ts'
import { type Day, loadDay } from './claim-pack-record.server.ts'
import { listWaiverFiles, withFiles } from './claim-pack-waivers.server.ts'
import { frozenMoment } from './claim-packs.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { getIncidentRow } from './incidents.server.ts'
import { recordInLedger } from './ledger.server.ts'
import { languageOfReport } from './report-language.server.ts'
import { getRuntime } from './runtime.server.ts'
import { findAuthorityOfReport, getAuthority, issueSigningIdentity } from './signing-keys.server.ts'
import { computeTimeline } from './timeline.server.ts'

/** What cannot be packed is said on the page; a fault of ours is thrown, so that the job is tried again. */
export async function makeClaimPackJob(organisationId: string, packId: string): Promise<void> {
  const { database } = getRuntime()
  const { pack, name } = await database.inOrganisation(organisationId, async (tx) => ({
    pack: await rows.findClaimPack(tx, organisationId, packId),
    name: await findOrganisationName(tx, organisationId),
  }))
  if (!pack || name === null) throw new NotFoundError('No such claim pack yet')
  if (pack.state !== 'preparing') return
  try {
    await make({ id: organisationId, name }, pack)
  } catch (error) {
    const isTold =
      error instanceof RefusedError ||
      error instanceof NotFoundError ||
      (error instanceof StoreError && error.code === 'disk-full')
    if (!isTold) throw error
    await failClaimPack(organisationId, packId, error.message)
  }
}

interface Organisation {
  id: string
  name: string
}

async function make(organisation: Organisation, pack: rows.ClaimPackRow): Promise<void> {
  const { database, clock } = getRuntime()
  const { id: organisationId } = organisation
  const tell = (progress: string) =>
    database.inOrganisation(organisationId, (tx) =>
      rows.updateClaimPack(tx, organisationId, pack.id, { progress }),
    )
  await tell('Checking the ledger and signing a checkpoint')
  const actor = `${pack.requestedByName} <${pack.requestedByEmail}>`
  await coverLedger(organisation, actor)
  await tell('Reading the record of the day')
  const point = { trueOn: frozenMoment(pack), knownOn: pack.knownOn }
  const day = await database.inOrganisation(organisationId, async (tx) =>
    loadDay(tx, organisationId, await getIncidentRow(tx, organisationId, pack.incidentId), point),
  )
  // What it says now would have no proof in the pack, and was not known when the pack was asked for.
  if (day.incident.changedAt > pack.knownOn)
    throw new RefusedError(
      'changed',
      'The incident was changed while the pack was waiting. Make the pack again.',
    )
  const timeline = await computeTimeline(day.history, point)
  await tell('Proving the ledger’s entries')
  const signedUnder = await database.inOrganisation(organisationId, async (tx) =>
    day.report ? findAuthorityOfReport(tx, organisationId, day.report.id) : null,
  )
  const proofs = await proveEntries(database, organisationId, {
    ids: [...subjectsOf(day), ...(signedUnder ? [signedUnder.id] : [])],
    until: pack.knownOn,
  })
  const authority = await getAuthority(organisation)
  const waiverFiles = listWaiverFiles(day.waivers.told, proofs.entries)
  const wanted = [...listReport(day), ...listReattested(day), ...listEvidence(day, proofs), ...waiverFiles]
  const hint = hintTo(tell)
  const found = await findStored(organisationId, wanted, (number) =>
    hint(`Checking file ${number} of ${wanted.length}`),
  )
  const waivers = withFiles(day.waivers.told, proofs.entries)
  const record = [...writeRecord(day, timeline, waivers), ...found.files, ...writeProofs(proofs)]
  const identity = await issueSigningIdentity(organisation, {
    role: PACK_UNIT,
    name: 'Claim pack',
    title: 'Automatic seal',
    organisation: organisation.name,
    email: null,
  })
  const madeAt = clock()
  const about = describePack(organisation, pack, day, {
    madeAt,
    checkpoint: { number: proofs.number, size: proofs.size },
    version: await readVersion(),
  })
  await tell('Drawing the cover')
  const fingerprint = fingerprintOf(authority.certificatePem) ?? ''
  const readme = Buffer.from(readmeOf(about, fingerprint))
  const cover = await renderClaimCover(
    accountForCover({
      language: day.report ? languageOfReport(day.report) : DEFAULT_LANGUAGE,
      about,
      day,
      ...found,
      files: record,
      fingerprint,
      checkpointAt: proofs.createdAt,
    }),
  )
  const listed = [
    textFile('README.txt', 'readme', 'What this is and how to check it', readme),
    textFile('cover.pdf', 'cover', 'The pack on paper', Buffer.from(cover)),
    ...record,
  ]
  const manifest = writeManifest({
    ...about,
    files: listed.map(({ content: _kept, ...file }) => file),
    missing: found.missing,
  })
  const { signature } = await sealText(manifest, identity)
  const around = [
    [MANIFEST, Buffer.from(manifest)],
    [SIGNATURE, Buffer.from(signature, 'base64')],
    [SIGNER, Buffer.from(identity.certificatePem)],
    [AUTHORITY, Buffer.from(identity.chainPem)],
  ] as const
  const whole = [...listed, ...around.map(([path, bytes]) => textFile(path, 'readme', '', bytes))]
  const sums = textFile(SUMS, 'readme', '', Buffer.from(writeSums(whole)))
  const stored = await storePack(organisationId, [sums, ...whole], (number) =>
    hint(`Packing file ${number} of ${whole.length + 1}`),
  )
  await hint.settled()
  await finish(organisation, pack, actor, { ...stored, missingCount: found.missing.length })
}

/** Tells at most twice a second; a missed hint is harmless, the next one tells more. */
function hintTo(tell: (progress: string) => Promise<void>) {
  let telling: Promise<void> = Promise.resolve()
  let toldAt = 0
  const hint = (progress: string) => {
    if (Date.now() - toldAt < 500) return
    toldAt = Date.now()
    telling = tell(progress).catch(() => undefined)
  }
  return Object.assign(hint, { settled: () => telling })
}

async function finish(
  { id: organisationId }: Organisation,
  { id, incidentId, asOf, knownOn }: rows.ClaimPackRow,
  actor: string,
  { sha256, sizeBytes, missingCount }: { sha256: string; sizeBytes: number; missingCount: number },
): Promise<void> {
  const { database, clock } = getRuntime()
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await rows.lockClaimPack(tx, organisationId, id)
    if (row?.state !== 'preparing') return
    const done = { state: 'ready' as const, sha256, sizeBytes, missingCount, progress: null, finishedAt: at }
    await rows.updateClaimPack(tx, organisationId, id, done)
    await recordInLedger(tx, organisationId, {
      kind: 'claim-pack.made',
      actor,
      at,
      payload: {
        packId: id,
        incidentId,
        asOf,
        knownOn: knownOn.toISOString(),
        sha256,
        sizeBytes,
        missingCount,
      },
    })
  })
}

export async function failClaimPack(organisationId: string, packId: string, failure: string): Promise<void> {
  const { database, clock } = getRuntime()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await rows.lockClaimPack(tx, organisationId, packId)
    if (row?.state !== 'preparing') return
    const failed = { state: 'failed' as const, failure, progress: null, finishedAt: clock() }
    await rows.updateClaimPack(tx, organisationId, packId, failed)
  })
}

/** Whatever the ledger is asked about. */
const subjectsOf = ({ incident, inForce, report, reattestations, evidence, exceptions, waivers }: Day) => [
  incident.id,
  ...(inForce ? [inForce.applicationId] : []),
  ...(report ? [report.id] : []),
  ...reattestations.map(({ id }) => id),
  ...evidence.flatMap(({ evidenceId, revisionId, firstRevisionId }) => [
    evidenceId,
    revisionId,
    firstRevisionId,
  ]),
  ...exceptions.map(({ id }) => id),
  ...waivers.ids,
]

function describePack(
  organisation: Organisation,
  pack: rows.ClaimPackRow,
  { incident, history: { client }, point, inForce, edition }: Day,
  made: { madeAt: Date; checkpoint: Manifest['checkpoint']; version: string },
): Omit<Manifest, 'files' | 'missing'> {
  return {
    format: 'attested-claim-pack',
    version: 1,
    packId: pack.id,
    product: { name: 'Attested', version: made.version },
    organisation,
    client: { id: client.id, legalName: client.legalName },
    incident: {
      id: incident.id,
      kind: incident.kind,
      title: incident.title,
      occurredFrom: incident.occurredFrom,
      occurredUntil: incident.occurredUntil,
      discoveredAt: incident.discoveredAt.toISOString(),
      reportedOn: incident.reportedOn,
      policyNumber: incident.policyNumber,
      noticeReference: incident.noticeReference,
    },
    asOf: pack.asOf,
    trueOn: point.trueOn.toISOString(),
    knownOn: point.knownOn.toISOString(),
    madeAt: made.madeAt.toISOString(),
    requestedBy: pack.requestedByName,
    application:
      inForce && edition
        ? {
            id: inForce.applicationId,
            form: edition.form.code,
            title: edition.form.title,
            edition: edition.edition,
            basis: inForce.basis,
            attestedAt: inForce.attestedAt?.toISOString() ?? null,
            reportId: inForce.reportId,
          }
        : null,
    checkpoint: made.checkpoint,
  }
}

async function readVersion(): Promise<string> {
  const text = await readFile(join(getRuntime().settings.root, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
