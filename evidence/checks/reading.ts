/** What a check amounts to, in plain words: the same on the page, in the command line and in the ledger. */

/** `unknown`: it could not be asked, so nothing follows from it. */
export type Verdict = 'good' | 'weak' | 'bad' | 'unknown'

export type MailTopic = 'spf' | 'dkim' | 'dmarc' | 'mta-sts' | 'tls-rpt' | 'dnssec'

export interface MailEntry {
  topic: MailTopic
  title: string
  verdict: Verdict
  /** The result in a few words: `softfail (~all)`. */
  shown: string
  /** The records as received, shortened for reading; the evidence file holds all of them. */
  records: string[]
  means: string
  /** What insurers want to see here. */
  wants: string
  notes: string[]
  /** What can be repeated, most telling first. */
  commands: string[]
}

/** Longer texts are kept whole in the evidence file. */
export function shorten(text: string, characters = 600): string {
  return text.length > characters ? `${text.slice(0, characters - 1)}…` : text
}

export const MAIL_WANTS: Record<MailTopic, string> = {
  spf: 'One valid record that ends in -all or ~all.',
  dkim: 'A key for every service that sends mail for the domain.',
  dmarc: 'A policy of quarantine or reject for all mail, subdomains included, with reports received.',
  'mta-sts': 'Seldom asked; a policy in mode enforce keeps mail encrypted on its way in.',
  'tls-rpt': 'Seldom asked; reports tell when encrypted delivery fails.',
  dnssec: 'Seldom asked; signed answers cannot be forged on their way.',
}
