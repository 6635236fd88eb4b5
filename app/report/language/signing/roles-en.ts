/** Where contributors and the independent reviewer read something else than the officer of the insured. */

import type { OFFICER_EN } from './en.ts'
import type { MAILS_EN } from './mails-en.ts'

/** Of some messages, with the same arguments. */
export interface Deviation {
  pages: Partial<Record<keyof typeof OFFICER_EN, string>>
  mails: Partial<Record<keyof typeof MAILS_EN, string>>
}

export const CONTRIBUTOR_EN = {
  pages: {
    'page.title': 'Signature',
    'door.title': 'Signature of {officer}',
    'door.lead':
      '{organisation} has prepared the readiness report of {client} for its cyber insurance and certified the technical facts in it. You are asked to sign for the answers that you contributed, before an officer of the insured attests the whole. You will see each of them that evidence does not fully carry before you sign or decline.',
    'overview.title': 'What you are asked to sign for, {officer}',
    'overview.lead':
      '{contributor} of {organisation} certified the facts and the evidence. You sign for the answers of your part in the application of {client}, as {title}, and for no others. An answer that turns out untrue can cost the cover when it is needed.',
    'sign.lead':
      'You sign for {all, plural, one {# answer} other {# answers}} in the application of {client}. You confirmed {steps, plural, one {# answer} other {# answers}} one by one.',
    'sign.read-answers': 'Read every answer that you sign for',
    'sign.declare': 'I make this declaration for my part of the application of {client}.',
    'sign.sign': 'Sign for my part',
    'sign.not': 'I do not sign this',
    'decline.title': 'Decline to sign',
    'outcome.signed.title': 'You have signed for your part',
  },
  mails: {
    'link.subject': 'Your signature for {client}',
    'link.what':
      '{organisation} has prepared the cyber-insurance readiness report of {client} ({form}) and certified the technical facts in it. You are asked to sign for the answers that you contributed, before an officer of the insured attests the whole.',
    'link.open': 'Read and sign',
    'done.subject': 'You signed for your part of the readiness report of {client}',
    'done.what': 'On {time} you signed for your part of the answers of {client} in “{form}”.',
  },
} as const satisfies Deviation

export const REVIEWER_EN = {
  pages: {
    'page.title': 'Review',
    'door.title': 'Review by {officer}',
    'door.lead':
      '{organisation} has prepared the readiness report of {client} for its cyber insurance and certified the technical facts in it. You are named as its independent reviewer and asked to sign that you reviewed the evidence. You will see each answer that evidence does not fully carry, one by one, before you sign or decline.',
    'overview.title': 'What you are asked to sign, {officer}',
    'overview.lead':
      '{contributor} of {organisation} certified the facts and the evidence. You sign for having reviewed the evidence of {client}, as {title}; an officer of the insured attests the answers after you.',
    'overview.you-state': 'The insured states:',
    'answer.you-are-stating': 'The insured is stating',
    'answer.no-evidence': 'No evidence speaks about this. It is stated on the insured’s word alone.',
    'answer.confirm': 'I have reviewed this',
    'sign.lead':
      'You have reviewed the evidence behind {all, plural, one {# answer} other {# answers}} of {client}. You confirmed {steps, plural, one {# answer} other {# answers}} one by one.',
    'sign.read-answers': 'Read every answer once more',
    'sign.declare': 'I make this declaration as reviewer of the evidence of {client}.',
    'sign.sign': 'Sign as reviewer',
    'sign.not': 'I do not sign this',
    'decline.title': 'Decline to sign',
    'outcome.signed.title': 'You have signed as reviewer',
  },
  mails: {
    'link.subject': 'Your review for {client}',
    'link.what':
      '{organisation} has prepared the cyber-insurance readiness report of {client} ({form}) and certified the technical facts in it. You are named as its independent reviewer and asked to sign that you reviewed the evidence.',
    'link.open': 'Read and sign',
    'done.subject': 'You signed as reviewer of the readiness report of {client}',
    'done.what': 'On {time} you signed for your review of the answers of {client} in “{form}”.',
  },
} as const satisfies Deviation
