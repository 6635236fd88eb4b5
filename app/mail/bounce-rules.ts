/** What a refusal says about the address, from its codes (RFC 5321 §4.2, RFC 3463). */

/**
 * `address`: nobody can be reached there. `later`: not now, such as a full mailbox. `mail`: this mail, its sender or the
 * way was refused, which says nothing about the address.
 */
export type Verdict = 'address' | 'later' | 'mail'

/** Bad destination, mailbox disabled, no such host; but not 5.1.7 and 5.1.8, which are about the sender. */
const ADDRESS = /^5\.(1\.([0-69]|10)|2\.1|4\.4)$/
/** 5.2.2 is a full mailbox: said to be permanent, and seldom is. */
const LATER = /^(4\.|5\.2\.2$)/
const REPLIES: Record<number, Verdict> = { 550: 'address', 551: 'address', 553: 'address', 552: 'later' }

/**
 * @param enhanced such as `5.1.1`; null where the server says none
 * @param reply such as 550; null where it is not known
 */
export function judgeRefusal(enhanced: string | null, reply: number | null): Verdict {
  // x.0.0 says no more than its class does.
  if (enhanced && !enhanced.endsWith('.0.0')) {
    if (LATER.test(enhanced)) return 'later'
    return ADDRESS.test(enhanced) ? 'address' : 'mail'
  }
  if (reply !== null) return reply < 500 ? 'later' : (REPLIES[reply] ?? 'mail')
  if (enhanced?.startsWith('4.')) return 'later'
  // Exim writes 5.0.0 whatever it was told, and nothing else.
  return enhanced?.startsWith('5.') ? 'address' : 'mail'
}

/** The codes in what a server said: `550 5.1.1 No such user`, `smtp; 550-5.1.1 …`. */
export function readCodes(words: string): { reply: number | null; enhanced: string | null } {
  const [, reply, after] = /\b([245]\d\d)(?:[ -]([245]\.\d{1,3}\.\d{1,3}))?\b/.exec(words) ?? []
  const alone = after ?? /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(words)?.[1]
  return { reply: reply ? Number(reply) : null, enhanced: alone ?? null }
}
