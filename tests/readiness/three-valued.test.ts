import { describe, expect, it } from 'vitest'
import { claim, daysAgo, document, exception, fact, judge, NOW, share } from './situation.ts'

const outside = { viewpoint: 'external', evidenceKind: 'external-scan-report' } as const
const closed = (more: Parameters<typeof fact>[2] = {}) =>
  fact('exposure.rdp_open_count', 0, { ...outside, ...more })
const open = (more: Parameters<typeof fact>[2] = {}) =>
  fact('exposure.rdp_open_count', 2, { ...outside, ...more })
const rdp = (...facts: ReturnType<typeof fact>[]) => judge('rdp-not-exposed', claim('yes'), { facts }).answer

describe('what a fact may say', () => {
  it('says nothing outside its viewpoint, and that is told', () => {
    const answer = rdp(open({ viewpoint: 'internal' }))
    expect(answer.status).toBe('unsupported')
    expect(answer.reasons[0]).toMatchObject({ outcome: 'not-comparable', factIds: [expect.any(String)] })
    expect(answer.reasons[0]?.sentence).toContain('from inside the network says nothing here')
  })

  it('disproves by what a person admits, yet proves nothing by what a person says', () => {
    const said = (encrypted: number) =>
      share('crypto.endpoint_encrypted_percent', encrypted, 100, { viewpoint: 'statement' })
    const status = (encrypted: number) =>
      judge('encrypt-endpoints', claim('all'), { facts: [said(encrypted)] }).answer.status
    expect(status(60)).toBe('contradicted')
    expect(status(100)).toBe('unsupported')
  })

  it('contradicts by a counter-example even when only part was looked at, and never supports so', () => {
    expect(rdp(open({ completeness: 'partial' })).status).toBe('contradicted')
    const answer = rdp(closed({ completeness: 'partial', note: 'one address of four' }))
    expect(answer.status).toBe('unsupported')
    expect(answer.reasons.map((reason) => reason.sentence).join()).toContain('one address of four')
  })

  it('leaves facts without a date and facts from the future aside, with the reason', () => {
    for (const ageDays of [Number.NaN, -1]) {
      const answer = rdp(open({ ageDays }))
      expect(answer.status).toBe('unsupported')
      expect(answer.reasons[0]?.sentence).toMatch(/carries no date|dated in the future/)
    }
    expect(rdp(open({ ageDays: 0 })).status).toBe('contradicted')
  })

  it('leaves values aside that do not fit their kind', () => {
    const cases = [
      judge('rdp-not-exposed', claim('yes'), { facts: [fact('exposure.rdp_open_count', 'two', outside)] }),
      judge('backup-restore-test', claim('within-12-months'), {
        facts: [fact('backup.last_restore_test_date', 'last week')],
      }),
      judge('backup-restore-test', claim('within-12-months'), {
        facts: [fact('backup.last_restore_test_date', '2031-01-01')],
      }),
      judge('training-annual', claim('all'), { facts: [share('training.completion_percent_12m', 0, 0)] }),
      judge('mfa-email', claim('yes'), { facts: [fact('mfa.user_enforced_percent', Number.NaN)] }),
    ]
    for (const { answer } of cases) {
      expect(answer.status).toBe('unsupported')
      expect(answer.reasons[0]).toMatchObject({
        outcome: 'not-comparable',
        sentence: expect.stringContaining('cannot be compared'),
      })
    }
  })

  it('tells one and several apart', () => {
    const sentence = (count: number) =>
      rdp(fact('exposure.rdp_open_count', count, outside)).reasons[0]?.sentence
    expect(sentence(1)).toMatch(/^1 Remote Desktop service answers /)
    expect(sentence(2)).toMatch(/^2 Remote Desktop services answer /)
  })

  it('reads no placeholder out of a value that looks like one', () => {
    const { sentence } = rdp(open({ subject: '{value} $& [a|b] {reason}' })).reasons[0]!
    expect(sentence).toContain(
      '2 Remote Desktop services answer from the internet ({value} $& [a|b] {reason}, seen on 23 November 2026)',
    )
  })
})

