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

/** How many marks of a control have their cases in rules.test.ts instead of in the table, and which. */
const ELSEWHERE: Record<string, [count: number, which: string]> = {
  'msp-insurance-contract X': [1, 'a waiver on file; tested for every control'],
  'training-annual W': [1, 'a contradiction that an exception excuses from 90 % on'],
  'pen-test W': [1, 'a scan presented as a test'],
  'bcp-dr X': [1, 'hours of recovery that the answer states against those measured'],
  'asset-inventory X': [1, 'devices that the answer states against those seen'],
}

/** Controls whose marks tell several bounds of one fact, each for a claim of its own. */
const BY_CLAIM = ['backup-frequency-scope X', 'phishing-simulation X']

const DOMAIN_FILE = fileURLToPath(new URL('../../../shared/domain/controls.md', import.meta.url))

describe('the rules that domain/controls.md marks', () => {
  it.each(Object.entries(MARKS))('%s: each of %s has a case of its own in the table', (control, marks) => {
    for (const mark of new Set(marks)) {
      const name = `${control} ${mark}`
      const outcome = mark === 'X' ? 'contradicts' : 'weakens'
      // A rule is what it looks at: two cases of the same facts are two cases of one rule.
      const rules = new Set(
        [...CORE_CASES, ...FURTHER_CASES]
          .filter((row) => row.control === control && row.outcome === outcome)
          .map(({ facts, claim }) => {
            const keys = facts.map(({ key }) => key).sort()
            return BY_CLAIM.includes(name) ? `${keys} ${claim}` : `${keys}`
          }),
      )
      const marked = [...marks].filter((one) => one === mark).length - (ELSEWHERE[name]?.[0] ?? 0)
      expect(rules.size, `${name}: ${[...rules].join('; ')}`).toBeGreaterThanOrEqual(marked)
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
