/** The door to a signature by link: a link that somebody holds, the one-time code, and the short session it opens. */
import type { Language } from '#app/language/languages.ts'
import { type SignerVoice, type SignerWords, signerWords } from '#app/report/language/signing/words.ts'
import { Statement } from '#app/report/statement.ts'
import type { Tx } from '#db/client.server.ts'
import * as links from '#db/queries/attestation.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import {
  aboutOf,
  type InvitedSlot,
  invitedIn,
  type LinkProgress,
  stateOfLink,
} from './attestation-links.server.ts'
import { writeCodeMail } from './attestation-mails.ts'
import { maskAddress } from './attestation-rules.ts'
import { hashSecret } from './attestation-secrets.server.ts'
import { readToken } from './attestation-token.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { blankMails, writeMail } from './mail-outbox.server.ts'
import { isCodeUsable, isSessionOf, makeCode, tryCode } from './one-time-code.server.ts'
import { getRuntime } from './runtime.server.ts'

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
  /** Whose link it is. */
  invited: InvitedSlot
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
    const isOpen = isSessionOf(link, session, now)
    const invited = invitedIn(statement, link.slot)
    const state = stateOfLink(link, now)
    return work(tx, { organisationId, link, report, statement, invited, state, isOpen }, now)
  })
}

const noSuchLink = () =>
  new NotFoundError(
    'This link leads nowhere. Open it from the mail again, or copy all of it: a letter may be missing.',
  )

export interface Greeting {
  /** That of the report, and so of every page before and behind the code. */
  language: Language
  state: LinkProgress['state']
  signerName: string
  role: SignerVoice
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
    const { language, signerName, role, organisationName, clientName, formTitle } = aboutOf(
      statement,
      link.slot,
    )
    return {
      language,
      state,
      signerName,
      role,
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

/** In which whatever somebody with this link sends is answered. */
export const languageAtTheDoor = (key: Key): Promise<Language> =>
  atTheDoor(key, async (_tx, { statement, link }) => aboutOf(statement, link.slot).language)

/**
 * Mails a new one-time code; the one before opens nothing any more.
 * @throws RefusedError `link` for a dead link, `code-pause`, `codes-spent`
 */
export async function sendCode(key: Key): Promise<void> {
  const { settings } = getRuntime()
  await atTheDoor(key, async (tx, { organisationId, link, statement, state }, now) => {
    const { say } = refuseDead({ state, statement })
    const made = makeCode(link, settings.secret, now)
    if (made.outcome === 'spent') throw new RefusedError('codes-spent', say('refused.codes-spent'))
    if (made.outcome === 'pause')
      throw new RefusedError('code-pause', say('refused.code-pause', { seconds: made.seconds }))
    const { code, expiresAt, changes } = made
    await links.updateLink(tx, organisationId, link.id, changes)
    await blankMails(tx, organisationId, link.recipient, ['attestation-code'])
    const mail = writeCodeMail({ ...aboutOf(statement, link.slot), senderName: link.sentByName }, code)
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
  return atTheDoor(key, async (tx, door, now): Promise<CodeOutcome> => {
    const { organisationId, link } = door
    refuseDead(door)
    const tried = tryCode(link, code, settings.secret, now)
    if (tried.outcome === 'no-code') return tried
    const { changes, ...told } = tried
    await links.updateLink(tx, organisationId, link.id, changes)
    if (told.outcome === 'open') await blankMails(tx, organisationId, link.recipient, ['attestation-code'])
    return told
  })
}

/** @returns the words of the report's language, in which whatever else has to be refused is told */
export function refuseDead({ state, statement }: Pick<Door, 'state' | 'statement'>): SignerWords {
  const words = signerWords(statement.language)
  if (state !== 'open') throw new RefusedError('link', words.say(`refused.${state}`))
  return words
}

/** @throws RefusedError `code-needed` when the code was not entered from this browser, or too long ago */
export function requireOpen({ isOpen, statement }: Door): void {
  if (isOpen) return
  throw new RefusedError('code-needed', signerWords(statement.language).say('refused.code-needed'))
}
