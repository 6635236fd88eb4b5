/** What the insured's officer has to do before a signature, and how long a link and a code last. */
import type { Statement } from '#app/report/statement.ts'

/** A week to find the hour, and a weekend to spare; a new link is one press away. */
export const LINK_DAYS = 14
export const CODE_MINUTES = 15
/** Wrong tries of one code; then a new one is needed. */
export const CODE_TRIES = 5
/** For one link: more would be somebody trying codes out, or filling a mailbox. */
export const CODES_PER_LINK = 8
export const CODE_PAUSE_SECONDS = 30
/** Reading takes time; what was confirmed is kept, so a new code goes on where the last one ended. */
export const SESSION_MINUTES = 120

/** What the officer agrees to beside the edition's declaration. */
export const CONSENT =
  'I was shown, one by one, every answer that evidence does not fully carry. I could read the whole report before signing. I agree to sign it electronically, and that my name, the time, my network address and how I signed are kept with it.'

/** Answers an officer must have seen one by one: whatever is claimed without full support. */
export function answersToAcknowledge(statement: Statement) {
  return statement.answers.filter(
    ({ status, weakened }) =>
      status === 'unsupported' || status === 'stale' || status === 'contradicted' || weakened,
  )
}

/** Letters alone count: case, accents, spaces and hyphens are written in many ways. */
export function isSameName(a: string, b: string): boolean {
  const plain = (name: string) =>
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^\p{L}]/gu, '')
  return plain(a) === plain(b)
}

/** m…@example.test: enough to recognise one's own address, too little to learn somebody's. */
export function maskAddress(email: string): string {
  const [name = '', domain = ''] = email.split('@')
  return `${name.slice(0, 1)}…@${domain}`
}
