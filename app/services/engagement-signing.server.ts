/** The independent assessor's signature: under the authority of their own firm, as far as an engagement lets them sign. */
import { X509Certificate } from 'node:crypto'
import type { SigningIdentity } from '#app/report/keys.server.ts'
import type { SignatureSlot } from '#app/report/signing-order.ts'
import type { Signer, Statement } from '#app/report/statement.ts'
import * as engagements from '#db/queries/engagements.server.ts'
import { requireUnconflicted } from './engagement-acceptance.server.ts'
import { atGuestOf } from './engagement-crossing.server.ts'
import { stateOfEngagement } from './engagement-rules.ts'
import { RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import type { Member } from './member.ts'
import type { PrepareReportInput } from './report-input.ts'
import { getRuntime } from './runtime.server.ts'
import { getAuthority, issueSigningIdentity } from './signing-keys.server.ts'

interface Asked {
  hostId: string
  applicationId: string
}

/** Engagements in force that let a firm sign this application's report as reviewer, newest first. */
async function listSigningEngagements({ hostId, applicationId }: Asked) {
  const { database, clock } = getRuntime()
  const now = clock()
  return database.inOrganisation(hostId, async (tx) => {
    const rows = (await engagements.listEngagements(tx, hostId)).filter(
      (row) => row.maySign && stateOfEngagement(row, now) === 'accepted',
    )
    const granted = await engagements.listEngagementApplications(
      tx,
      hostId,
      rows.map(({ id }) => id),
    )
    return rows.flatMap((engagement) => {
      const own = granted.find(
        (one) => one.granted.engagementId === engagement.id && one.granted.applicationId === applicationId,
      )
      return own ? [{ engagement, granted: own.granted }] : []
    })
  })
}

/** The names of the firms that may sign, for the page on which a reviewer is named. */
export async function listSigningFirms(member: Member, applicationId: string): Promise<string[]> {
  const found = await listSigningEngagements({ hostId: member.organisationId, applicationId })
  return [...new Set(found.flatMap(({ engagement }) => engagement.guestName ?? []))]
}

/** Whose member signs with this address, where their firm may sign; looked for again when the signature is given. */
async function findFirm(asked: Asked, email: string) {
  for (const { engagement, granted } of await listSigningEngagements(asked)) {
    const firm = await atGuestOf(engagement)
    if (firm.members.some((person) => person.email.toLowerCase() === email))
      return { engagement, granted, firm }
  }
  return null
}

/**
 * A reviewer whose firm may sign does so under the firm's own authority and in its name.
 * @returns null for one who signs under the preparer's authority, as before
 * @throws RefusedError `shared-member`, `own-review`
 */
export async function engagedReviewer(
  member: Member,
  applicationId: string,
  { reviewerEmail }: Pick<PrepareReportInput, 'reviewerEmail'>,
): Promise<{ organisation: string; authority: NonNullable<Signer['authority']> } | null> {
  if (!reviewerEmail) return null
  const hostId = member.organisationId
  const found = await findFirm({ hostId, applicationId }, reviewerEmail)
  if (!found) return null
  await requireStillUnconflicted(hostId, found)
  const { certificatePem } = await getAuthority(found.firm)
  return {
    organisation: found.firm.name,
    authority: { organisationId: found.firm.id, sha256: sha256Of(certificatePem) },
  }
}

async function requireStillUnconflicted(
  hostId: string,
  { firm, granted }: NonNullable<Awaited<ReturnType<typeof findFirm>>>,
): Promise<void> {
  await getRuntime().database.inOrganisation(hostId, (tx) =>
    requireUnconflicted(tx, { hostId, firm: firm.members, granted: [granted] }),
  )
}

/**
 * When the reviewer signs: their firm's engagement is in force, and nobody of the firm had a part in the application.
 * @throws RefusedError `engagement-over`, `shared-member`, `own-review`
 */
export async function requireMaySign(
  { preparedBy, application }: Statement,
  { authority, email }: Signer,
): Promise<void> {
  if (!authority) return
  const hostId = preparedBy.organisationId
  const found = await findFirm({ hostId, applicationId: application.id }, email ?? '')
  if (found?.firm.id !== authority.organisationId) {
    throw new RefusedError(
      'engagement-over',
      'The engagement that lets you sign for your firm is over, or you work there no more. Ask the preparer for another report.',
    )
  }
  await requireStillUnconflicted(hostId, found)
}

/**
 * A key and a certificate of the firm for one signature, written down in the firm's own ledger.
 * @throws RefusedError `authority-changed`, `authority-compromised`
 */
export async function issueAsFirm(
  statement: Statement,
  { signer }: SignatureSlot,
  authority: NonNullable<Signer['authority']>,
): Promise<SigningIdentity> {
  const firm = { id: authority.organisationId, name: signer.organisation }
  if (sha256Of((await getAuthority(firm)).certificatePem) !== authority.sha256) {
    throw new RefusedError(
      'authority-changed',
      `${firm.name} has another signing authority by now than the report names. Withdraw this report and prepare it anew.`,
    )
  }
  const identity = await issueSigningIdentity(firm, signer)
  const { database, clock } = getRuntime()
  await database.inOrganisation(firm.id, (tx) =>
    recordInLedger(tx, firm.id, {
      kind: 'engagement.report-signed',
      actor: `${signer.name} <${signer.email ?? ''}>`,
      at: clock(),
      payload: {
        reportId: statement.reportId,
        preparedBy: statement.preparedBy,
        client: statement.client.legalName,
        declaration: signer.declaration,
        certificateSha256: sha256Of(identity.certificatePem),
      },
    }),
  )
  return identity
}

const sha256Of = (pem: string) => new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase()
