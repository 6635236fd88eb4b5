/** A waiver that the client signed against answers that claim what it declined. */
import { describe, expect, it, test } from 'vitest'
import { waiversAt } from '#app/readiness/declined-services.ts'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import type { WaiverSource } from '#app/readiness/status.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import {
  AS_YES_NO,
  ask,
  claim,
  daysAgo,
  exception,
  fact,
  form,
  judge,
  situation,
  yesNo,
} from './situation.ts'

const waiver = (more: Partial<WaiverSource> = {}): WaiverSource => ({
  id: 'waiver-1',
  service: 'MFA for mail',
  controlIds: ['mfa-email', 'mfa-remote-access'],
  signedAt: daysAgo(4),
  ...more,
})
const SAID = 'A waiver signed on 20 November 2026 says this service was declined: “MFA for mail”.'

describe('a waiver in force', () => {
  test('contradicts a yes about its control, says so, and keeps the form from being signed', () => {
    const { answer, control, readiness } = judge(
      'mfa-email',
      yesNo('yes'),
      { waivers: [waiver()] },
      AS_YES_NO,
    )
    expect(answer.status).toBe('contradicted')
    expect(answer.reasons[0]).toMatchObject({
      outcome: 'contradicts',
      ruleId: 'declined-service',
      sentence: SAID,
    })
    expect(control.status).toBe('unmet')
    expect(readiness.blocking.map(({ why }) => why)).toEqual(['contradicted'])
    expect(readiness.blocking[0]?.sentence).toContain(SAID)
  })

  test('goes before evidence that the control is in place', () => {
    const facts = [fact('mfa.user_enforced_percent', 100)]
    const supported = judge('mfa-email', yesNo('yes'), { facts }, AS_YES_NO)
    expect(supported.answer.status).toBe('supported')
    const declined = judge('mfa-email', yesNo('yes'), { facts, waivers: [waiver()] }, AS_YES_NO)
    expect(declined.answer.status).toBe('contradicted')
    expect(declined.answer.reasons.map(({ outcome }) => outcome)).toEqual(['contradicts', 'supports'])
  })

  it.each([
    ['a no', yesNo('no')],
    ['not applicable', yesNo('not-applicable')],
    ['no answer', undefined],
  ])('leaves %s alone', (_, answer) => {
    const plain = judge('mfa-email', answer, {}, AS_YES_NO)
    expect(judge('mfa-email', answer, { waivers: [waiver()] }, AS_YES_NO)).toEqual(plain)
  })

  test('leaves a claim alone that is less than all of it, and another control', () => {
    const partly = judge('mfa-email', claim('sometimes'), { waivers: [waiver()] })
    expect(partly.answer.status).toBe('unsupported')
    const other = judge('mfa-cloud-admin', yesNo('yes'), { waivers: [waiver()] }, AS_YES_NO)
    expect(other.answer.status).toBe('unsupported')
  })

  test('can be covered by an exception, and the control is still not met', () => {
    const exceptions = [exception('mfa-email')]
    const { answer, control, readiness } = judge(
      'mfa-email',
      yesNo('yes'),
      { waivers: [waiver()], exceptions },
      AS_YES_NO,
    )
    expect(answer).toMatchObject({ status: 'contradicted', exceptionId: 'exception-1' })
    expect(control.status).toBe('unmet')
    expect(readiness.blocking).toEqual([])
  })

  test('is told once for each waiver, in one order whatever order they come in', () => {
    const waivers = [waiver(), waiver({ id: 'waiver-2', service: 'Another' })]
    const reasons = (given: WaiverSource[]) =>
      judge('mfa-email', yesNo('yes'), { waivers: given }, AS_YES_NO).answer.reasons
    expect(reasons(waivers)).toHaveLength(2)
    expect(reasons([...waivers].reverse())).toEqual(reasons(waivers))
  })

  test('is told in German, with the same outcome', () => {
    const input = situation(
      form(ask('mfa-email', 'mfa-email', AS_YES_NO)),
      { 'mfa-email': yesNo('yes') },
      { waivers: [waiver()] },
    )
    const { answers } = evaluateReadiness({ ...input, language: 'de', catalogue: loadCatalogue('de') })
    expect(answers[0]?.status).toBe('contradicted')
    expect(answers[0]?.reasons[0]?.sentence).toBe(
      'In einer am 20. November 2026 unterzeichneten Verzichtserklärung wurde diese Leistung abgelehnt: „MFA for mail“.',
    )
    expect(answers[0]?.reasons[0]?.remedy).toMatch(/Verzichtserklärung/)
  })
})

describe('seen from a point of the record', () => {
  const at = (day: number) => ({ trueOn: daysAgo(day), knownOn: daysAgo(day) })
  const taken = { ...waiver({ signedAt: daysAgo(30) }), withdrawnAt: daysAgo(10), isMistake: false }

  test.each([
    ['before it was signed', at(31), 0],
    ['between signature and withdrawal', at(20), 1],
    ['after the service was taken up', at(9), 0],
    ['a day of the past, known today', { trueOn: daysAgo(20), knownOn: daysAgo(0) }, 1],
  ])('%s', (_, point, count) => {
    expect(waiversAt([taken], point)).toHaveLength(count)
  })

  test('a mistake never held, once it is known to be one', () => {
    const mistaken = { ...taken, isMistake: true }
    expect(waiversAt([mistaken], at(20))).toHaveLength(1)
    expect(waiversAt([mistaken], { trueOn: daysAgo(20), knownOn: daysAgo(0) })).toEqual([])
  })
})
