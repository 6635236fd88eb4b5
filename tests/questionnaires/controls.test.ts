import { describe, expect, it } from 'vitest'
import { FACT_DICTIONARY } from '#evidence/facts.ts'
import { claimsOf } from '#questionnaires/answers.ts'
import { loadCatalogue, parseCatalogue, readCatalogue } from '#questionnaires/catalogue.server.ts'
import {
  type CatalogueError,
  type ControlRule,
  getControl,
  getEvidenceKind,
} from '#questionnaires/controls.ts'
import { listQuestions, optionsOf } from '#questionnaires/definition.ts'
import { getEdition } from '#questionnaires/library.server.ts'

const catalogue = loadCatalogue()
const CORE =
  `mfa-email mfa-remote-access mfa-directory-admin mfa-cloud-admin mfa-backup-admin mfa-endpoint-server-admin
  pam-separate-admin-accounts email-dmarc email-filtering edr-coverage edr-mdr-24x7 vuln-scan-external
  patch-critical-sla eol-systems backup-frequency-scope backup-offline-immutable backup-restore-test rdp-not-exposed
  encrypt-endpoints data-record-counts ir-plan training-annual payment-callback msp-access`.split(/\s+/)
const FURTHER =
  `mfa-network-infra-admin mfa-critical-apps mfa-phishing-resistant-admin mfa-legacy-auth-blocked pam-tool
  pam-local-admin account-lifecycle email-spf email-dkim email-sandboxing email-external-tagging
  endpoint-macros-blocked edr-prevention-mode endpoint-hardening vuln-scan-internal patch-kev pen-test
  backup-credential-separation backup-encrypted backup-saas vpn-edge-maintained remote-tools-controlled
  network-segmentation dns-web-filtering encrypt-servers-databases encrypt-in-transit log-central-retention
  soc-monitoring ir-tabletop bcp-dr insurer-notification-ready phishing-simulation payment-dual-authorisation
  vendor-bank-verification vendor-register-contracts vendor-access-review msp-insurance-contract asset-inventory
  security-owner prior-incidents-circumstances risk-assessment-annual`.split(/\s+/)
const codeOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return (error as CatalogueError).code
  }
  return 'nothing was thrown'
}

describe('the control catalogue', () => {
  it('is read once and holds the 65 controls of the research, 24 of them core, in 14 domains', () => {
    expect(loadCatalogue()).toBe(catalogue)
    const ids = catalogue.controls.map((control) => control.id)
    expect(ids).toHaveLength(65)
    expect(ids.toSorted()).toEqual([...CORE, ...FURTHER].sort())
    expect(catalogue.domains).toHaveLength(14)
    expect(catalogue.frameworks).toEqual({ cis: 'CIS Controls v8.1', csf: 'NIST CSF 2.0' })
  })

  it('keeps the age limits of every evidence kind', () => {
    const limits = catalogue.evidenceKinds.map(
      ({ id, freshDays, maximumDays }) => `${id} ${freshDays}/${maximumDays}`,
    )
    expect(limits.sort()).toEqual(
      [
        'idp-policy-export 30/90',
        'mfa-registration-report 30/90',
        'signin-log-sample 30/90',
        'admin-role-export 30/90',
        'console-screenshot 30/90',
        'edr-coverage-report 30/90',
        'device-inventory-export 30/90',
        'mdr-contract null/null',
        'vendor-contract null/null',
        'coi null/null',
        'backup-job-report 30/90',
        'backup-config-export 90/180',
        'restore-test-log 90/365',
        'dns-record-lookup 7/30',
        'email-gateway-config 90/180',
        'external-scan-report 30/60',
        'vuln-scan-summary 60/90',
        'patch-compliance-report 30/90',
        'eol-report 30/90',
        'encryption-report 30/90',
        'training-completion-report 180/365',
        'phishing-campaign-report 90/180',
        'policy-document null/365',
        'plan-document null/365',
        'procedure-document null/365',
        'tabletop-report null/365',
        'pentest-letter null/365',
        'assessment-report null/365',
        'firewall-config-export 90/365',
        'network-diagram 90/365',
        'access-review-record 90/365',
        'vendor-register 90/365',
        'transaction-sample 90/180',
        'exception-register 90/365',
        'declined-service-waiver 90/365',
        'signed-attestation 90/365',
        'loss-run 30/60',
        'financial-statement 180/365',
      ].sort(),
    )
  })

  it('names framework ids in the form of their edition', () => {
    for (const { frameworks } of catalogue.controls) {
      for (const id of frameworks.cis) expect(id).toMatch(/^(1[0-8]|[1-9])\.\d{1,2}$/)
      for (const id of frameworks.csf) expect(id).toMatch(/^(GV|ID|PR|DE|RS|RC)\.[A-Z]{2}-\d{2}$/)
    }
  })

  it('uses only facts that the dictionary defines', () => {
    const rules: ControlRule[] = catalogue.controls.flatMap((control) => control.rules)
    const keys = rules
      .flatMap((rule) => [rule.fact, rule.when?.fact, rule.unless?.fact])
      .filter((key) => key !== undefined)
    expect([...new Set(keys)].filter((key) => !Object.hasOwn(FACT_DICTIONARY, key))).toEqual([])
  })

  it('knows every claim that the core edition can make', () => {
    for (const question of listQuestions(getEdition('core-cyber', '1').edition)) {
      if (!question.control) continue
      const { claims } = getControl(catalogue, question.control)
      const made = optionsOf(question).map((option) => option.claim ?? option.id)
      if (question.kind === 'yes-no')
        made.push('yes', 'no', ...(question.notApplicable ? ['not-applicable'] : []))
      if (question.kind === 'percent') {
        for (const covered of [0, 1, 2]) {
          made.push(
            ...claimsOf(question, { state: 'answered', value: { kind: 'percent', covered, total: 2 } }),
          )
        }
      }
      for (const claim of made) expect(claims, `${question.id} claims ${claim}`).toHaveProperty([claim])
    }
  })

  it('has a rule for every control, at least about what was declined or has ended', () => {
    const bare = catalogue.controls.filter(
      ({ rules, evidenceRules = [] }) => rules.length + evidenceRules.length === 0,
    )
    expect(bare.map(({ id }) => id)).toEqual([])
  })

  it('offers evidence for every claim that needs proof', () => {
    for (const control of catalogue.controls) expect(control.evidence.length, control.id).toBeGreaterThan(0)
  })
})

