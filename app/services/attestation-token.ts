/** The key in an attestation link: whose ledger it belongs to, and 192 random bits. */

/** 16 bytes of the organisation's id and 24 random ones, in base64url. */
const TOKEN = /^[A-Za-z0-9_-]{54}$/

/** The organisation stands in it so that looking it up stays inside one organisation, as every query does. */
export function writeToken(organisationId: string, random: Uint8Array): string {
  if (random.length !== 24) throw new Error('A token takes 24 random bytes')
  return Buffer.concat([Buffer.from(organisationId.replaceAll('-', ''), 'hex'), random]).toString('base64url')
}

/** @returns null for what is no token at all; whether it opens something is for the database to say */
export function readToken(token: string | undefined): { organisationId: string } | null {
  if (token === undefined || !TOKEN.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== 40) return null
  const digits = bytes.subarray(0, 16).toString('hex')
  return { organisationId: digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') }
}
