/** Setting up a second factor: begun with the password, finished by showing that it works. */
import type { Tx } from '#db/client.server.ts'
import * as factors from '#db/queries/second-factors.server.ts'
import {
  describeAppSecret,
  newAppSecret,
  type ShownAppSecret,
  stepOfCode,
} from './authenticator-app.server.ts'
import { RefusedError } from './errors.ts'
import { describeNewPasskey, newChallenge, passkeyHostOf, readNewPasskey } from './passkeys.server.ts'
import { getRuntime } from './runtime.server.ts'
import type { NewPasskeyResponse, StartFactorInput } from './second-factor-input.ts'
import { FACTORS_AT_MOST, STEP_MINUTES, STEP_TRIES } from './second-factor-rules.ts'
import { openAppSecret, sealAppSecret } from './second-factor-secrets.server.ts'
import { changingFactors, type Held, makeRecoveryCodes, type OwnSession } from './second-factors.server.ts'

/**
 * @param origin where the browser is: a passkey belongs to its host name
 * @throws RefusedError `proof`, `proof-locked`, `too-many`, `no-host`
 */
export async function startFactor(
  session: OwnSession,
  { kind, name, proof }: StartFactorInput,
  origin: string,
): Promise<void> {
  const { settings } = getRuntime()
  const { userId } = session.member
  await changingFactors(session, proof, async (tx, { held }, now) => {
    if (held.length >= FACTORS_AT_MOST) {
      throw new RefusedError(
        'too-many',
        `An account has at most ${FACTORS_AT_MOST} second factors. Remove one that you don’t use any more.`,
      )
    }
    if (kind === 'passkey' && passkeyHostOf(origin) === null) throw noHost()
    await factors.insertEnrolment(tx, {
      sessionId: session.sessionId,
      kind,
      name,
      expiresAt: new Date(now.getTime() + STEP_MINUTES * 60_000),
      ...(kind === 'app'
        ? { sealedSecret: sealAppSecret(settings.secret, userId, newAppSecret()) }
        : { challenge: newChallenge() }),
    })
    return { result: undefined, news: null }
  })
}

export const isPasskeyPlace = (origin: string) => passkeyHostOf(origin) !== null

const noHost = () =>
  new RefusedError(
    'no-host',
    'Browsers bind passkeys to a name, and this address is a number. Open Attested by its name, or set up an app.',
  )

const over = () =>
  new RefusedError('enrolment-over', 'This took too long, or was begun anew elsewhere. Begin again.')

export type ShownEnrolment =
  | ({ kind: 'app'; name: string } & ShownAppSecret)
  | { kind: 'passkey'; name: string; options: string }

/** What was begun in this session and is not finished; null when nothing is. */
export async function viewEnrolment(session: OwnSession, origin: string): Promise<ShownEnrolment | null> {
  const { database, settings, clock } = getRuntime()
  const { userId, email, name } = session.member
  const host = passkeyHostOf(origin)
  return database.forSignIn(async (tx) => {
    const row = await factors.findEnrolment(tx, session.sessionId)
    if (!row || isOver(row, clock())) return null
    if (row.kind === 'app') {
      const secret = row.sealedSecret && openAppSecret(settings.secret, userId, row.sealedSecret)
      return secret ? { kind: 'app', name: row.name, ...describeAppSecret(secret, email) } : null
    }
    if (host === null || row.challenge === null) return null
    const known = (await factors.listFactors(tx, userId)).flatMap(({ credentialId, transports }) =>
      credentialId === null ? [] : [{ credentialId, transports }],
    )
    const account = { userId, email, name }
    const options = await describeNewPasskey({ challenge: row.challenge, host, account, known })
    return { kind: 'passkey', name: row.name, options }
  })
}

const isOver = ({ expiresAt, tries }: factors.EnrolmentRow, now: Date) =>
  expiresAt <= now || tries >= STEP_TRIES

export async function cancelEnrolment({ sessionId }: OwnSession): Promise<void> {
  await getRuntime().database.forSignIn((tx) => factors.deleteEnrolment(tx, sessionId))
}

export type EnrolmentOutcome =
  /** `recoveryCodes`: with the first factor only, and never to be read again. */
  { outcome: 'added'; name: string; recoveryCodes: string[] | null } | { outcome: 'wrong' }

/** @throws RefusedError `enrolment-over` */
export async function confirmApp(session: OwnSession, code: string): Promise<EnrolmentOutcome> {
  const { settings } = getRuntime()
  const { userId } = session.member
  return finishing(session, 'app', async (_tx, row, now) => {
    const secret = row.sealedSecret && openAppSecret(settings.secret, userId, row.sealedSecret)
    const step = secret ? stepOfCode(secret, code, now, 0) : null
    if (step === null) return null
    // The code just typed is no code for signing in any more.
    return { sealedSecret: row.sealedSecret, lastStep: step }
  })
}

/** @throws RefusedError `enrolment-over`, `passkey-taken` */
export async function confirmPasskey(
  session: OwnSession,
  response: NewPasskeyResponse | null,
  origin: string,
): Promise<EnrolmentOutcome> {
  const host = passkeyHostOf(origin)
  return finishing(session, 'passkey', async (tx, { challenge }) => {
    // Each challenge is good for one try.
    await factors.updateEnrolment(tx, session.sessionId, { challenge: newChallenge() })
    if (!response || challenge === null || host === null) return null
    const passkey = await readNewPasskey(response, { challenge, origin, host })
    return passkey && { ...passkey, host }
  })
}

type NewFactor = Pick<Parameters<typeof factors.insertFactor>[1], 'sealedSecret' | 'lastStep'> &
  Partial<Pick<factors.FactorRow, 'host' | 'credentialId' | 'publicKey' | 'counter' | 'transports'>>

/** @param read what was shown, as a factor; null when it is not what was asked for */
async function finishing(
  session: OwnSession,
  kind: factors.FactorRow['kind'],
  read: (tx: Tx, row: factors.EnrolmentRow, now: Date) => Promise<NewFactor | null>,
): Promise<EnrolmentOutcome> {
  return changingFactors<EnrolmentOutcome>(session, null, async (tx, { held }, now) => {
    const { sessionId } = session
    const row = await factors.findEnrolment(tx, sessionId)
    if (row?.kind !== kind || isOver(row, now)) throw over()
    const factor = await read(tx, row, now)
    if (!factor) {
      await factors.updateEnrolment(tx, sessionId, { tries: row.tries + 1 })
      return { result: { outcome: 'wrong' }, news: null }
    }
    const recoveryCodes = await keepFactor(tx, session, { held, row, factor }, now)
    return {
      result: { outcome: 'added', name: row.name, recoveryCodes },
      news: { news: 'added', name: row.name },
    }
  })
}

/** The first one ends every other session: they were opened without it. */
async function keepFactor(
  tx: Tx,
  { member, sessionId }: OwnSession,
  { held, row, factor }: Pick<Held, 'held'> & { row: factors.EnrolmentRow; factor: NewFactor },
  now: Date,
): Promise<string[] | null> {
  const { userId } = member
  const { kind, name } = row
  const id = getRuntime().newId()
  if (!(await factors.insertFactor(tx, { id, userId, kind, name, createdAt: now, ...factor }))) {
    throw new RefusedError(
      'passkey-taken',
      'This passkey belongs to an account already. Use it there, or make another one here.',
    )
  }
  await factors.deleteEnrolment(tx, sessionId)
  await factors.markSession(tx, sessionId, now)
  if (held.length > 0) return null
  await factors.deleteOtherSessions(tx, userId, sessionId)
  return makeRecoveryCodes(tx, userId)
}
