/** The built-in templates of waivers: neutral words of our own, to be changed by each organisation as it likes. */

export interface WaiverTemplateText {
  name: string
  service: string
  controlIds: readonly string[]
  risk: string
  consequence: string
}

export const BUILT_IN_WAIVERS: Readonly<Record<string, WaiverTemplateText>> = {
  mfa: {
    name: 'Multi-factor authentication',
    service: 'Multi-factor authentication for mail, remote access and administration',
    controlIds: [
      'mfa-email',
      'mfa-remote-access',
      'mfa-directory-admin',
      'mfa-cloud-admin',
      'mfa-backup-admin',
      'mfa-endpoint-server-admin',
    ],
    risk: 'Without it, a password is all that stands between a stranger and the mailboxes, files and servers of {client}. Passwords are guessed, reused and stolen every day. Somebody who has one can read mail, send payment instructions in the name of an employee, and start ransomware from an administrator’s account, and nothing in the sign-in would stop them.',
    consequence:
      'Insurers ask whether a second factor is demanded on mail, on remote access and for administrators. {client} has to answer no where this service is missing. Some insurers do not offer cover without it, or limit what they pay for ransomware. An answer that says yes while the factor is missing can cost the cover after an incident.',
  },
  edr: {
    name: 'Endpoint detection and response',
    service: 'Endpoint detection and response, watched around the clock',
    controlIds: ['edr-coverage', 'edr-mdr-24x7', 'edr-prevention-mode'],
    risk: 'Without it, nobody sees that somebody works inside the network of {client} until files are encrypted or data is gone. Ordinary virus protection knows malicious files; it does not notice an intruder who uses the tools that are there anyway, at night and on weekends most of all.',
    consequence:
      'Insurers ask what share of servers and workstations is covered, and who watches the alerts. {client} has to answer that they are not. Cover for ransomware may be refused, limited or dearer, and the cause and extent of an incident may not be provable afterwards.',
  },
  'backup-immutability': {
    name: 'Backup out of reach',
    service: 'A backup copy that cannot be changed, kept apart from the network, with tested restores',
    controlIds: ['backup-offline-immutable', 'backup-credential-separation', 'backup-restore-test'],
    risk: 'Without it, whoever takes over an administrator’s account can delete or encrypt the backups together with the data. {client} would then have nothing to restore from. A backup whose restore was never tried may turn out to be incomplete on the day when it is needed.',
    consequence:
      'Insurers ask for a copy that is offline or cannot be changed, for separate accounts and for the date of the last restore test. {client} has to answer no to these. It is among the answers on which ransomware cover depends most often.',
  },
  awareness: {
    name: 'Security awareness training',
    service: 'Security awareness training for all employees, with phishing simulations',
    controlIds: ['training-annual', 'phishing-simulation'],
    risk: 'Without it, the employees of {client} meet well-made fraudulent messages unprepared. A single click can hand over a password; a single payment to a changed bank account is rarely recovered.',
    consequence:
      'Insurers ask whether everybody is trained every year and whether phishing is simulated. {client} has to answer no. Cover for payment fraud may be lower or missing.',
  },
  patching: {
    name: 'Patching and vulnerability scanning',
    service: 'Patching within agreed times, and regular vulnerability scans',
    controlIds: [
      'patch-critical-sla',
      'patch-kev',
      'vuln-scan-external',
      'vuln-scan-internal',
      'eol-systems',
    ],
    risk: 'Without it, weaknesses that are publicly known stay open on the systems of {client}. They are looked for automatically on the whole internet, often within days of becoming known, and nobody would notice which of the systems are open.',
    consequence:
      'Insurers ask within how many days critical patches are installed and how often systems are scanned. {client} has to answer that neither is assured. Some policies pay less for damage through a weakness the longer its patch was available.',
  },
  'email-security': {
    name: 'E-mail security',
    service: 'E-mail filtering, and protection of the domain against forged senders',
    controlIds: ['email-filtering', 'email-sandboxing', 'email-spf', 'email-dkim', 'email-dmarc'],
    risk: 'Without it, dangerous attachments and links reach the employees of {client} unexamined, and strangers can send mail that looks as if it came from {client}, to its own employees as well as to its customers.',
    consequence:
      'Insurers ask whether incoming mail is screened and whether the domain is protected by SPF, DKIM and DMARC; the latter they look up themselves. {client} has to answer no where this service is missing.',
  },
}
