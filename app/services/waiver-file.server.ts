/** The signed file of a waiver: drawn and signed by a job, harmless when called twice, and handed out. */
import { Readable } from 'node:stream'
import { renderWaiver } from '#app/report/render.server.ts'
import { signDocumentInThread } from '#app/report/sign-in-thread.server.ts'
import { WaiverText } from '#app/report/waiver/waiver-text.ts'
import * as rows from '#db/queries/waivers.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import type { Member } from './member.ts'
import { stampingOf } from './report-timestamps.server.ts'
import { getRuntime } from './runtime.server.ts'
import { issueSigningIdentity } from './signing-keys.server.ts'
import { storeBytes } from './store-bytes.server.ts'

export const WAIVER_FIELD = 'decision-maker'

/** @throws NotFoundError while the transaction that signs it is still open: the job is then tried again */
export async function signWaiverJob(organisationId: string, waiverId: string): Promise<void> {
  const row = await findRow(organisationId, waiverId)
  if (!row?.signedAt || row.text === null || row.textSha256 === null || !row.signerRecord)
    throw new NotFoundError('No such signed waiver yet')
  if (row.pdfSha256) return
  const text = WaiverText.parse(JSON.parse(row.text))
  const { decisionMaker, client, provider } = text
  const { typedName, method, consent } = row.signerRecord
  const drawn = await renderWaiver({
    text,
    textSha256: row.textSha256,
    signedAt: row.signedAt.toISOString(),
    typedName,
    method,
    consent,
  })
  const identity = await issueSigningIdentity(provider, {
    role: 'decision-maker',
    name: decisionMaker.name,
    title: decisionMaker.role,
    organisation: client.legalName,
    email: decisionMaker.email,
  })
  // The certificate begins now, so the signature of the file is made now; the pages say when the person signed.
  const at = getRuntime().clock()
  const stamping = stampingOf(at, null)
  const pdf = await signDocumentInThread({
    pdf: drawn,
    files: [
      {
        name: 'waiver.json',
        mediaType: 'application/json',
        relationship: 'Data',
        description: 'What this waiver says, as it was frozen and hashed',
        text: row.text,
      },
    ],
    identity,
    signer: { name: decisionMaker.name },
    field: WAIVER_FIELD,
    reason: 'I decline the service named in this document',
    at,
    timestamp: stamping?.ask,
  })
  await keep(organisationId, row, pdf, stamping?.said() ?? null)
}

async function keep(
  organisationId: string,
  { id: waiverId, clientId, textSha256 }: rows.WaiverRow,
  pdf: Uint8Array,
  timestamp: rows.WaiverRow['pdfTimestamp'],
): Promise<void> {
  const { database, clock } = getRuntime()
  const stored = await storeBytes(organisationId, pdf)
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await rows.lockWaiver(tx, organisationId, waiverId)
    if (!row || row.pdfSha256) return
    await rows.updateWaiver(tx, organisationId, waiverId, {
      pdfSha256: stored.sha256,
      pdfSizeBytes: stored.sizeBytes,
      pdfTimestamp: timestamp,
      pdfFailure: null,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'waiver.file-signed',
      actor: `${row.decisionMakerName} <${row.decisionMakerEmail}>`,
      at: clock(),
      payload: {
        waiverId,
        clientId,
        textSha256,
        pdfSha256: stored.sha256,
        ...(timestamp ? { timestamp: { ...timestamp } } : {}),
      },
    })
  })
}

/** The waiver is signed all the same; its file can be made again. */
export async function failWaiverFile(
  organisationId: string,
  waiverId: string,
  failure: string,
): Promise<void> {
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const row = await rows.lockWaiver(tx, organisationId, waiverId)
    if (!row?.signedAt || row.pdfSha256) return
    await rows.updateWaiver(tx, organisationId, waiverId, { pdfFailure: failure })
  })
}

/** @throws NotFoundError; RefusedError `made` when there is nothing to make */
export async function makeWaiverFileAgain(member: Member, waiverId: string): Promise<void> {
  const { database, jobs } = getRuntime()
  const { organisationId } = member
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await rows.lockWaiver(tx, organisationId, waiverId)
    if (!row) throw new NotFoundError('No such waiver')
    if (!row.signedAt || row.pdfSha256)
      throw new RefusedError('made', 'There is no file to make. Reload the page to see how it stands.')
    await rows.updateWaiver(tx, organisationId, waiverId, { pdfFailure: null })
    await jobs.enqueue({ name: 'sign-waiver', organisationId, waiverId })
  })
}

/** @throws NotFoundError when there is no such waiver or it has no file yet; StoreError where its file is damaged */
export async function openWaiverFile(member: Pick<Member, 'organisationId'>, waiverId: string) {
  const { organisationId } = member
  const row = await findRow(organisationId, waiverId)
  if (!row?.pdfSha256) throw new NotFoundError('This waiver has no signed file yet')
  return {
    name: `Waiver ${row.service} ${row.signedAt?.toISOString().slice(0, 10) ?? ''}.pdf`,
    sha256: row.pdfSha256,
    sizeBytes: row.pdfSizeBytes ?? undefined,
    stream: Readable.from(await getRuntime().store.openVerified(organisationId, row.pdfSha256)),
  }
}

const findRow = (organisationId: string, waiverId: string) =>
  getRuntime().database.inOrganisation(organisationId, (tx) => rows.findWaiver(tx, organisationId, waiverId))
