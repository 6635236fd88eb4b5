/** The second factors of one’s own account: seen, named, removed, and the codes for the day that they are lost. */
import type { Tx } from '#db/client.server.ts'
import * as factors from '#db/queries/second-factors.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import type { FactorNews } from './second-factor-mails.ts'
import { takeProof, tellAccount } from './second-factor-proofs.server.ts'
import type { SecondFactorDemand } from './second-factor-rules.ts'
import { macOfRecoveryCode, newRecoveryCodes } from './second-factor-secrets.server.ts'

/** Where somebody works on their own factors: what is changed there ends or marks sessions. */
export interface OwnSession {
  member: Member
  sessionId: string
  demand: SecondFactorDemand
}

export interface ShownFactor {
  id: string
  kind: 'passkey' | 'app'
  name: string
  createdAt: Date
  lastUsedAt: Date | null
}

export async function listSecondFactors({
  userId,
}: Member): Promise<{ factors: ShownFactor[]; recoveryCodesLeft: number }> {
  return getRuntime().database.forSignIn(async (tx) => ({
    factors: (await factors.listFactors(tx, userId)).map(({ id, kind, name, createdAt, lastUsedAt }) => ({
      id,
      kind,
      name,
      createdAt,
      lastUsedAt,
    })),
    recoveryCodesLeft: await factors.countRecoveryCodes(tx, userId),
  }))
}

/** @throws NotFoundError */
export async function renameFactor(session: OwnSession, factorId: string, name: string): Promise<void> {
  await changingFactors(session, null, async (tx, { held }) => {
    const { id } = getFactor(held, factorId)
    await factors.updateFactor(tx, session.member.userId, id, { name })
    return { result: undefined, news: null }
  })
}

/**
 * Ends every other session: a factor is taken away because somebody else may have it.
 * @param proof the password, or the code that an app of the account shows now
 * @throws NotFoundError; RefusedError `proof`, `proof-locked`; `demanded` for the last one where the organisation demands one
 */
export async function removeFactor(session: OwnSession, factorId: string, proof: string): Promise<void> {
  const { member, sessionId, demand } = session
  await changingFactors(session, proof, async (tx, { held }) => {
    const { id, name } = getFactor(held, factorId)
    const isLast = held.length === 1
    if (isLast && demand !== 'none') {
      throw new RefusedError(
        'demanded',
        `${member.organisationName} demands a second factor of everybody. Add another one first, then remove this.`,
      )
    }
    await factors.deleteFactor(tx, member.userId, id)
    await factors.deleteOtherSessions(tx, member.userId, sessionId)
    if (isLast) {
      await factors.replaceRecoveryCodes(tx, member.userId, [], getRuntime().clock())
      await factors.markSession(tx, sessionId, null)
    }
    return { result: undefined, news: { news: 'removed', name } }
  })
}

/** @returns the new codes, which nobody can read again. @throws RefusedError `proof`, `proof-locked`, `no-factor` */
export async function renewRecoveryCodes(session: OwnSession, proof: string): Promise<string[]> {
  return changingFactors(session, proof, async (tx, { held }) => {
    if (held.length === 0)
      throw new RefusedError('no-factor', 'Set up a passkey or an app first; the codes stand in for it.')
    const codes = await makeRecoveryCodes(tx, session.member.userId)
    return { result: codes, news: { news: 'codes-made' } }
  })
}

/** In place of the ones before. */
export async function makeRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const { settings, clock } = getRuntime()
  const codes = newRecoveryCodes()
  const macs = codes.map((code) => macOfRecoveryCode(settings.secret, userId, code))
  await factors.replaceRecoveryCodes(tx, userId, macs, clock())
  return codes
}

export interface Held {
  account: factors.AccountRow
  held: factors.FactorRow[]
}

interface Changed<T> {
  result: T
  news: FactorNews | null
}

/**
 * One change of one’s own factors, with the account locked; mails what it brought about.
 * @param proof null where nothing is asked again
 * @throws RefusedError `demo`, `second-factor-needed`, `proof`, `proof-locked`
 */
export async function changingFactors<T>(
  { member }: OwnSession,
  proof: string | null,
  work: (tx: Tx, about: Held, now: Date) => Promise<Changed<T>>,
): Promise<T> {
  const { database, clock } = getRuntime()
  const now = clock()
  if (member.organisationIsDemo)
    throw new RefusedError('demo', 'Everybody shares the account of the demo, so it has no second factor.')
  const done = await database.forSignIn(async (tx) => {
    const account = await factors.lockAccount(tx, member.userId)
    if (!account) throw new NotFoundError('No such account')
    const held = await factors.listFactors(tx, member.userId)
    if (held.length > 0 && !member.hasSecondFactor) {
      throw new RefusedError(
        'second-factor-needed',
        'This session was opened without your second factor. Sign out, sign in with it, and try again.',
      )
    }
    if (proof !== null) {
      const taken = await takeProof(tx, account, proof, now)
      if (taken.outcome !== 'right') {
        if (taken.outcome === 'locked' && taken.isNews) await tellAccount(tx, account, { news: 'too-many' })
        // Returned, not thrown: what was wrong has to stay counted.
        return { refused: taken }
      }
    }
    const { result, news } = await work(tx, { account, held }, now)
    if (news) await tellAccount(tx, account, news)
    return { refused: null, result }
  })
  if (done.refused === null) return done.result
  if (done.refused.outcome === 'locked') {
    throw new RefusedError(
      'proof-locked',
      `Too many wrong passwords and codes were typed for this account. Wait ${minutesInWords(done.refused.minutes)} and try again.`,
    )
  }
  throw new RefusedError(
    'proof',
    'That is neither your password nor the code that your app shows now. Check it and try again.',
  )
}

export const minutesInWords = (minutes: number) => (minutes === 1 ? 'a minute' : `${minutes} minutes`)

/** @throws NotFoundError for one that is not there, or not theirs */
function getFactor(held: factors.FactorRow[], factorId: string): factors.FactorRow {
  const factor = held.find(({ id }) => id === factorId)
  if (!factor) throw new NotFoundError('You have no such second factor')
  return factor
}
