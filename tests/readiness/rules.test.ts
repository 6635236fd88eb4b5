import { afterAll, describe, expect, it } from 'vitest'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import { CORE_CASES } from './rule-table.ts'
import { FURTHER_CASES } from './rule-table-further.ts'
import {
  ask,
  catalogue,
  claim,
  daysAgo,
  document,
  exception,
  fact,
  form,
  judge,
  share,
  situation,
} from './situation.ts'

const seen = new Set<string>()

describe('every rule of the 65 controls', () => {
  it.each(
    [...CORE_CASES, ...FURTHER_CASES].map((row) => {
      const facts = row.facts.map(
        ({ key, value, numerator, denominator, scope }) =>
          `${key} = ${denominator ? `${numerator}/${denominator}` : value} (${scope.viewpoint})`,
      )
      return [
        `${row.control} “${row.claim}”${row.question ? ' (scoped)' : ''} and ${facts.join(', ')}: ${row.outcome ?? 'nothing'}`,
        row,
      ] as const
    }),
  )('%s', (_, { control, claim: claimed, facts, outcome, question }) => {
    const { answer } = judge(control, claim(claimed), { facts }, question)
    const told = answer.reasons.filter((reason) => reason.factIds.includes(facts[0]!.id))
    for (const reason of told) seen.add(`${reason.ruleId} ${reason.outcome}`)
    if (outcome === null)
      return expect(told.filter((reason) => reason.outcome !== 'not-comparable')).toEqual([])
    expect(told.map((reason) => reason.outcome)).toContain(outcome)
    for (const { sentence } of told) {
      expect(sentence).not.toMatch(/[{}[\]|]|undefined|NaN|null/)
      expect(sentence).toMatch(/^[A-Z0-9“].*[.)]$/)
    }
    if (outcome === 'contradicts') expect(answer.status).toBe('contradicted')
    if (outcome === 'supports') expect(answer.status).toBe('supported')
    if (outcome === 'weakens') expect(['unsupported', 'supported']).toContain(answer.status)
  })

  it('compares shares that the answer states with the share that was seen', () => {
    const percent = (covered: number, key: string, population: string, ...counts: [number, number]) => {
      const question = { kind: 'percent', options: undefined, population }
      const answer = { state: 'answered', value: { kind: 'percent', covered, total: 100 } } as const
      const result = judge('edr-coverage', answer, { facts: [share(key, ...counts)] }, question).answer
      for (const reason of result.reasons) seen.add(`${reason.ruleId} ${reason.outcome}`)
      return result.status
    }
    expect(percent(95, 'endpoint.edr_coverage_percent', 'workstations', 60, 100)).toBe('contradicted')
    expect(percent(95, 'endpoint.edr_coverage_percent', 'workstations', 90, 100)).toBe('unsupported')
    expect(percent(95, 'endpoint.edr_coverage_percent', 'workstations', 96, 100)).toBe('supported')
    expect(percent(95, 'endpoint.edr_server_coverage_percent', 'servers', 60, 100)).toBe('contradicted')
    expect(percent(95, 'endpoint.edr_server_coverage_percent', 'servers', 90, 100)).toBe('unsupported')
    expect(percent(95, 'endpoint.edr_server_coverage_percent', 'workstations', 60, 100)).toBe('unsupported')
  })

  it('compares numbers and amounts that the answer states with what was counted', () => {
    const amount = { kind: 'currency', options: undefined, currency: 'USD' }
    const status = (
      control: string,
      question: Record<string, unknown>,
      value: object,
      key: string,
      seenValue: number,
    ) => {
      const facts = [fact(key, seenValue, { viewpoint: 'statement', evidenceKind: 'procedure-document' })]
      const result = judge(control, { state: 'answered', value } as never, { facts }, question).answer
      for (const reason of result.reasons) seen.add(`${reason.ruleId} ${reason.outcome}`)
      return result.status
    }
    const stated = { kind: 'currency', amountMinor: 1_000_000, currency: 'USD' }
    expect(status('payment-callback', amount, stated, 'payment.callback_threshold', 1_000_001)).toBe(
      'contradicted',
    )
    expect(status('payment-callback', amount, stated, 'payment.callback_threshold', 1_000_000)).toBe(
      'supported',
    )
    const number = { kind: 'number', options: undefined }
    const counted = { kind: 'number', number: 5000 }
    expect(status('data-record-counts', number, counted, 'data.pii_record_count', 5001)).toBe('contradicted')
    expect(status('data-record-counts', number, counted, 'data.pii_record_count', 5000)).toBe('supported')
    expect(status('data-record-counts', number, counted, 'data.phi_record_count', 5001)).toBe('contradicted')
    expect(
      status('payment-dual-authorisation', amount, stated, 'payment.dual_auth_threshold', 1_000_001),
    ).toBe('contradicted')
    expect(
      status('payment-dual-authorisation', amount, stated, 'payment.dual_auth_threshold', 1_000_000),
    ).toBe('supported')
    const hours = { ...number, scope: 'Recovery of the most important systems' }
    const twelve = { kind: 'number', number: 12 }
    expect(status('bcp-dr', hours, twelve, 'backup.last_full_restore_hours', 13)).toBe('contradicted')
    expect(status('bcp-dr', hours, twelve, 'backup.last_full_restore_hours', 12)).toBe('supported')
  })

  it('contradicts a number of devices that is more than a tenth away from those seen', () => {
    const question = { kind: 'number', options: undefined, scope: 'Computers and laptops' }
    const statusOf = (seenDevices: number) => {
      const answer = { state: 'answered', value: { kind: 'number', number: 100 } } as const
      const facts = [fact('asset.device_count', seenDevices)]
      const result = judge('asset-inventory', answer, { facts }, question).answer
      for (const reason of result.reasons) seen.add(`${reason.ruleId} ${reason.outcome}`)
      return result.status
    }
    expect([89, 90, 110, 111].map(statusOf)).toEqual([
      'contradicted',
      'supported',
      'supported',
      'contradicted',
    ])
  })

  it('contradicts a number of users that is more than a tenth away from those seen, and no number of employees', () => {
    const statusOf = (scope: string, seenUsers: number) => {
      const question = { kind: 'number', options: undefined, scope }
      const answer = { state: 'answered', value: { kind: 'number', number: 100 } } as const
      const result = judge(
        'asset-inventory',
        answer,
        { facts: [fact('asset.user_count', seenUsers)] },
        question,
      )
      for (const reason of result.answer.reasons) seen.add(`${reason.ruleId} ${reason.outcome}`)
      return result.answer.status
    }
    expect([89, 90, 110, 111].map((count) => statusOf('Active user accounts', count))).toEqual([
      'contradicted',
      'supported',
      'supported',
      'contradicted',
    ])
    expect(statusOf('Employees', 200)).toBe('unsupported')
  })

  it('leaves training partly in place where an exception covers the one in ten who missed it', () => {
    const statusOf = (trained: number) =>
      judge('training-annual', claim('all'), {
        facts: [share('training.completion_percent_12m', trained, 100)],
        exceptions: [exception('training-annual')],
      }).control.status
    expect([89, 90, 99].map(statusOf)).toEqual(['unmet', 'partly', 'partly'])
  })

  it('lets a gateway with MFA, payments that never happened and later passes excuse what they excuse', () => {
    const outside = { viewpoint: 'external' } as const
    const statusOf = (control: string, ...facts: ReturnType<typeof fact>[]) =>
      judge(control, claim(control === 'backup-restore-test' ? 'older' : 'yes'), {
        facts,
      }).answer.reasons.map((reason) => reason.outcome)
    const open = fact('exposure.rdp_open_count', 1, outside)
    expect(statusOf('mfa-remote-access', open, fact('mfa.rdp_gateway_required', true))).not.toContain(
      'contradicts',
    )
    expect(statusOf('mfa-remote-access', open, fact('mfa.rdp_gateway_required', false))).toContain(
      'contradicts',
    )
    const none = fact('payment.callback_records_90d', 0)
    expect(statusOf('payment-callback', none, fact('payment.payments_90d', 0))).not.toContain('weakens')
    const failed = fact('backup.last_restore_result', 'failed', { subject: 'server 1', ageDays: 9 })
    expect(
      statusOf(
        'backup-restore-test',
        failed,
        fact('backup.last_restore_result', 'passed', { subject: 'server 2', ageDays: 3 }),
      ),
    ).not.toContain('contradicts')
    expect(
      statusOf(
        'backup-restore-test',
        failed,
        fact('backup.last_restore_result', 'passed', { subject: 'server 2', ageDays: 12 }),
      ),
    ).toContain('contradicts')
    const reportOnly = fact('mfa.ca_policies_report_only_count', 3, { numerator: 3, denominator: 3 })
    expect(statusOf('mfa-email', reportOnly, share('mfa.user_enforced_percent', 43, 43))).not.toContain(
      'contradicts',
    )
    const administrators = fact('pam.domain_admin_count', 3, { viewpoint: 'internal' })
    expect(
      statusOf('mfa-directory-admin', administrators, share('mfa.admin_coverage_percent', 5, 5)),
    ).toContain('weakens')
    expect(
      statusOf(
        'mfa-directory-admin',
        administrators,
        share('mfa.admin_coverage_percent', 5, 5, { viewpoint: 'internal' }),
      ),
    ).not.toContain('weakens')
    const cloudAdmins = fact('pam.global_admin_count', 2)
    expect(statusOf('mfa-cloud-admin', cloudAdmins, share('mfa.admin_coverage_percent', 2, 2))).not.toContain(
      'weakens',
    )
  })

  it('contradicts monitoring under a contract that ended, unless a later one is on file', () => {
    const linked = { controlIds: ['edr-mdr-24x7'] }
    const ended = document('mdr-contract', { ...linked, ageDays: 400, validUntil: daysAgo(10) })
    const running = document('mdr-contract', { ...linked, validUntil: daysAgo(-300) })
    const statuses = [[ended], [ended, running], [running]].map(
      (evidence) => judge('edr-mdr-24x7', claim('around-the-clock'), { evidence }).answer.status,
    )
    expect(statuses).toEqual(['contradicted', 'supported', 'supported'])
  })

  it('contradicts a provider that is said to be insured after its certificate ended', () => {
    const linked = { controlIds: ['msp-insurance-contract'] }
    const ended = document('coi', { ...linked, ageDays: 400, validUntil: daysAgo(10) })
    const running = document('coi', { ...linked, validUntil: daysAgo(-300) })
    const statuses = [[ended], [ended, running]].map(
      (evidence) => judge('msp-insurance-contract', claim('yes'), { evidence }).answer.status,
    )
    expect(statuses).toEqual(['contradicted', 'supported'])
  })

  it.each(catalogue.controls.map(({ id }) => id))(
    'contradicts a claim to %s that the client declined in writing',
    (control) => {
      const { claims } = catalogue.controls.find(({ id }) => id === control)!
      const evidence = [document('declined-service-waiver', { controlIds: [control] })]
      for (const [claimed, meaning] of Object.entries(claims)) {
        // A number needs its own kind of question; what it states is judged by the rules above.
        if (claimed === 'stated') continue
        const { answer } = judge(control, claim(claimed), { evidence })
        const isClaim = meaning === 'met' || meaning === 'partly'
        expect([claimed, answer.status]).toEqual([claimed, isClaim ? 'contradicted' : 'not-claimed'])
        if (isClaim) expect(answer.reasons[0]).toMatchObject({ ruleId: 'declined-in-writing' })
      }
    },
  )

  it('weakens a claim to a penetration test that only a scan is shown for', () => {
    const of = (kind: string, ageDays = 10) => document(kind, { controlIds: ['pen-test'], ageDays })
    const judged = (...evidence: ReturnType<typeof of>[]) =>
      judge('pen-test', claim('within-12-months'), { evidence }).answer
    for (const kind of ['external-scan-report', 'vuln-scan-summary']) {
      const { status, reasons } = judged(of(kind))
      expect(status).toBe('unsupported')
      expect(reasons.map(({ outcome, sentence }) => `${outcome}: ${sentence}`)).toEqual([
        expect.stringMatching(/^weakens: A scan is presented as the penetration test/),
        expect.stringMatching(/^not-comparable: .*A scan lists weaknesses; nobody tried to use them\.$/),
        'not-comparable: Nothing on file shows what this answer claims.',
      ])
      const besideLetter = judged(of(kind), of('pentest-letter'))
      expect(besideLetter.status).toBe('supported')
      expect(besideLetter.reasons.some(({ outcome }) => outcome === 'weakens')).toBe(false)
    }
    const older = judge('pen-test', claim('older'), { evidence: [of('external-scan-report')] }).answer
    expect(older.reasons.some(({ outcome }) => outcome === 'weakens')).toBe(false)
  })

  it('lets a waiver that is too old to count contradict nothing', () => {
    const old = [document('declined-service-waiver', { controlIds: ['mfa-email'], ageDays: 400 })]
    expect(judge('mfa-email', claim('yes'), { evidence: old }).answer.status).toBe('unsupported')
  })

  it('answers about one control leave the others alone', () => {
    const edition = form(ask('rdp-not-exposed'), ask('ir-plan'))
    const facts = [fact('exposure.rdp_open_count', 2, { viewpoint: 'external' })]
    const { answers } = evaluateReadiness(
      situation(edition, { 'rdp-not-exposed': claim('yes'), 'ir-plan': claim('yes') }, { facts }),
    )
    expect(answers.map((answer) => answer.status)).toEqual(['contradicted', 'unsupported'])
  })

  afterAll(() => {
    const demanded = catalogue.controls.flatMap((control) =>
      control.rules.flatMap((rule) =>
        (['contradicts', 'weakens', 'supports'] as const)
          .filter((outcome) => rule[outcome])
          .map((outcome) => `${rule.id} ${outcome}`),
      ),
    )
    expect(
      demanded.filter((rule) => !seen.has(rule)),
      'rules that no case exercises',
    ).toEqual([])
  })
})
