/** Signed reports for tests: the example statement, rendered once, signed with fresh keys of a fixed time. */
import type { KeyAlgorithm } from '#app/report/authority-keys/authority-key.ts'
import { makeEncryptedKey } from '#app/report/authority-keys/encrypted-key.server.ts'
import { createAuthority, issueSigner, type SigningIdentity } from '#app/report/keys.server.ts'
import { renderReport } from '#app/report/render.server.ts'
import { type SignRequest, signReport } from '#app/report/sign.server.ts'
import { makeAttachments, signEnvelope } from '#app/report/sign-envelope.server.ts'
import { slotsOf } from '#app/report/signing-order.ts'
import type { Statement } from '#app/report/statement.ts'
import type { AttachedTexts } from '#app/report/twins/attachments.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { exampleStatement } from './example-statement.ts'

export const SIGNED_AT = new Date('2026-03-18T15:00:00.000Z')
export const PASSPHRASE = 'a secret of two hundred and fifty-six random bits'

export type Authority = Awaited<ReturnType<typeof createAuthority>>

export async function makeAuthority(
  statement: Statement = exampleStatement(),
  now = SIGNED_AT,
  algorithm: KeyAlgorithm = 'ec-p256',
): Promise<Authority> {
  const { name, organisationId } = statement.preparedBy
  const { key } = await makeEncryptedKey(algorithm, PASSPHRASE)
  return createAuthority({ organisationName: name, organisationId, key, now })
}

interface Signing {
  statement?: Statement
  authority: Authority
  /** Who certifies the signer of a field instead. */
  authorityOf?: Record<string, Authority>
  /** Rendered bytes; drawn when absent. */
  rendered?: Uint8Array
  at?: Date
  certifiedAt?: Date
  signatures?: number
  /** Fields in the order of signing; that of the statement where absent. */
  order?: readonly string[]
  /** Signs in the place of the first signer's one-time key; the statement has to name it. */
  own?: SigningIdentity
  /** Of the signers' certificates, hexadecimal; random where absent. */
  serialNumbers?: (string | undefined)[]
  timestamp?: SignRequest['timestamp']
  hasArchive?: boolean
  /** What becomes of the file when everybody has signed, before the envelope is made beside it. */
  finish?: (pdf: Uint8Array, envelopeOf: (pdf: Uint8Array) => Promise<string>) => Promise<Uint8Array>
  /** What the first signer attaches instead. */
  attach?: (genuine: AttachedTexts, identity: SigningIdentity) => AttachedTexts | Promise<AttachedTexts>
}

export const makeSignedReport = async (signing: Signing): Promise<Uint8Array> =>
  (await makeReportWithEnvelope(signing)).pdf

/** Each signature a minute after the one before; with the envelope beside the last one. */
export async function makeReportWithEnvelope(
  signing: Signing,
): Promise<{ pdf: Uint8Array; envelope: string }> {
  const {
    statement = exampleStatement(),
    authority,
    at = SIGNED_AT,
    certifiedAt = at,
    signatures = statement.signers.length,
  } = signing
  let pdf = signing.rendered ?? (await renderReport(statement))
  let envelope = ''
  const slots = slotsOf(statement.signers)
  const inOrder = signing.order?.map((id) => slots.find((slot) => slot.id === id)) ?? slots
  for (const [index, slot] of inOrder.slice(0, signatures).entries()) {
    if (!slot) throw new Error('The order names a field that the statement does not have')
    const { id, signer } = slot
    const issued = await issueSigner({
      authority: signing.authorityOf?.[id] ?? authority,
      signer,
      now: certifiedAt,
      serialNumber: signing.serialNumbers?.[index],
    })
    const identity = index === 0 && signing.own ? signing.own : issued
    const signedAt = new Date(at.getTime() + index * 60_000)
    const genuine = index === 0 ? await makeAttachments(statement, identity, signedAt) : undefined
    const attachments = genuine && ((await signing.attach?.(genuine, identity)) ?? genuine)
    pdf = await signReport({
      pdf,
      attachments,
      identity,
      signer,
      field: id,
      fields: slots.map((slot) => slot.id),
      reason: index === 0 ? 'I certify the technical facts' : 'I attest the answers',
      at: signedAt,
      timestamp: signing.timestamp,
      hasArchive: signing.hasArchive,
    })
    const { role } = signer
    const envelopeOf = (file: Uint8Array) =>
      signEnvelope(statement, identity, { role, at: signedAt, pdfSha256: sha256Hex(file) })
    if (signing.finish && index === inOrder.length - 1) pdf = await signing.finish(pdf, envelopeOf)
    envelope = await envelopeOf(pdf)
  }
  return { pdf, envelope }
}
