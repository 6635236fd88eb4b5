/** The second step of signing in: between the password and the session, whoever has the step’s token may try a factor. */
import type { Tx } from '#db/client.server.ts'
import * as factors from '#db/queries/second-factors.server.ts'
import { hashSecret, newSessionToken } from './attestation-secrets.server.ts'
import { checkPasskey, describePasskeyTry, newChallenge, passkeyHostOf } from './passkeys.server.ts'
import { getRuntime } from './runtime.server.ts'
import type { PasskeyResponse } from './second-factor-input.ts'
import type { FactorNews } from './second-factor-mails.ts'
import {
  lockedMinutes,
  takeAppCode,
  takeGuessable,
  takeRecoveryCode,
  tellAccount,
} from './second-factor-proofs.server.ts'
import { STEP_MINUTES, STEP_TRIES } from './second-factor-rules.ts'
import { type Caller, openSession } from './sessions.server.ts'

/** For somebody who has given the right password. @returns the token that a cookie carries */
export async function openSecondStep(userId: string): Promise<string> {
  const { database, clock } = getRuntime()
  const token = newSessionToken()
  const createdAt = clock()
  const expiresAt = new Date(createdAt.getTime() + STEP_MINUTES * 60_000)
  await database.forSignIn((tx) =>
    factors.insertSecondStep(tx, { id: hashSecret(token), userId, createdAt, expiresAt }),
  )
  return token
}

interface OpenStep {
  step: factors.SecondStepRow
  account: factors.AccountRow
}

/** What a token leads to, locked with its account; null for one that is over, was used up, or never was. */
async function lockStep(tx: Tx, token: string, now: Date): Promise<OpenStep | null> {
  const step = await factors.lockSecondStep(tx, hashSecret(token))
  if (!step || step.expiresAt <= now || step.tries >= STEP_TRIES) return null
  const account = await factors.lockAccount(tx, step.userId)
  return account && { step, account }
}

const passkeysAt = (rows: factors.FactorRow[], host: string | null) =>
  rows.flatMap(({ id, host: boundTo, credentialId, publicKey, counter, transports }) =>
    host !== null && boundTo === host && credentialId !== null && publicKey !== null && counter !== null
      ? [{ id, credentialId, publicKey, counter, transports }]
      : [],
  )

export interface StepPage {
  hasApp: boolean
  recoveryCodesLeft: number
  lockedMinutes: number
  /** What the browser needs to use a passkey of this account, as JSON; null without one that works at this address. */
  passkeyOptions: string | null
  /** One was made under another host name, so browsers do not offer it here. */
  hasPasskeyElsewhere: boolean
}

/** What somebody in the second step may do. Each call makes a new challenge. @param origin where the browser is */
export async function viewSecondStep(token: string, origin: string): Promise<StepPage | null> {
  const { database, clock } = getRuntime()
  const now = clock()
  const host = passkeyHostOf(origin)
  return database.forSignIn(async (tx) => {
    const open = await lockStep(tx, token, now)
    if (!open) return null
    const { step, account } = open
    const rows = await factors.listFactors(tx, account.id)
    const passkeys = passkeysAt(rows, host)
    const challenge = newChallenge()
    await factors.updateSecondStep(tx, step.id, { challenge })
    return {
      hasApp: rows.some(({ kind }) => kind === 'app'),
      recoveryCodesLeft: await factors.countRecoveryCodes(tx, account.id),
      lockedMinutes: lockedMinutes(account, now),
      passkeyOptions:
        host && passkeys.length > 0 ? await describePasskeyTry({ challenge, host, passkeys }) : null,
      hasPasskeyElsewhere: rows.some(({ kind }) => kind === 'passkey') && passkeys.length === 0,
    }
  })
}

export type StepOutcome =
  | { outcome: 'signed-in'; cookie: string }
  | { outcome: 'wrong'; triesLeft: number }
  | { outcome: 'locked'; minutes: number }
  /** The step has expired or had all its tries: the password again. */
  | { outcome: 'over' }

/** A code of an app, or a recovery code. */
export async function enterStepCode(token: string, typed: string, caller: Caller): Promise<StepOutcome> {
  return tryStep(token, caller, async (tx, { step, account }, now) => {
    const appCode = typed.replace(/\s/g, '')
    const isAppCode = /^\d{6}$/.test(appCode)
    const taken = await takeGuessable(tx, account, now, () =>
      isAppCode ? takeAppCode(tx, account, appCode, now) : takeRecoveryCode(tx, account, typed, now),
    )
    switch (taken.outcome) {
      case 'right':
        return { outcome: 'right', news: isAppCode ? null : { news: 'code-used' } }
      case 'locked':
        return { ...taken, news: taken.isNews ? { news: 'too-many' } : null }
      case 'wrong':
        return miss(tx, step)
    }
  })
}

/** @param origin where the browser is, as the passkey signs it */
export async function showStepPasskey(
  token: string,
  response: PasskeyResponse | null,
  origin: string,
  caller: Caller,
): Promise<StepOutcome> {
  return tryStep(token, caller, async (tx, { step, account }, now) => {
    const host = passkeyHostOf(origin)
    const { challenge } = step
    // Whatever comes of it, this challenge is used up.
    await factors.updateSecondStep(tx, step.id, { challenge: null })
    const passkey = passkeysAt(await factors.listFactors(tx, account.id), host).find(
      ({ credentialId }) => credentialId === response?.id,
    )
    if (!passkey || !response || challenge === null || host === null) return miss(tx, step)
    const counter = await checkPasskey(response, passkey, { challenge, origin, host })
    if (counter === null) return miss(tx, step)
    await factors.updateFactor(tx, account.id, passkey.id, { counter, lastUsedAt: now })
    return { outcome: 'right', news: null }
  })
}

async function miss(tx: Tx, { id, tries }: factors.SecondStepRow) {
  await factors.updateSecondStep(tx, id, { tries: tries + 1 })
  return { outcome: 'wrong' as const, triesLeft: STEP_TRIES - tries - 1, news: null }
}

type Tried = { news: FactorNews | null } & (
  | { outcome: 'right' }
  | { outcome: 'wrong'; triesLeft: number }
  | { outcome: 'locked'; minutes: number }
)

/** A step that was passed is gone before its session opens, so that it opens one at most. */
async function tryStep(
  token: string,
  caller: Caller,
  work: (tx: Tx, open: OpenStep, now: Date) => Promise<Tried>,
): Promise<StepOutcome> {
  const { database, clock } = getRuntime()
  const now = clock()
  const tried = await database.forSignIn(async (tx) => {
    const open = await lockStep(tx, token, now)
    if (!open) return null
    const { news, ...told } = await work(tx, open, now)
    if (told.outcome === 'right') await factors.deleteSecondStep(tx, open.step.id)
    if (news) await tellAccount(tx, open.account, news)
    return { ...told, userId: open.account.id }
  })
  if (!tried || (tried.outcome === 'wrong' && tried.triesLeft <= 0)) return { outcome: 'over' }
  const { userId, ...outcome } = tried
  if (outcome.outcome !== 'right') return outcome
  return { outcome: 'signed-in', cookie: await openSession(userId, caller, { hasSecondFactor: true }) }
}

/** Leaves the step without a try. */
export async function leaveSecondStep(token: string): Promise<void> {
  await getRuntime().database.forSignIn((tx) => factors.deleteSecondStep(tx, hashSecret(token)))
}
