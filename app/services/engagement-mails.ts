/** What is written to an insurer or an assessment firm. */
import type { EngagementKind } from './engagement-input.ts'
import { dayInWords, type Mail } from './guest-mails.ts'

interface OfferMail {
  kind: EngagementKind
  senderName: string
  organisationName: string
  applications: number
  /** YYYY-MM-DD. */
  lastDay: string
  offerExpiresAt: Date
  instructions: string
}

const FOR: Record<EngagementKind, { what: string; whose: string }> = {
  'insurer-review': { what: 'review', whose: 'an insurer' },
  'independent-assessment': { what: 'assess independently', whose: 'an assessment firm' },
}

export function writeOfferMail(about: OfferMail, href: string): Mail {
  const { senderName, organisationName, applications } = about
  const { what, whose } = FOR[about.kind]
  const many =
    applications === 1 ? 'one cyber-insurance application' : `${applications} cyber-insurance applications`
  return {
    subject: `${organisationName} opens ${applications === 1 ? 'an application' : `${applications} applications`} to you`,
    content: {
      greeting: 'Hello,',
      paragraphs: [
        `${organisationName} asks your organisation to ${what} ${many}: each answer with its evidence beside it, until ${dayInWords(about.lastDay)}.`,
        ...about.instructions.split(/\n+/).filter(Boolean),
        `An owner of your organisation accepts for all of you. If it has no account here yet, the page lets you create one as ${whose}.`,
        `The link accepts once, and until ${dayInWords(about.offerExpiresAt)}.`,
      ],
      code: null,
      action: { label: 'Look at the offer', href },
      closing: [
        `Sent by ${senderName} of ${organisationName} through Attested.`,
        'Evidence that you open is recorded and marked with the name of whoever opens it.',
        'You did not expect this? Do nothing, and ask the sender by telephone.',
      ],
    },
  }
}