describe('age', () => {
  it('lets a stale fact neither contradict nor support', () => {
    for (const item of [open({ ageDays: 61 }), closed({ ageDays: 61 })]) {
      const answer = rdp(item)
      expect(answer.status).toBe('stale')
      expect(answer.reasons[0]).toMatchObject({
        outcome: 'stale',
        remedy: 'Collect again: External scan report.',
      })
    }
    expect(rdp(open({ ageDays: 60 })).status).toBe('contradicted')
  })

  it('counts an expiring fact and says so', () => {
    const answer = rdp(closed({ ageDays: 31 }))
    expect(answer.status).toBe('supported')
    expect(answer.reasons[0]?.sentence).toContain('It is 31 days old and should be collected again.')
    expect(rdp(closed({ ageDays: 30 })).reasons[0]?.sentence).not.toContain('collected again')
  })

  it('follows the end date that the document behind a fact states', () => {
    const item = fact('endpoint.mdr_24x7', true, {
      viewpoint: 'statement',
      evidenceKind: 'mdr-contract',
      ageDays: 300,
    })
    const status = (validUntil: Date) => {
      const evidence = [document('mdr-contract', { revisionId: item.revisionId, validUntil })]
      return judge('edr-mdr-24x7', claim('around-the-clock'), { facts: [item], evidence }).answer.status
    }
    expect(status(daysAgo(-20))).toBe('supported')
    expect(status(daysAgo(1))).toBe('stale')
    expect(status(NOW)).toBe('supported')
  })

  it('grows ages by the time since the observation', () => {
    const scan = (value: number, ageDays: number) =>
      judge('vuln-scan-external', claim('monthly'), {
        facts: [fact('vuln.external_scan_age_days', value, { ...outside, ageDays })],
      }).answer
    expect(scan(0, 45).status).toBe('supported')
    expect(scan(0, 46).status).toBe('contradicted')
    expect(scan(30, 16).reasons[0]?.sentence).toContain('is 46 days old')
  })

  it('judges a backup by its age in the report, and the report by its own age', () => {
    const backup = (ageDays: number) => {
      const facts = [
        fact('backup.last_success_age_hours', 20, { evidenceKind: 'backup-job-report', ageDays }),
      ]
      return judge('backup-frequency-scope', claim('daily'), { facts }).answer.status
    }
    expect([backup(0), backup(29), backup(91)]).toEqual(['supported', 'supported', 'stale'])
  })

  it('does not judge what the catalogue has no age limit for', () => {
    expect(rdp(closed({ evidenceKind: 'hearsay' })).status).toBe('unsupported')
  })
})

describe('several facts', () => {
  it('lets the newest of one scope speak and makes older ones history', () => {
    expect(rdp(open({ ageDays: 20 }), closed({ ageDays: 2 }))).toMatchObject({
      status: 'supported',
      reasons: [{ outcome: 'supports' }],
    })
    expect(rdp(closed({ ageDays: 20 }), open({ ageDays: 2 })).status).toBe('contradicted')
  })

  it('knows one place written in two ways', () => {
    expect(
      rdp(open({ ageDays: 20, subject: 'Main  Office' }), closed({ ageDays: 2, subject: 'main office' }))
        .status,
    ).toBe('supported')
  })

  it('considers every site', () => {
    expect(rdp(open({ ageDays: 20, subject: 'Lyon' }), closed({ ageDays: 2, subject: 'Paris' })).status).toBe(
      'contradicted',
    )
  })

  it('does not let a newer sample outdate a full count, but lets it add a counter-example', () => {
    const sample = { completeness: 'partial', ageDays: 1 } as const
    expect(rdp(open({ ageDays: 5 }), closed(sample)).status).toBe('contradicted')
    expect(rdp(closed({ ageDays: 5 }), open(sample)).status).toBe('contradicted')
    expect(rdp(closed({ ageDays: 5 }), closed(sample)).status).toBe('supported')
    expect(rdp(closed({ ageDays: 1 }), open({ ...sample, ageDays: 5 })).status).toBe('supported')
  })

  it('takes the worse of two of the same moment', () => {
    expect(rdp(open(), closed()).status).toBe('contradicted')
    const calls = (count: number) => fact('payment.callback_records_90d', count)
    const status = (...counts: number[]) =>
      judge('payment-callback', claim('yes'), { facts: counts.map(calls) }).answer.status
    expect([status(0, 12), status(12, 0), status(12, 12)]).toEqual([
      'unsupported',
      'unsupported',
      'supported',
    ])
  })

  it('lets a fresh fact speak although a newer one of another kind is stale', () => {
    const stale = open({ ageDays: 65, evidenceKind: 'external-scan-report' })
    const counting = closed({ ageDays: 80, evidenceKind: 'assessment-report' })
    expect(rdp(stale, counting).status).toBe('supported')
  })
})

