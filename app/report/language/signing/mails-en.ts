/** Mails to the insured's officer; what goes to the preparer is written in the interface's language. */
export const MAILS_EN = {
  hello: 'Hello {name},',
  'link.subject': 'Your attestation for {client}',
  'link.what':
    '{organisation} has prepared the cyber-insurance readiness report of {client} ({form}) and certified the technical facts in it. It waits for you: only an officer of the insured can attest the answers.',
  'link.how':
    'You will be shown every answer that evidence does not fully carry, one by one, before you sign or decline. A phone is enough. It takes about ten minutes.',
  'link.until':
    'The link works until {day} and for this one report only. A one-time code will be sent to this address when you open it.',
  'link.open': 'Read and attest',
  'link.sent-by': 'Sent by {sender} of {organisation} through Attested.',
  'link.yours-alone':
    'The link is meant for you alone. Do not pass it on: whoever signs with it signs in your name.',
  'link.unexpected': 'You did not expect this? Do nothing, and tell the sender by telephone.',
  'code.subject': 'Your one-time code for {client}',
  'code.what':
    'This code opens the readiness report of {client} on the page where you asked for it. It works for {minutes} minutes, once.',
  'code.never': 'Nobody will ever ask you for this code by telephone or mail.',
  'code.unexpected': 'You did not ask for it? Somebody else has your link: tell the sender of the link.',
  'done.subject': 'You attested the readiness report of {client}',
  'done.what': 'On {time} you attested the answers of {client} in “{form}”.',
  'done.keep':
    'Keep this mail. The number below is the fingerprint (SHA-256) of the signed file: a file with another one is not what you signed.',
  'done.copy': '{organisation} holds the signed report and gives you a copy whenever you ask.',
  'done.unexpected': 'It was not you? Tell them today, by telephone.',
} as const
