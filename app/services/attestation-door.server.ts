/** The door of an attestation: a link that somebody holds, the one-time code, and the short session it opens. */
import { Statement } from '#app/report/statement.ts'
import type { Tx } from '#db/client.server.ts'
import * as links from '#db/queries/attestation.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import { aboutOf, type LinkProgress, stateOfLink } from './attestation-links.server.ts'
import { writeCodeMail } from './attestation-mails.ts'
import {
  CODE_MINUTES,
  CODE_PAUSE_SECONDS,
  CODE_TRIES,
  CODES_PER_LINK,
  maskAddress,
  SESSION_MINUTES,
} from './attestation-rules.ts'
import { hashSecret, isSameHex, macOfCode, newCode, newSessionToken } from './attestation-secrets.server.ts'
import { readToken } from './attestation-token.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { blankMails, writeMail } from './mail-outbox.server.ts'
import { getRuntime } from './runtime.server.ts'

const MINUTE_MS = 60_000

/** What a page may know of a link; `session` is what its cookie said, null without one. */
export interface Key {
  token: string | undefined
  session: string | null
}

export interface Door {
  organisationId: string
  link: links.AttestationLinkRow
  report: reports.ReportRow
  statement: Statement
  state: LinkProgress['state']
  /** The code was entered from this browser, not long ago. */
  isOpen: boolean
}

/**
 * Finds what a link leads to and keeps it locked to the end of the transaction; all work at the door passes here.
 * @throws NotFoundError for a link that never was: one letter wrong, forged, or another installation's
 */
export async function atTheDoor<T>(
  { token, session }: Key,
  work: (tx: Tx, door: Door, now: Date) => Promise<T>,
): Promise<T> {
  const { database, clock } = getRuntime()
  const read = readToken(token)
  if (!read || token === undefined) throw noSuchLink()
  const { organisationId } = read
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const link = await links.lockLinkByToken(tx, organisationId, hashSecret(token))
    const report = link && (await reports.lockReport(tx, organisationId, link.reportId))
    if (!link || !report) throw noSuchLink()
    const statement = Statement.parse(JSON.parse(report.statement))
    const isOpen =
      session !== null &&
      link.sessionSha256 !== null &&
      link.sessionUntil !== null &&
      link.sessionUntil > now &&
      isSameHex(link.sessionSha256, hashSecret(session))
    return work(tx, { organisationId, link, report, statement, state: stateOfLink(link, now), isOpen }, now)
  })
}

const noSuchLink = () =>
  new NotFoundError(
    'This link leads nowhere. Open it from the mail again, or copy all of it: a letter may be missing.',
  )

export interface Greeting {
  state: LinkProgress['state']
  officerName: string
  recipient: string
  organisationName: string
  clientName: string
  formTitle: string
  delivery: 'mail-server' | 'preparer'
  /** A code was sent and can still be entered. */
  isCodeSent: boolean
  isOpen: boolean
}

/** What whoever holds the link may read before the code: whom it is for, and from whom. */
export async function greet(key: Key): Promise<Greeting> {
  return atTheDoor(key, async (tx, { organisationId, link, statement, state, isOpen }, now) => {
    if (state === 'open' && !link.openedAt)
      await links.updateLink(tx, organisationId, link.id, { openedAt: now })
    const { officerName, organisationName, clientName, formTitle } = aboutOf(statement)
    return {
      state,
      officerName,
      recipient: maskAddress(link.recipient),
      organisationName,
      clientName,
      formTitle,
      delivery: link.delivery,
      isCodeSent: isCodeUsable(link, now),
      isOpen,
    }
  })
}

function isCodeUsable(link: links.AttestationLinkRow, now: Date): boolean {
  return (
    link.codeMac !== null &&
    link.codeSentAt !== null &&
    link.codeTries < CODE_TRIES &&
    now.getTime() - link.codeSentAt.getTime() < CODE_MINUTES * MINUTE_MS
  )
}

/**
 * Mails a new one-time code; the one before opens nothing any more.
 * @throws RefusedError `link` for a dead link, `code-pause`, `codes-spent`
 */
export async function sendCode(key: Key): Promise<void> {
  const { settings } = getRuntime()
  await atTheDoor(key, async (tx, { organisationId, link, statement, state }, now) => {
    refuseDead(state)
    if (link.codesSent >= CODES_PER_LINK) {
      throw new RefusedError(
        'codes-spent',
        'Too many codes were sent for this link. Ask the sender for a new link.',
      )
    }
    const pause = link.codeSentAt
      ? CODE_PAUSE_SECONDS - (now.getTime() - link.codeSentAt.getTime()) / 1000
      : 0
    if (pause > 0) {
      throw new RefusedError(
        'code-pause',
        `A code is on its way. Wait ${Math.ceil(pause)} seconds before you ask for another.`,
      )
    }
    const code = newCode()
    await links.updateLink(tx, organisationId, link.id, {
      codeMac: macOfCode(settings.secret, link.id, code),
      codeSentAt: now,
      codesSent: link.codesSent + 1,
      codeTries: 0,
    })
    await blankMails(tx, organisationId, link.recipient, ['attestation-code'])
    const mail = writeCodeMail({ ...aboutOf(statement), senderName: link.sentByName }, code)
    const expiresAt = new Date(now.getTime() + CODE_MINUTES * MINUTE_MS)
    await writeMail(
      tx,
      organisationId,
      { kind: 'attestation-code', recipient: link.recipient, expiresAt, ...mail },
      link.delivery === 'mail-server',
    )
  })
}

export type CodeOutcome =
  | { outcome: 'open'; session: string; seconds: number }
  | { outcome: 'wrong'; triesLeft: number }
  | { outcome: 'no-code' }

/** @throws RefusedError `link` for a dead link */
export async function enterCode(key: Key, code: string): Promise<CodeOutcome> {
  const { settings } = getRuntime()
  return atTheDoor(key, async (tx, { organisationId, link, state }, now): Promise<CodeOutcome> => {
    refuseDead(state)
    if (!isCodeUsable(link, now) || link.codeMac === null) return { outcome: 'no-code' }
    if (!isSameHex(link.codeMac, macOfCode(settings.secret, link.id, code))) {
      const codeTries = link.codeTries + 1
      await links.updateLink(tx, organisationId, link.id, { codeTries })
      return { outcome: 'wrong', triesLeft: CODE_TRIES - codeTries }
    }
    const session = newSessionToken()
    await links.updateLink(tx, organisationId, link.id, {
      codeMac: null,
      codeEnteredAt: now,
      sessionSha256: hashSecret(session),
      sessionUntil: new Date(now.getTime() + SESSION_MINUTES * MINUTE_MS),
    })
    await blankMails(tx, organisationId, link.recipient, ['attestation-code'])
    return { outcome: 'open', session, seconds: SESSION_MINUTES * 60 }
  })
}

export function refuseDead(state: LinkProgress['state']): void {
  if (state !== 'open') throw new RefusedError('link', DEAD[state])
}

const DEAD = {
  expired: 'This link has expired. Ask the sender for a new one.',
  revoked: 'The sender took this link back, or sent a newer one.',
  finished: 'This link has been used. It serves one attestation only.',
} as const satisfies Record<Exclude<LinkProgress['state'], 'open'>, string>

/** @throws RefusedError `code-needed` when the code was not entered from this browser, or too long ago */
export function requireOpen({ isOpen }: Door): void {
  if (!isOpen) {
    throw new RefusedError('code-needed', 'Enter a one-time code first: this page was open for too long.')
  }
}
