import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { CORE_CASES } from './rule-table.ts'
import { FURTHER_CASES } from './rule-table-further.ts'

/** The rules of domain/controls.md, control by control: X contradicts, W weakens, in the order in which they stand there. */
const MARKS: Record<string, string> = {
  'mfa-email': 'XXWX',
  'mfa-remote-access': 'XXWX',
  'mfa-directory-admin': 'XW',
  'mfa-cloud-admin': 'XW',
  'mfa-backup-admin': 'X',
  'mfa-network-infra-admin': 'XX',
  'mfa-endpoint-server-admin': 'XX',
  'mfa-critical-apps': 'XW',
  'mfa-phishing-resistant-admin': 'X',
  'mfa-legacy-auth-blocked': 'X',
  'pam-separate-admin-accounts': 'XXW',
  'pam-tool': 'XW',
  'pam-local-admin': 'XX',
  'account-lifecycle': 'XW',
  'email-spf': 'XW',
  'email-dkim': 'WX',
  'email-dmarc': 'XWW',
  'email-filtering': 'X',
  'email-sandboxing': 'X',
  'email-external-tagging': 'X',
  'endpoint-macros-blocked': 'X',
  'edr-coverage': 'XXWXW',
  'edr-mdr-24x7': 'XX',
  'edr-prevention-mode': 'XW',
  'endpoint-hardening': 'W',
  'vuln-scan-external': 'XX',
  'vuln-scan-internal': 'X',
  'patch-critical-sla': 'XXW',
  'patch-kev': 'X',
  'eol-systems': 'XX',
  'pen-test': 'XWW',
  'backup-frequency-scope': 'XXW',
  'backup-offline-immutable': 'XX',
  'backup-credential-separation': 'XX',
  'backup-encrypted': 'X',
  'backup-restore-test': 'XXW',
  'backup-saas': 'X',
  'rdp-not-exposed': 'X',
  'vpn-edge-maintained': 'X',
  'remote-tools-controlled': 'X',
  'network-segmentation': 'X',
  'dns-web-filtering': 'W',
  'encrypt-endpoints': 'XW',
  'encrypt-servers-databases': 'W',
  'encrypt-in-transit': 'W',
  'data-record-counts': 'XW',
  'log-central-retention': 'XW',
  'soc-monitoring': 'X',
  'ir-plan': 'XW',
  'ir-tabletop': 'X',
  'bcp-dr': 'XX',
  'insurer-notification-ready': 'W',
  'training-annual': 'XW',
  'phishing-simulation': 'XX',
  'payment-callback': 'XW',
  'payment-dual-authorisation': 'X',
  'vendor-bank-verification': 'W',
  'vendor-register-contracts': 'X',
  'vendor-access-review': 'X',
  'msp-access': 'X',
  'msp-insurance-contract': 'X',
  'asset-inventory': 'XX',
  'security-owner': 'W',
  'prior-incidents-circumstances': 'X',
  'risk-assessment-annual': 'X',
}

/** Marks that no fact bears, so that their cases stand in rules.test.ts instead of in the table. */
const ELSEWHERE: Record<string, string> = {
  'msp-insurance-contract X': 'a waiver on file; tested for every control',
  'training-annual W': 'a contradiction that an exception excuses from 90 % on',
}

const DOMAIN_FILE = fileURLToPath(new URL('../../../shared/domain/controls.md', import.meta.url))

describe('the rules that domain/controls.md marks', () => {
  it.each(Object.entries(MARKS))('%s: each of %s has a case in the table', (control, marks) => {
    for (const mark of new Set(marks)) {
      if (ELSEWHERE[`${control} ${mark}`]) continue
      const outcome = mark === 'X' ? 'contradicts' : 'weakens'
      const cases = [...CORE_CASES, ...FURTHER_CASES].filter(
        (row) => row.control === control && row.outcome === outcome,
      )
      expect(cases.length, `${control} ${outcome}`).toBeGreaterThan(0)
    }
  })

  it.skipIf(!existsSync(DOMAIN_FILE))('are the ones listed here', () => {
    const found: Record<string, string> = {}
    let control = ''
    for (const line of readFileSync(DOMAIN_FILE, 'utf8').split('\n')) {
      control = /^### `([\w-]+)`/.exec(line)?.[1] ?? (line.startsWith('## ') ? '' : control)
      const marks = [...line.matchAll(/\*\*([XW])\*\*/g)].map(([, mark]) => mark).join('')
      if (control && marks) found[control] = (found[control] ?? '') + marks
    }
    expect(found).toEqual(MARKS)
  })
})
