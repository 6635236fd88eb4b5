/** What is written to the officer who attests, and to the one who asked for it. */
import type { MailContent } from '#app/mail/content.ts'
import { CODE_MINUTES } from './attestation-rules.ts'

export interface MailSubject {
  officerName: string
  senderName: string
  organisationName: string
  clientName: string
  formTitle: string
}

const dayInWords = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

export function writeLinkMail(
  about: MailSubject,
  link: { href: string; expiresAt: Date },
): { subject: string; content: MailContent } {
  return {
    subject: `Your attestation for ${about.clientName}`,
    content: {
      greeting: `Hello ${about.officerName},`,
      paragraphs: [
        `${about.organisationName} has prepared the cyber-insurance readiness report of ${about.clientName} (${about.formTitle}) and certified the technical facts in it. It waits for you: only an officer of the insured can attest the answers.`,
        'You will be shown every answer that evidence does not fully carry, one by one, before you sign or decline. A phone is enough. It takes about ten minutes.',
        `The link works until ${dayInWords.format(link.expiresAt)} and for this one report only. A one-time code will be sent to this address when you open it.`,
      ],
      code: null,
      action: { label: 'Read and attest', href: link.href },
      closing: [
        `Sent by ${about.senderName} of ${about.organisationName} through Attested.`,
        'The link is meant for you alone. Do not pass it on: whoever signs with it signs in your name.',
        'You did not expect this? Do nothing, and tell the sender by telephone.',
      ],
    },
  }
}

export function writeCodeMail(about: MailSubject, code: string): { subject: string; content: MailContent } {
  return {
    subject: `${code} is your code for ${about.clientName}`,
    content: {
      greeting: `Hello ${about.officerName},`,
      paragraphs: [
        `This code opens the readiness report of ${about.clientName} on the page where you asked for it. It works for ${CODE_MINUTES} minutes, once.`,
      ],
      code,
      action: null,
      closing: [
        'Nobody will ever ask you for this code by telephone or mail.',
        'You did not ask for it? Somebody else has your link: tell the sender of the link.',
      ],
    },
  }
}

export function writeDoneMail(
  about: MailSubject,
  signed: { at: Date; pdfSha256: string },
): { subject: string; content: MailContent } {
  return {
    subject: `You attested the readiness report of ${about.clientName}`,
    content: {
      greeting: `Hello ${about.officerName},`,
      paragraphs: [
        `On ${signed.at.toISOString().slice(0, 16).replace('T', ' ')} UTC you attested the answers of ${about.clientName} in “${about.formTitle}”.`,
        'Keep this mail. The number below is the fingerprint (SHA-256) of the signed file: a file with another one is not what you signed.',
        signed.pdfSha256,
      ],
      code: null,
      action: null,
      closing: [
        `${about.organisationName} holds the signed report and gives you a copy whenever you ask.`,
        'It was not you? Tell them today, by telephone.',
      ],
    },
  }
}

export function writeDeclinedMail(
  about: MailSubject,
  declined: { reason: string; href: string },
): { subject: string; content: MailContent } {
  return {
    subject: `${about.officerName} did not attest for ${about.clientName}`,
    content: {
      greeting: `Hello ${about.senderName},`,
      paragraphs: [
        `${about.officerName} declined to attest the readiness report of ${about.clientName}, with these words:`,
        declined.reason,
        'The report is withdrawn and the application is a draft again. Correct what is wrong, then prepare a new report.',
      ],
      code: null,
      action: { label: 'Open the report', href: declined.href },
      closing: [`Sent by Attested for ${about.organisationName}.`],
    },
  }
}
