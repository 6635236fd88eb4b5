/** One-time codes: when one is good, what sending and entering one change. Pure but for the random digits. */
import {
  CODE_MINUTES,
  CODE_PAUSE_SECONDS,
  CODE_TRIES,
  CODES_PER_LINK,
  SESSION_MINUTES,
} from './attestation-rules.ts'
import { hashSecret, isSameHex, macOfCode, newCode, newSessionToken } from './attestation-secrets.server.ts'

const MINUTE_MS = 60_000

/** What a link keeps of its codes and of the session behind them. */
export interface CodeKeeper {
  id: string
  codeMac: string | null
  codeSentAt: Date | null
  codesSent: number
  codeTries: number
  codeEnteredAt: Date | null
  sessionSha256: string | null
  sessionUntil: Date | null
}

export function isCodeUsable({ codeMac, codeSentAt, codeTries }: CodeKeeper, now: Date): boolean {
  return (
    codeMac !== null &&
    codeSentAt !== null &&
    codeTries < CODE_TRIES &&
    now.getTime() - codeSentAt.getTime() < CODE_MINUTES * MINUTE_MS
  )
}

export function isSessionOf(
  { sessionSha256, sessionUntil }: CodeKeeper,
  session: string | null,
  now: Date,
): boolean {
  return (
    session !== null &&
    sessionSha256 !== null &&
    sessionUntil !== null &&
    sessionUntil > now &&
    isSameHex(sessionSha256, hashSecret(session))
  )
}

export type NewCode =
  | { outcome: 'spent' }
  | { outcome: 'pause'; seconds: number }
  | { outcome: 'code'; code: string; expiresAt: Date; changes: Partial<CodeKeeper> }

/** A new code for a link; the one before opens nothing any more. */
export function makeCode(link: CodeKeeper, secret: string, now: Date): NewCode {
  if (link.codesSent >= CODES_PER_LINK) return { outcome: 'spent' }
  const pause = link.codeSentAt ? CODE_PAUSE_SECONDS - (now.getTime() - link.codeSentAt.getTime()) / 1000 : 0
  if (pause > 0) return { outcome: 'pause', seconds: Math.ceil(pause) }
  const code = newCode()
  const codeMac = macOfCode(secret, link.id, code)
  return {
    outcome: 'code',
    code,
    expiresAt: new Date(now.getTime() + CODE_MINUTES * MINUTE_MS),
    changes: { codeMac, codeSentAt: now, codesSent: link.codesSent + 1, codeTries: 0 },
  }
}

export type CodeTry =
  | { outcome: 'open'; session: string; seconds: number; changes: Partial<CodeKeeper> }
  | { outcome: 'wrong'; triesLeft: number; changes: Partial<CodeKeeper> }
  | { outcome: 'no-code' }

export function tryCode(link: CodeKeeper, code: string, secret: string, now: Date): CodeTry {
  if (!isCodeUsable(link, now) || link.codeMac === null) return { outcome: 'no-code' }
  if (!isSameHex(link.codeMac, macOfCode(secret, link.id, code))) {
    const codeTries = link.codeTries + 1
    return { outcome: 'wrong', triesLeft: CODE_TRIES - codeTries, changes: { codeTries } }
  }
  const session = newSessionToken()
  const seconds = SESSION_MINUTES * 60
  return {
    outcome: 'open',
    session,
    seconds,
    changes: {
      codeMac: null,
      codeEnteredAt: now,
      sessionSha256: hashSecret(session),
      sessionUntil: new Date(now.getTime() + seconds * 1000),
    },
  }
}
