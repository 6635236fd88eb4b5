/** Signed reports for tests: the example statement, rendered once, signed with fresh keys of a fixed time. */
import { createAuthority, issueSigner } from '#app/report/keys.server.ts'
import { renderReport } from '#app/report/render.server.ts'
import { signReport } from '#app/report/sign.server.ts'
import { canonicalStatement, type Statement } from '#app/report/statement.ts'
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
}

/** Each signature a minute after the one before. */
export async function makeSignedReport(signing: Signing): Promise<Uint8Array> {
  const {
    statement = exampleStatement(),
    authority,
    at = SIGNED_AT,
    certifiedAt = at,
    signatures = 2,
  } = signing
  let pdf = signing.rendered ?? (await renderReport(statement))
  for (const [index, signer] of statement.signers.slice(0, signatures).entries()) {
    pdf = await signReport({
      pdf,
      attachment: index === 0 ? canonicalStatement(statement) : undefined,
      identity: await issueSigner({ authority, passphrase: PASSPHRASE, signer, now: certifiedAt }),
      signer,
      reason: index === 0 ? 'I certify the technical facts' : 'I attest the answers',
      at: new Date(at.getTime() + index * 60_000),
    })
  }
  return pdf
}
