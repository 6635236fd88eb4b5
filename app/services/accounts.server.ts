/** Sign-up of an organisation with its owner, sign-in, and the list of a person's sessions. */
import { RateLimiterMemory } from 'rate-limiter-flexible'
import * as accounts from '#db/queries/accounts.server.ts'
import { listFactors } from '#db/queries/second-factors.server.ts'
import type { SignInInput, SignUpInput } from './account-input.ts'
import { recordInLedger } from './ledger.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { demandOf } from './second-factor-rules.ts'
import { openSecondStep } from './second-step.server.ts'
import { type Caller, openSession, readSession } from './sessions.server.ts'
import { hashSlowly, matchesSlowHash } from './slow-hash.server.ts'

// Compared when no such account exists, so that the answer takes as long as for one that does.
let decoyHash: Promise<string> | undefined

const failuresByAccount = new RateLimiterMemory({ points: 10, duration: 15 * 60 })
const failuresByAddress = new RateLimiterMemory({ points: 50, duration: 15 * 60 })

export type SignInOutcome =
  | { outcome: 'signed-in'; cookie: string }
  /** The password was right and a factor is asked for next; the token opens that step and nothing else. */
  | { outcome: 'second-step'; token: string }
  | { outcome: 'wrong-credentials' }
  | { outcome: 'too-many-attempts'; retryAfterSeconds: number }

export async function signIn(input: SignInInput, caller: Caller): Promise<SignInOutcome> {
  const { database } = getRuntime()
  const blocked = await blockedForSeconds(input.email, caller.address)
  if (blocked > 0) return { outcome: 'too-many-attempts', retryAfterSeconds: blocked }
  const account = await database.forSignIn((tx) => accounts.findAccountByEmail(tx, input.email))
  decoyHash ??= hashSlowly(crypto.randomUUID())
  const matches = await matchesSlowHash(account?.passwordHash ?? (await decoyHash), input.password)
  if (!account || !matches) {
    await Promise.allSettled([
      failuresByAccount.consume(input.email),
      failuresByAddress.consume(caller.address),
    ])
    return { outcome: 'wrong-credentials' }
  }
  await failuresByAccount.delete(input.email)
  const factors = await database.forSignIn((tx) => listFactors(tx, account.id))
  if (factors.length > 0) return { outcome: 'second-step', token: await openSecondStep(account.id) }
  return { outcome: 'signed-in', cookie: await openSession(account.id, caller) }
}

async function blockedForSeconds(email: string, address: string): Promise<number> {
  const [byAccount, byAddress] = await Promise.all([
    failuresByAccount.get(email),
    failuresByAddress.get(address),
  ])
  const waits = [
    byAccount && byAccount.consumedPoints >= 10 ? byAccount.msBeforeNext : 0,
    byAddress && byAddress.consumedPoints >= 50 ? byAddress.msBeforeNext : 0,
  ]
  return Math.ceil(Math.max(...waits) / 1000)
}

export type SignUpOutcome =
  | { outcome: 'created'; userId: string; organisationId: string }
  | { outcome: 'email-taken' }

/** Creates the organisation and its owner together with the organisation's first ledger entry. */
export async function signUp(input: SignUpInput, options: { isDemo?: boolean } = {}): Promise<SignUpOutcome> {
  const { database, clock, newId } = getRuntime()
  const now = clock()
  const organisationId = newId()
  const userId = newId()
  const passwordHash = await hashSlowly(input.password)
  const taken = await database.forSignIn(async (tx) => {
    // First of all, so that two sign-ups with one address at once leave no second organisation behind.
    const { name, email, kind = 'msp' } = input
    if (!(await accounts.insertAccount(tx, { id: userId, email, name, passwordHash, createdAt: now })))
      return true
    await accounts.insertOrganisation(tx, {
      id: organisationId,
      name: input.organisationName,
      kind,
      isDemo: options.isDemo ?? false,
      createdAt: now,
    })
    await accounts.insertMembership(tx, { organisationId, userId, role: 'owner', createdAt: now })
    await database.enterOrganisation(tx, organisationId)
    await recordInLedger(tx, organisationId, {
      kind: 'organisation.created',
      actor: `${name} <${email}>`,
      at: now,
      payload: { organisationId, name: input.organisationName, kind },
    })
    return false
  })
  return taken ? { outcome: 'email-taken' } : { outcome: 'created', userId, organisationId }
}

/** The member that a Cookie header speaks for, or null. */
export async function findMember(cookieHeader: string | null) {
  const session = await readSession(cookieHeader)
  if (!session) return null
  const { database, clock } = getRuntime()
  const now = clock()
  const membership = await database.forSignIn(async (tx) => {
    // Once a minute is enough to tell people where they are signed in, and saves a write per request.
    if (now.getTime() - session.lastSeenAt.getTime() > 60_000)
      await accounts.touchSession(tx, session.sessionId, now)
    return accounts.findMembership(tx, session.userId)
  })
  if (!membership) return null
  const { sessionId, userId, name, email, hasSecondFactor, renewedCookie } = session
  const { secondFactorDemandedAt, ...place } = membership
  const member: Member = { userId, name, email, ...place, hasSecondFactor }
  const demand = demandOf({ kind: place.organisationKind, secondFactorDemandedAt })
  return { member, sessionId, renewedCookie, demand }
}

export async function listSessions(member: Member) {
  const { database, clock } = getRuntime()
  return database.forSignIn((tx) => accounts.listSessions(tx, member.userId, clock()))
}

/** @returns false when the person has no such session. */
export async function endSession(member: Member, sessionId: string): Promise<boolean> {
  return getRuntime().database.forSignIn((tx) => accounts.deleteSession(tx, member.userId, sessionId))
}

/** Whether the first-run page should offer the demo workspace. */
export async function isDemoOffered(): Promise<boolean> {
  const { database, settings } = getRuntime()
  if (settings.demoAlways) return true
  return database.forSignIn(async (tx) => !(await accounts.hasRealOrganisation(tx)))
}
