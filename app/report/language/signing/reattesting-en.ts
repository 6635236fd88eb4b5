/** Where the officer of the insured reads something else because an application is re-attested. */
import type { Deviation } from './roles-en.ts'

export const REATTESTING_EN = {
  pages: {
    'page.title': 'Re-attestation',
    'door.title': 'Re-attestation by {officer}',
    'door.lead':
      '{organisation} has compared the signed cyber-insurance application of {client} with the facts of today. You say of each answer whether it is still true, then read and sign the report made of it. What is no longer true can be said as easily, and keeps nobody from signing.',
    'dead.expired.next': 'Ask {sender} for a new one. What you had said stays.',
    'sign.title': 'Read it, then sign',
    'sign.lead':
      'The report holds what you said of {all, plural, one {# answer} other {# answers}} of {client}. You sign that report, as it is.',
    'sign.read-answers': 'The answers of the signed application',
    'sign.sign': 'Sign the re-attestation',
    'sign.not': 'I do not sign this',
    'sign.wording': 'The questions and answers stand in the language of the form.',
    consent:
      'I was shown every answer of the application, those with a change one by one, and said of each whether it is still true. I could read the whole report before signing. I agree to sign it electronically, and that my name, the time, my network address and how I signed are kept with it.',
    'decline.title': 'Decline to re-attest',
    'decline.lead':
      'Nothing is signed. {organisation} reads your reason, corrects what is wrong and asks you again. An answer that is no longer true is no reason to decline: you can say so and sign.',
    'outcome.over.next':
      'It was withdrawn. {organisation} will send you a new link when there is something to go through again.',
    'outcome.signed.title': 'You have re-attested',
  },
  mails: {
    'link.subject': 'Your re-attestation for {client}',
    'link.what':
      '{organisation} has compared the signed cyber-insurance application of {client} ({form}) with the facts of today. Only an officer of the insured can say whether its answers are still true.',
    'link.how':
      'You will be shown each answer for which something changed, one by one, and the unchanged ones as a list. Then you read and sign the report made of it. A phone is enough. It takes about ten minutes.',
    'done.subject': 'You re-attested the application of {client}',
    'done.what': 'On {time} you said of the answers of {client} in “{form}” whether they are still true.',
  },
} as const satisfies Deviation
