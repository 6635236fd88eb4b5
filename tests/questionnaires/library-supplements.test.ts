import { describe, expect, it } from 'vitest'
import { type Answers, answersAsRead, claimsOf, progressOf, validateAnswer } from '#questionnaires/answers.ts'
import { undecidedQuestions } from '#questionnaires/branching.ts'
import { deriveAnswer, statementOf } from '#questionnaires/canonical.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import { listQuestions, optionsOf } from '#questionnaires/definition.ts'
import { carry, chosen, differenceOf, editionOf, questionOf, said, shown } from './library-editions.ts'
import { NOW } from './sample-questions.ts'

describe('the ransomware supplement', () => {
  const numbers = ['1', '2']
  const yesOnlyOf = (number: string) =>
    listQuestions(editionOf('ransomware-supplement', number)).filter(
      (question) => question.kind === 'yes-no' && question.yesOnly,
    )

  it.each(numbers)(
    'has 15 to 30 questions in edition %s, most of them to be answered "yes" or left blank',
    (number) => {
      const count = listQuestions(editionOf('ransomware-supplement', number)).length
      expect(count).toBeGreaterThanOrEqual(15)
      expect(count).toBeLessThanOrEqual(30)
      expect(yesOnlyOf(number).length).toBeGreaterThan(count / 2)
    },
  )

  it.each(numbers)('takes a "yes" and nothing else where only "yes" can be chosen (edition %s)', (number) => {
    for (const question of yesOnlyOf(number)) {
      expect(validateAnswer(question, said('yes'), NOW).ok, question.id).toBe(true)
      expect(validateAnswer(question, said('no', 'Not yet.'), NOW).ok, question.id).toBe(false)
    }
  })

  it.each(numbers)(
    'reads a blank as "no", which misses nothing and claims nothing (edition %s)',
    (number) => {
      const edition = editionOf('ransomware-supplement', number)
      const read = answersAsRead(edition, {})
      const missing = progressOf(edition, {}).flatMap(({ requiredMissing }) => requiredMissing)
      for (const question of yesOnlyOf(number)) {
        expect(read[question.id], question.id).toEqual(said('no'))
        expect(missing).not.toContain(question.id)
        if (question.control) expect(claimsOf(question, read[question.id]), question.id).toEqual(['no'])
      }
      expect(missing).toContain('security-lead')
      expect(read).not.toHaveProperty('security-lead')
    },
  )

  it('leaves an item blank rather than proposing "no" from another form', () => {
    const question = questionOf('ransomware-supplement', '2', 'mfa-directory')
    const other = questionOf('mfa-attestation', '3', 'mfa-admin-directory')
    const proposed = (choice: 'yes' | 'no') => {
      const statement = statementOf(other, said(choice, 'One account.'))
      return statement && deriveAnswer(question, statement, NOW)?.answer
    }
    expect(proposed('yes')).toMatchObject({ value: { choice: 'yes' } })
    expect(proposed('no') ?? null).toBeNull()
  })

  const GATES: [string, string, string][] = [
    ['1', 'rdp-found', 'exposure.rdp_open_count'],
    ['1', 'exploited-weaknesses', 'vuln.kev_open_count'],
    ['1', 'unsupported-online', 'vuln.eol_internet_facing_count'],
    ['2', 'rdp-found', 'exposure.rdp_open_count'],
    ['2', 'exploited-weaknesses', 'vuln.kev_open_count'],
    ['2', 'exploited-weaknesses', 'vuln.critical_external_open_count'],
    ['2', 'unsupported-online', 'vuln.eol_internet_facing_count'],
  ]

  it.each(GATES)('asks in edition %s for “%s” only once a scan shows %s', (number, id, key) => {
    const edition = editionOf('ransomware-supplement', number)
    const asks = (facts?: Record<string, number>) => shown(edition, {}, facts ? { facts } : {}).has(id)
    expect(asks({ [key]: 1 })).toBe(true)
    expect(asks({ [key]: 0 })).toBe(false)
    expect(asks({ 'vuln.high_open_older_than_30d': 5 })).toBe(false)
    expect(asks()).toBe(false)
    // Without a scan nobody can say whether it will be asked.
    expect(undecidedQuestions(edition, {}, {}).has(id)).toBe(true)
  })

  it('ends comments at 1,000 characters', () => {
    for (const id of ['access-comments', 'comments']) {
      const question = questionOf('ransomware-supplement', '1', id)
      const fits = (length: number) => {
        const value = { kind: 'text', text: 'a'.repeat(length) } as const
        return validateAnswer(question, { state: 'answered', value }, NOW).ok
      }
      expect([fits(1000), fits(1001)], id).toEqual([true, false])
    }
  })

  it('offers 98 % or more as a band, and counts from edition 2 on', () => {
    const share = questionOf('ransomware-supplement', '1', 'edr-share')
    expect(share).toMatchObject({ kind: 'band', measure: 'percent' })
    const [best] = optionsOf(share)
    expect(best).toMatchObject({ id: 'at-least-98', atLeast: 98 })
    const carried = carry('ransomware-supplement', '1', '2', {
      'edr-share': { state: 'answered', value: { kind: 'band', choice: 'at-least-98' } },
    })
    expect(carried.proposed['edr-count']).toMatchObject({ answer: null, questionIds: ['edr-share'] })
    expect(carried.proposed['edr-count']?.because).toContain('type-changed')
  })

  it('takes no old "yes" for a stricter limit, and asks for the parts of what was split', () => {
    const { rules } = differenceOf('ransomware-supplement')
    expect(rules['critical-fixes']?.because).toContain('threshold-changed')
    for (const id of ['mfa-directory', 'mfa-backups', 'mfa-servers']) {
      expect(rules[id], id).toMatchObject({ from: ['mfa-privileged'], because: ['split'] })
    }
    const carried = carry('ransomware-supplement', '1', '2', {
      'critical-fixes': said('yes'),
      'separate-accounts': said('yes'),
      'edr-blocks': said('yes'),
    })
    expect(carried.proposed['critical-fixes']?.answer).toBeNull()
    // The term behind the words was widened: shown again, never kept.
    expect(carried.proposed['separate-accounts']).toMatchObject({
      answer: said('yes'),
      because: ['definition-changed'],
    })
    expect(Object.keys(carried.kept)).toEqual(['edr-blocks'])
  })

  it.each(numbers)(
    'is signed by two people of the applicant, the security lead among those who may (edition %s)',
    (number) => {
      const { declaration } = editionOf('ransomware-supplement', number)
      expect(declaration.minimumSigners).toBe(2)
      expect(declaration.signerRoles.map(({ id }) => id)).toContain('security-responsible')
      expect(declaration.maximumAgeDays).toBe(number === '1' ? 45 : 30)
    },
  )

  it('asks for the provider’s confirmation only where a provider runs something', () => {
    const edition = editionOf('ransomware-supplement', '1')
    const asks = (choice: string) =>
      shown(edition, chosen('outside-provider', choice)).has('provider-confirmed')
    expect(['all-of-it', 'part-of-it', 'none'].map(asks)).toEqual([true, true, false])
  })
})

