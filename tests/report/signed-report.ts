/** Signed reports for tests: the example statement, rendered once, signed with fresh keys of a fixed time. */
import { createAuthority, issueSigner, type SigningIdentity } from '#app/report/keys.server.ts'
import { renderReport } from '#app/report/render.server.ts'
import { signReport } from '#app/report/sign.server.ts'
import { makeAttachments, signEnvelope } from '#app/report/sign-envelope.server.ts'
import type { Statement } from '#app/report/statement.ts'
import type { AttachedTexts } from '#app/report/twins/attachments.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { exampleStatement } from './example-statement.ts'

export const SIGNED_AT = new Date('2026-03-18T15:00:00.000Z')
export const PASSPHRASE = 'a secret of two hundred and fifty-six random bits'

export type Authority = Awaited<ReturnType<typeof createAuthority>>

export function makeAuthority(
  statement: Statement = exampleStatement(),
  now = SIGNED_AT,
): Promise<Authority> {
  const { name, organisationId } = statement.preparedBy
  return createAuthority({ organisationName: name, organisationId, passphrase: PASSPHRASE, now })
}

interface Signing {
  statement?: Statement
  authority: Authority
  /** Rendered bytes; drawn when absent. */
  rendered?: Uint8Array
  at?: Date
  certifiedAt?: Date
  signatures?: number
  /** Of the signers' certificates, hexadecimal; random where absent. */
  serialNumbers?: (string | undefined)[]
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
    signatures = 2,
  } = signing
  let pdf = signing.rendered ?? (await renderReport(statement))
  let envelope = ''
  for (const [index, signer] of statement.signers.slice(0, signatures).entries()) {
    const identity = await issueSigner({
      authority,
      passphrase: PASSPHRASE,
      signer,
      now: certifiedAt,
      serialNumber: signing.serialNumbers?.[index],
    })
    const signedAt = new Date(at.getTime() + index * 60_000)
    const genuine = index === 0 ? await makeAttachments(statement, identity, signedAt) : undefined
    const attachments = genuine && ((await signing.attach?.(genuine, identity)) ?? genuine)
    pdf = await signReport({
      pdf,
      attachments,
      identity,
      signer,
      reason: index === 0 ? 'I certify the technical facts' : 'I attest the answers',
      at: signedAt,
    })
    const { role } = signer
    envelope = await signEnvelope(statement, identity, { role, at: signedAt, pdfSha256: sha256Hex(pdf) })
  }
  return { pdf, envelope }
}
