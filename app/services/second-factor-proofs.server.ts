/** Takes what somebody proves themselves with, and counts what is wrong on their account. */
import type { Tx } from '#db/client.server.ts'
import { findMembership } from '#db/queries/accounts.server.ts'
import * as factors from '#db/queries/second-factors.server.ts'
import { stepOfCode } from './authenticator-app.server.ts'
import { mailsLeave, writeMail } from './mail-outbox.server.ts'
import { plainPasscode } from './report-share-rules.ts'
import { getRuntime } from './runtime.server.ts'
import { type FactorNews, writeFactorMail } from './second-factor-mails.ts'
import { WRONG_PROOFS, WRONG_PROOFS_MINUTES } from './second-factor-rules.ts'
import { macOfRecoveryCode, openAppSecret } from './second-factor-secrets.server.ts'
import { matchesSlowHash } from './slow-hash.server.ts'

const MINUTE_MS = 60_000
const RECOVERY_LETTERS = 12
/** A warning is of use for about as long; afterwards nobody can read it in the outbox. */
const MAIL_DAYS = 30

export type Taken =
  | { outcome: 'right' }
  | { outcome: 'wrong' }
  /** `isNews`: this try did it, so that whoever calls tells the account as the last thing in the transaction. */
  | { outcome: 'locked'; minutes: number; isNews: boolean }

/** For how long nothing that can be guessed is taken; 0 when it is. */
export function lockedMinutes({ wrongProofs, wrongProofsSince }: factors.AccountRow, now: Date): number {
  if (wrongProofs < WRONG_PROOFS || !wrongProofsSince) return 0
  const endsAt = wrongProofsSince.getTime() + WRONG_PROOFS_MINUTES * MINUTE_MS
  return Math.max(0, Math.ceil((endsAt - now.getTime()) / MINUTE_MS))
}

/** A code of one of the apps. The account is locked by whoever calls. */
export async function takeAppCode(tx: Tx, account: factors.AccountRow, code: string, now: Date) {
  const { settings } = getRuntime()
  for (const factor of await factors.listFactors(tx, account.id)) {
    if (factor.kind !== 'app' || factor.sealedSecret === null || factor.lastStep === null) continue
    const secret = openAppSecret(settings.secret, account.id, factor.sealedSecret)
    const step = secret && stepOfCode(secret, code, now, factor.lastStep)
    if (step === null) continue
    await factors.updateFactor(tx, account.id, factor.id, { lastStep: step, lastUsedAt: now })
    return true
  }
  return false
}

export async function takeRecoveryCode(tx: Tx, account: factors.AccountRow, typed: string, now: Date) {
  if (plainPasscode(typed).length !== RECOVERY_LETTERS) return false
  const mac = macOfRecoveryCode(getRuntime().settings.secret, account.id, typed)
  return factors.spendRecoveryCode(tx, account.id, mac, now)
}

/** Takes something that could be guessed, unless too much of it was wrong of late. */
export async function takeGuessable(
  tx: Tx,
  account: factors.AccountRow,
  now: Date,
  take: () => Promise<boolean>,
): Promise<Taken> {
  const minutes = lockedMinutes(account, now)
  if (minutes > 0) return { outcome: 'locked', minutes, isNews: false }
  if (await take()) {
    await factors.updateWrongProofs(tx, account.id, { wrongProofs: 0, wrongProofsSince: null })
    return { outcome: 'right' }
  }
  const since = account.wrongProofsSince
  const isSameHour = since !== null && now.getTime() - since.getTime() < WRONG_PROOFS_MINUTES * MINUTE_MS
  const counted = isSameHour
    ? { wrongProofs: account.wrongProofs + 1, wrongProofsSince: since }
    : { wrongProofs: 1, wrongProofsSince: now }
  await factors.updateWrongProofs(tx, account.id, counted)
  if (counted.wrongProofs < WRONG_PROOFS) return { outcome: 'wrong' }
  return { outcome: 'locked', minutes: lockedMinutes({ ...account, ...counted }, now), isNews: true }
}

/** The password, or the code that an app shows now: what is asked again before something changes. */
export async function takeProof(tx: Tx, account: factors.AccountRow, proof: string, now: Date) {
  const code = proof.replace(/\s/g, '')
  return takeGuessable(tx, account, now, async () => {
    if (/^\d{6}$/.test(code)) return takeAppCode(tx, account, code, now)
    return matchesSlowHash(account.passwordHash, proof)
  })
}

/** Mails the person. Goes on as their organisation, so nothing of sign-in can follow in this transaction. */
export async function tellAccount(
  tx: Tx,
  account: Pick<factors.AccountRow, 'id' | 'email' | 'name'>,
  news: FactorNews,
): Promise<void> {
  const { database, clock } = getRuntime()
  const membership = await findMembership(tx, account.id)
  if (!membership) return
  await database.enterOrganisation(tx, membership.organisationId)
  const expiresAt = new Date(clock().getTime() + MAIL_DAYS * 24 * 60 * MINUTE_MS)
  const mail = { kind: 'second-factor', recipient: account.email, expiresAt } as const
  await writeMail(
    tx,
    membership.organisationId,
    { ...mail, ...writeFactorMail(account, news) },
    mailsLeave(membership),
  )
}