describe('attached documents', () => {
  const attach = (kind: string, more: Parameters<typeof document>[1] = {}) =>
    document(kind, { questionIds: ['mfa-email'], ...more })
  const email = (evidence: ReturnType<typeof document>[], facts: ReturnType<typeof fact>[] = []) =>
    judge('mfa-email', claim('yes'), { evidence, facts }).answer

  it('support an answer that no fact contradicts, whether linked to the question or to the control', () => {
    expect(email([attach('idp-policy-export')])).toMatchObject({ status: 'supported', weakened: false })
    expect(email([document('idp-policy-export', { controlIds: ['mfa-email'] })]).status).toBe('supported')
    expect(email([document('idp-policy-export', { controlIds: ['ir-plan'] })]).status).toBe('unsupported')
    const withFact = email([attach('idp-policy-export')], [share('mfa.user_enforced_percent', 41, 43)])
    expect(withFact.status).toBe('contradicted')
  })

  it('support weakly where the kind is weak, and say why', () => {
    const answer = email([attach('console-screenshot')])
    expect(answer).toMatchObject({ status: 'supported', weakened: true })
    expect(answer.reasons.find((reason) => reason.outcome === 'weakens')?.sentence).toContain(
      'an export of the same setting is stronger',
    )
  })

  it('prove nothing where the kind does not fit: registered is not enforced', () => {
    const answer = email([attach('mfa-registration-report')])
    expect(answer.status).toBe('unsupported')
    expect(answer.reasons[0]?.sentence).toContain('who can use MFA, not who must')
    expect(email([attach('loss-run')]).status).toBe('unsupported')
  })

  it('let their own facts speak for them', () => {
    const item = fact('exposure.rdp_open_count', 0, {
      viewpoint: 'internal',
      evidenceKind: 'external-scan-report',
    })
    const evidence = [
      document('external-scan-report', { questionIds: ['rdp-not-exposed'], revisionId: item.revisionId }),
    ]
    expect(judge('rdp-not-exposed', claim('yes'), { evidence }).answer.status).toBe('supported')
    expect(judge('rdp-not-exposed', claim('yes'), { evidence, facts: [item] }).answer.status).toBe(
      'unsupported',
    )
  })

  it('count by age and end date', () => {
    const status = (more: Parameters<typeof document>[1]) => email([attach('idp-policy-export', more)]).status
    expect(status({ ageDays: 90 })).toBe('supported')
    expect(status({ ageDays: 91 })).toBe('stale')
    expect(status({ validUntil: daysAgo(1) })).toBe('stale')
    expect(status({ ageDays: -1 })).toBe('unsupported')
    expect(status({ observedAt: new Date(Number.NaN) })).toBe('unsupported')
  })

  it('count in their newest revision only', () => {
    const older = attach('idp-policy-export', { evidenceId: 'one', ageDays: 5 })
    const newer = attach('loss-run', { evidenceId: 'one', ageDays: 1 })
    expect(email([older, newer]).status).toBe('unsupported')
  })
})

describe('exceptions', () => {
  const contradicted = (more: Parameters<typeof exception>[1] | null) =>
    judge('mfa-email', claim('yes'), {
      facts: [share('mfa.user_enforced_percent', 41, 43)],
      exceptions: more === null ? [] : [exception('mfa-email', more)],
    })

  it('cover a contradiction to the end of their last day, and no longer', () => {
    const today = NOW.toISOString().slice(0, 10)
    expect(contradicted({ expiresOn: today }).answer).toMatchObject({
      status: 'contradicted',
      exceptionId: 'exception-1',
    })
    expect(contradicted({ expiresOn: today }).readiness.blocking).toEqual([])
    const expired = contradicted({ expiresOn: '2026-11-23' })
    expect(expired.answer.exceptionId).toBeNull()
    expect(expired.readiness.blocking).toMatchObject([{ questionId: 'mfa-email', why: 'contradicted' }])
  })

  it.each([
    ['2026-11-24T00:00:00.000Z', true],
    ['2026-11-24T23:59:59.999Z', true],
    ['2026-11-25T00:00:00.000Z', false],
  ])('judge their last day in UTC: at %s it covers, %s', (at, covers) => {
    const { answer, readiness } = judge('mfa-email', claim('yes'), {
      facts: [share('mfa.user_enforced_percent', 41, 43, { ageDays: 3 })],
      exceptions: [exception('mfa-email', { expiresOn: '2026-11-24' })],
      now: new Date(at),
    })
    expect(answer.exceptionId).toBe(covers ? 'exception-1' : null)
    expect(readiness.blocking.length).toBe(covers ? 0 : 1)
  })

  it('cover only their own question', () => {
    expect(contradicted({ questionId: 'another' }).readiness.blocking).toHaveLength(1)
  })

  it('are named only where there is something to cover', () => {
    const { answer } = judge('mfa-email', claim('yes'), { exceptions: [exception('mfa-email')] })
    expect(answer).toMatchObject({ status: 'unsupported', exceptionId: null })
  })

  it('take the one that lasts longest', () => {
    const facts = [share('mfa.user_enforced_percent', 41, 43)]
    const exceptions = [
      exception('mfa-email', { id: 'b', expiresOn: '2027-05-01' }),
      exception('mfa-email', { id: 'a', expiresOn: '2026-12-01' }),
    ]
    expect(judge('mfa-email', claim('yes'), { facts, exceptions }).answer.exceptionId).toBe('b')
  })
})
