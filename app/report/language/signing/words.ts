/** What those who sign from a link read, on pages and in mails, in the language of the report and for their role. */
import { DEFAULT_LANGUAGE, type Language } from '#app/language/languages.ts'
import { type Say, sayFrom, type Translation } from '#app/language/messages.ts'
import { type Formats, formatsOf } from '#app/language/patterns.ts'
import type { Signer, Statement } from '../../statement.ts'
import { OFFICER_DE } from './de.ts'
import { OFFICER_EN } from './en.ts'
import { MAILS_DE } from './mails-de.ts'
import { MAILS_EN } from './mails-en.ts'
import { REATTESTING_DE } from './reattesting-de.ts'
import { REATTESTING_EN } from './reattesting-en.ts'
import { CONTRIBUTOR_DE, REVIEWER_DE } from './roles-de.ts'
import { CONTRIBUTOR_EN, type Deviation, REVIEWER_EN } from './roles-en.ts'

/** Who reads: the officer of a re-attestation reads other words than that of an application. */
export type SignerVoice = Signer['role'] | 'reattesting-officer'

export const voiceOf = (
  { reattestation }: Pick<Statement, 'reattestation'>,
  { role }: Signer,
): SignerVoice => (role === 'insured-officer' && reattestation ? 'reattesting-officer' : role)

export interface SignerWords extends Formats {
  language: Language
  say: Say<typeof OFFICER_EN>
  /** In the mails. */
  write: Say<typeof MAILS_EN>
}

const MESSAGES = { en: OFFICER_EN, de: OFFICER_DE } as const satisfies Record<
  Language,
  Translation<typeof OFFICER_EN>
>
const MAILS = { en: MAILS_EN, de: MAILS_DE } as const satisfies Record<Language, Translation<typeof MAILS_EN>>

type ByRole = Record<Exclude<SignerVoice, 'insured-officer'>, Deviation>
// Nobody sends the technical contributor a link; should it ever be asked for, they sign for what they contributed.
const DEVIATIONS = {
  en: {
    contributor: CONTRIBUTOR_EN,
    reviewer: REVIEWER_EN,
    'technical-contributor': CONTRIBUTOR_EN,
    'reattesting-officer': REATTESTING_EN,
  },
  de: {
    contributor: CONTRIBUTOR_DE,
    reviewer: REVIEWER_DE,
    'technical-contributor': CONTRIBUTOR_DE,
    'reattesting-officer': REATTESTING_DE,
  },
} as const satisfies Record<Language, ByRole>

function make(language: Language, role: SignerVoice): SignerWords {
  const { pages, mails }: Deviation =
    role === 'insured-officer' ? { pages: {}, mails: {} } : DEVIATIONS[language][role]
  return {
    language,
    ...formatsOf(language),
    say: sayFrom<typeof OFFICER_EN>(language, { ...MESSAGES[language], ...pages }),
    write: sayFrom<typeof MAILS_EN>(language, { ...MAILS[language], ...mails }),
  }
}

const made = new Map<string, SignerWords>()

/**
 * Made once each.
 * @param language of the report's statement; absent in those made before they named one
 */
export function signerWords(
  language: Language = DEFAULT_LANGUAGE,
  role: SignerVoice = 'insured-officer',
): SignerWords {
  const key = `${language} ${role}`
  const words = made.get(key) ?? make(language, role)
  made.set(key, words)
  return words
}