describe('lookups', () => {
  it('find by id and refuse what is not there', () => {
    expect(getControl(catalogue, 'mfa-email').label).toBe('MFA on every mailbox')
    expect(getEvidenceKind(catalogue, 'loss-run').maximumDays).toBe(60)
    expect(codeOf(() => getControl(catalogue, 'constructor'))).toBe('control-unknown')
    expect(codeOf(() => getEvidenceKind(catalogue, ''))).toBe('evidence-kind-unknown')
  })
})

describe('reading a catalogue', () => {
  const whole = {
    version: '1',
    frameworks: { cis: 'a', csf: 'b' },
    domains: [{ id: 'identity', label: 'Identity' }],
    evidenceKinds: [{ id: 'export', label: 'Export', freshDays: 1, maximumDays: 2 }],
    controls: [
      {
        id: 'one',
        label: 'One',
        domain: 'identity',
        meaning: 'One.',
        frameworks: { cis: [], csf: [] },
        claims: { yes: 'met' },
        evidence: ['export'],
        rules: [
          {
            id: 'rule',
            fact: 'a.b',
            claims: ['yes'],
            viewpoints: ['tenant'],
            contradicts: { is: false },
            reason: 'It is {value}.',
            remedy: 'Fix it.',
          },
        ],
      },
    ],
  }
  const parse = (change: (copy: typeof whole & Record<string, unknown>) => void) => {
    const copy = structuredClone(whole)
    change(copy)
    return () => parseCatalogue(JSON.stringify(copy))
  }

  it('accepts one that is whole', () => {
    expect(parse(() => undefined)().controls).toHaveLength(1)
  })

  it.each<[string, Parameters<typeof parse>[0], RegExp]>([
    [
      'an unknown domain',
      (copy) => {
        copy.controls[0]!.domain = 'x'
      },
      /Domain "x" does not exist/,
    ],
    [
      'an unknown evidence kind',
      (copy) => {
        copy.controls[0]!.evidence = ['x']
      },
      /Evidence kind "x"/,
    ],
    [
      'an unknown claim',
      (copy) => {
        copy.controls[0]!.rules[0]!.claims = ['x']
      },
      /Claim "x"/,
    ],
    [
      'an unknown placeholder',
      (copy) => {
        copy.controls[0]!.rules[0]!.reason = 'It is {vaule}.'
      },
      /Placeholder "vaule"/,
    ],
    [
      'a rule without a test',
      (copy) => {
        delete (copy.controls[0]!.rules[0] as { contradicts?: unknown }).contradicts
      },
      /tests nothing/,
    ],
    [
      'a test with two keys',
      (copy) => {
        copy.controls[0]!.rules[0]!.contradicts = { is: false, above: 1 } as never
      },
      /contradicts/,
    ],
    [
      'a repeated control',
      (copy) => {
        copy.controls.push(copy.controls[0]!)
      },
      /"one" is there twice/,
    ],
    [
      'a cross-check of nothing',
      (copy) => {
        const side = { control: 'two', claims: ['yes'] }
        copy.crossChecks = [
          {
            id: 'c',
            first: side,
            second: side,
            outcome: 'weakens',
            reason: 'Compare {other}.',
            remedy: 'Fix.',
          },
        ]
      },
      /Control "two"/,
    ],
    [
      'a misspelt key',
      (copy) => {
        copy.verison = '2'
      },
      /verison/,
    ],
  ])('refuses %s and names the place', (_, change, message) => {
    expect(parse(change)).toThrow(message)
    expect(codeOf(parse(change))).toBe('catalogue-invalid')
  })

  it('refuses what is no YAML, and a file that is not there', () => {
    expect(codeOf(() => parseCatalogue('a: [1'))).toBe('catalogue-invalid')
    expect(codeOf(() => parseCatalogue(''))).toBe('catalogue-invalid')
    expect(codeOf(() => readCatalogue('nowhere/controls.yaml'))).toBe('catalogue-missing')
  })
})
