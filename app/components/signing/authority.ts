/** A signing authority as pages show it. */
export interface ShownAuthority {
  id: string
  /** The distinguished name. */
  subject: string
  /** SHA-256 of the certificate, "AB:CD:…". */
  fingerprint: string
  createdAt: Date
  retiredAt: Date | null
  retirementReason: string | null
  compromisedSince: Date | null
  /** Certificates that it issued, and how many of them are revoked. */
  issued: number
  revoked: number
  /** Where its revocation list is. */
  listPath: string
}

/** The common name of a distinguished name: "CN=Fjord IT Attested signing authority, O=Fjord IT". */
export const commonName = (subject: string) => /CN=(.+?)(?=, [A-Z]+=|$)/.exec(subject)?.[1] ?? subject