describe('the payment fraud supplement', () => {
  const dollars = (amount: number): Answers[string] => ({
    state: 'answered',
    value: { kind: 'currency', amountMinor: amount * 100, currency: 'USD' },
  })

  it('asks for the largest transfer and changed invoices only with the cover they belong to', () => {
    const asked = (coverages: string[]) => {
      const applicable = shown(editionOf('payment-fraud', '1'), {}, { coverages })
      return ['largest-transfer', 'invoice-warning'].filter((id) => applicable.has(id))
    }
    expect(asked(['payment-fraud'])).toEqual(['largest-transfer'])
    expect(asked(['invoice-manipulation'])).toEqual(['invoice-warning'])
    expect(asked([])).toEqual([])
  })

  it('asks in more classes of business for client money from edition 2 on', () => {
    const asked = (number: string, businessClass: string) =>
      shown(editionOf('payment-fraud', number), {}, { class: businessClass }).has('client-money-held')
    const classes = ['law-firm', 'construction-property', 'financial-services', 'manufacturing']
    expect(classes.map((name) => asked('1', name))).toEqual([true, true, false, false])
    expect(classes.map((name) => asked('2', name))).toEqual([true, true, true, false])
    expect(differenceOf('payment-fraud').rules['client-money-held']).toMatchObject({
      rule: 'keep',
      because: ['gate-changed'],
    })
  })

  it.each([
    ['1', 25_000_000],
    ['2', 10_000_000],
  ])('tests finance staff in edition %s from a revenue of %d dollars on', (number, limit) => {
    const asks = (amount: number) => {
      const circumstances: Circumstances = { revenue: { amountMinor: amount * 100, currency: 'USD' } }
      return shown(editionOf('payment-fraud', number), {}, circumstances).has('finance-simulations')
    }
    expect([asks(limit - 1), asks(limit)]).toEqual([false, true])
  })

  it('demands an explanation for every "no"', () => {
    for (const number of ['1', '2']) {
      for (const question of listQuestions(editionOf('payment-fraud', number))) {
        if (question.kind !== 'yes-no') continue
        expect(validateAnswer(question, said('no'), NOW).ok, question.id).toBe(false)
        expect(validateAnswer(question, said('no', 'By hand.'), NOW).ok, question.id).toBe(true)
      }
    }
  })

  it('takes no "yes" from 25,000 dollars for a "yes" from 10,000', () => {
    const { rules } = differenceOf('payment-fraud')
    const carried = carry('payment-fraud', '1', '2', { callback: said('yes'), 'two-people': said('yes') })
    for (const id of ['callback', 'two-people']) {
      expect(rules[id]?.because, id).toContain('threshold-changed')
      expect(carried.proposed[id]?.answer, id).toBeNull()
    }
    expect(carried.kept).toEqual({})
  })

  it('keeps amounts and the table of ways to pay, whose questions stayed', () => {
    const row = {
      channel: 'wire',
      'payments-a-month': 12,
      'largest-payment': 5_000_000,
      'released-by': 'Owner',
      'needs-two-people': 'yes',
    }
    const carried = carry('payment-fraud', '1', '2', {
      'payment-channels': { state: 'answered', value: { kind: 'table', rows: [row] } },
      'paid-in-a-year': dollars(900_000),
    })
    expect(Object.keys(carried.kept)).toEqual(['payment-channels', 'paid-in-a-year'])
  })

  it('asks apart for first payments and later changes, and counts who was trained', () => {
    const carried = carry('payment-fraud', '1', '2', {
      'payee-verification': said('yes'),
      'finance-training': said('yes'),
    })
    expect(carried.proposed['first-payment-verified']).toMatchObject({ answer: null, because: ['split'] })
    expect(carried.proposed['changes-verified']).toMatchObject({ answer: null, because: ['split'] })
    expect(carried.proposed['finance-trained']?.answer).toBeNull()
    expect(carried.proposed['finance-trained']?.because).toContain('type-changed')
  })

  it('asks for call-backs of client money and for samples only where there are any', () => {
    const edition = editionOf('payment-fraud', '1')
    const asks = (amount: number) =>
      shown(edition, { 'client-money-held': dollars(amount) }, { class: 'law-firm' }).has(
        'client-money-callback',
      )
    expect([asks(0), asks(100)]).toEqual([false, true])
    const covered = { coverages: ['payment-fraud'] }
    expect(shown(edition, { callback: said('yes') }, covered).has('callback-sample')).toBe(true)
    expect(shown(edition, { callback: said('no', 'Not done.') }, covered).has('callback-sample')).toBe(false)
  })
})
