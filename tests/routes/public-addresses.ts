/** Whoever has no account may come here; each address is a decision, so a new one has to be written down. */
export const PUBLIC = [
  '',
  'sign-up',
  'sign-in',
  'sign-in/second-step',
  'sign-out',
  'demo',
  'verify',
  'verify/status',
  // With a token in a header; tests/routes/mail-inbound.test.ts.
  'mail/inbound',
  'revocations/:organisation/:key',
  '*',
  '_gallery',
]
