/** Whoever has no account may come here; each address is a decision, so a new one has to be written down. */
export const PUBLIC = [
  '',
  'sign-up',
  'sign-in',
  'sign-out',
  'demo',
  'verify',
  'verify/status',
  'revocations/:organisation/:key',
  '*',
  '_gallery',
]
