/** What is written to those who sign from a link, and to the one who asked for it. */
import type { Language } from '#app/language/languages.ts'
import type { MailContent } from '#app/mail/content.ts'
import { type SignerVoice, signerWords } from '#app/report/language/signing/words.ts'
import { CODE_MINUTES } from './attestation-rules.ts'

export interface MailSubject {
  /** That of the report. */
  language: Language
  signerName: string
  role: SignerVoice
  senderName: string
  organisationName: string
  clientName: string
  formTitle: string
}

interface Mail {
  subject: string
  content: MailContent
}

export function writeLinkMail(
  { language, ...about }: MailSubject,
  link: { href: string; expiresAt: Date },
): Mail {
  const { write, date } = signerWords(language, about.role)
  const { clientName: client, formTitle: form, organisationName: organisation } = about
  return {
    subject: write('link.subject', { client }),
    content: {
      language,
      greeting: write('hello', { name: about.signerName }),
      paragraphs: [
        write('link.what', { organisation, client, form }),
        write('link.how'),
        write('link.until', { day: date(link.expiresAt.toISOString()) }),
      ],
      code: null,
      action: { label: write('link.open'), href: link.href },
      closing: [
        write('link.sent-by', { sender: about.senderName, organisation }),
        write('link.yours-alone'),
        write('link.unexpected'),
      ],
    },
  }
}

export function writeCodeMail({ language, ...about }: MailSubject, code: string): Mail {
  const { write } = signerWords(language, about.role)
  const { clientName: client } = about
  return {
    // Without the code: the outbox keeps subjects when what a mail said is gone.
    subject: write('code.subject', { client }),
    content: {
      language,
      greeting: write('hello', { name: about.signerName }),
      paragraphs: [write('code.what', { client, minutes: CODE_MINUTES })],
      code,
      action: null,
      closing: [write('code.never'), write('code.unexpected')],
    },
  }
}

export function writeDoneMail(
  { language, ...about }: MailSubject,
  signed: { at: Date; pdfSha256: string },
): Mail {
  const { write, time } = signerWords(language, about.role)
  const { clientName: client, formTitle: form, organisationName: organisation } = about
  return {
    subject: write('done.subject', { client }),
    content: {
      language,
      greeting: write('hello', { name: about.signerName }),
      paragraphs: [
        write('done.what', { time: time(signed.at.toISOString()), client, form }),
        write('done.keep'),
        signed.pdfSha256,
      ],
      code: null,
      action: null,
      closing: [write('done.copy', { organisation }), write('done.unexpected')],
    },
  }
}

const DECLINED: Record<SignerVoice, { what: string; did: string }> = {
  'insured-officer': { what: 'attest', did: 'attest' },
  'reattesting-officer': { what: 're-attest', did: 're-attest in' },
  contributor: { what: 'sign', did: 'sign for their part of' },
  reviewer: { what: 'sign', did: 'sign as reviewer of' },
  'technical-contributor': { what: 'certify', did: 'certify' },
}

/** To the preparer, whose interface is in English. */
export function writeDeclinedMail(about: MailSubject, declined: { reason: string; href: string }): Mail {
  const { what, did } = DECLINED[about.role]
  const isAgain = about.role === 'reattesting-officer'
  return {
    subject: `${about.signerName} did not ${what} for ${about.clientName}`,
    content: {
      greeting: `Hello ${about.senderName},`,
      paragraphs: [
        `${about.signerName} declined to ${did} the readiness report of ${about.clientName}, with these words:`,
        declined.reason,
        isAgain
          ? 'The report is withdrawn and the re-attestation is a draft again. Correct what is wrong, then hand it over anew.'
          : 'The report is withdrawn and the application is a draft again. Correct what is wrong, then prepare a new report.',
      ],
      code: null,
      action: { label: 'Open the report', href: declined.href },
      closing: [`Sent by Attested for ${about.organisationName}.`],
    },
  }
}
