import { describe, expect, it } from 'vitest'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import { findQuestion, listQuestions, optionsOf } from '#questionnaires/definition.ts'
import { chosen, differenceOf, editionOf, hiddenItems, itemsOf, shown } from './library-editions.ts'

describe('the mid-market form', () => {
  it('has 24 numbered items, with MFA asked for four paths under one of them', () => {
    const items = itemsOf(editionOf('mid-market', '1'))
    expect(new Set(items.map((item) => Number.parseInt(item, 10))).size).toBe(24)
    expect(items.filter((item) => item.startsWith('9'))).toEqual(['9a', '9b', '9c', '9d'])
  })

  it('never copies an answer into the parts of the split list of data protection', () => {
    const { rules } = differenceOf('mid-market')
    for (const id of ['laptops-encrypted', 'servers-encrypted', 'transit-encrypted', 'data-handling']) {
      expect(rules[id], id).toMatchObject({
        rule: 'ask-again',
        from: ['data-protection'],
        because: ['split'],
      })
    }
  })

  it('asks again for what became a count, and for remote access that now includes outsiders', () => {
    const { rules } = differenceOf('mid-market')
    expect(rules['endpoint-coverage']).toMatchObject({ from: ['endpoint-technology'] })
    expect(rules['endpoint-coverage']?.because).toContain('type-changed')
    expect(rules['mfa-remote']?.because).toContain('definition-changed')
    expect(rules['transfer-checks']?.because).toContain('threshold-changed')
    expect(rules['mfa-mail']).toMatchObject({ rule: 'keep' })
  })

  it('asks for the largest transfer only where cover for payment fraud is wanted', () => {
    const asks = (coverages: string[]) =>
      shown(editionOf('mid-market', '1'), {}, { coverages }).has('largest-transfer')
    expect(asks(['payment-fraud'])).toBe(true)
    expect(asks(['response'])).toBe(false)
  })
})

describe('the revenue-gated form', () => {
  const of = (dollars: number): Circumstances => ({
    revenue: { amountMinor: dollars * 100, currency: 'USD' },
  })

  it.each([
    ['1', 35_000_000, ['12', '13', '14', '15', '16', '17']],
    ['2', 25_000_000, ['13', '14', '15', '16', '17', '18']],
  ])('has 22 items, of which edition %s hides exactly six up to %d dollars', (number, limit, gated) => {
    const edition = editionOf('revenue-gated', number)
    expect(itemsOf(edition)).toEqual(Array.from({ length: 22 }, (_, index) => String(index + 1)))
    const below = shown(edition, {}, of(limit))
    expect(hiddenItems(edition, below)).toEqual(gated)
    expect(hiddenItems(edition, shown(edition, {}, of(limit + 1)))).toEqual([])
  })

  it('names the authorised officer and the breach contact apart', () => {
    const edition = editionOf('revenue-gated', '1')
    expect(findQuestion(edition, 'authorised-officer')?.kind).toBe('text')
    expect(findQuestion(edition, 'breach-contact')?.kind).toBe('text')
  })

  it('orders how often people practise from best to worst', () => {
    const question = findQuestion(editionOf('revenue-gated', '1'), 'training-frequency')
    expect(question).toMatchObject({ ordered: true })
    expect(question && optionsOf(question).map(({ id }) => id)).toEqual(['twice-a-year', 'yearly', 'never'])
  })

  it('takes no old "yes" for a stricter limit, a split question or a count', () => {
    const { rules } = differenceOf('revenue-gated')
    for (const id of [
      'patch-internet-facing',
      'mfa-remote-staff',
      'mfa-remote-third-parties',
      'baseline-share',
    ]) {
      expect(rules[id]?.rule, id).toBe('ask-again')
    }
  })
})

describe('the renewal form', () => {
  it.each(['1', '2'])('asks five questions at renewal in edition %s', (number) => {
    const edition = editionOf('renewal-delta', number)
    expect(listQuestions(edition)).toHaveLength(5)
    expect(shown(edition, {}, { renewal: 'yes' }).size).toBe(5)
    expect(shown(edition, {}, { renewal: 'no' }).has('anything-changed')).toBe(false)
  })

  it('merges own and outside people into one question that nothing is copied into', () => {
    const { rules } = differenceOf('renewal-delta')
    expect(rules['mfa-remote']).toMatchObject({ from: ['mfa-remote-staff', 'mfa-remote-third-parties'] })
    expect(rules['mfa-remote']?.because).toContain('merged')
    expect(rules['mfa-remote']?.rule).not.toBe('keep')
  })
})

describe('the quarterly re-attestation', () => {
  it.each([
    ['1', 10],
    ['2', 16],
  ])(
    'asks in edition %s for date, cause and plan of each of %d statements that no longer holds',
    (number, count) => {
      const edition = editionOf('quarterly-re-attestation', number)
      const outcomes = listQuestions(edition).filter(({ id }) => id.endsWith('-outcome'))
      expect(edition.form.kind).toBe('attestation')
      expect(outcomes).toHaveLength(count)
      for (const { id } of outcomes) {
        const followUps = ['date', 'cause', 'plan', 'tell'].map((part) => id.replace(/outcome$/, part))
        const askedAfter = (choice: string) => {
          const applicable = shown(edition, chosen(id, choice))
          return followUps.filter((followUp) => applicable.has(followUp))
        }
        expect(askedAfter('no-longer-true'), id).toEqual(followUps)
        expect(askedAfter('still-true'), id).toEqual([])
        // An exception is told from edition 2 on; it has its explanation instead of the rest.
        expect(askedAfter('with-exceptions'), id).toEqual(number === '2' ? followUps.slice(-1) : [])
      }
    },
  )

  it('claims a control only where it says what it stands for', () => {
    const outcomes = (number: string) =>
      listQuestions(editionOf('quarterly-re-attestation', number)).filter(({ id }) => id.endsWith('-outcome'))
    // "Still as answered" claims nothing by itself: the answer may have been a "no".
    expect(outcomes('1').filter(({ control }) => control)).toEqual([])
    expect(new Set(outcomes('2').map(({ control }) => control)).size).toBe(16)
  })
})

describe('core cyber application, edition 2', () => {
  const older = editionOf('core-cyber', '1')
  const newer = editionOf('core-cyber', '2')

  it('keeps every question of edition 1 but the one that the application itself now asks', () => {
    const newerIds = listQuestions(newer).flatMap(({ id, formerly = [] }) => [id, ...formerly])
    const removed = listQuestions(older).filter(({ id }) => !newerIds.includes(id))
    expect(removed.map(({ id }) => id)).toEqual(['cover-parts'])
    expect(newer.coverages.map(({ id }) => id)).toContain('payment-fraud')
  })

  it('compares counts of encrypted computers and trained people with facts', () => {
    expect(findQuestion(newer, 'encryption-count')).toMatchObject({
      control: 'encrypt-endpoints',
      canonical: { fact: 'crypto.endpoint_encrypted_percent' },
    })
    expect(findQuestion(newer, 'training-count')).toMatchObject({
      control: 'training-annual',
      canonical: { fact: 'training.completion_percent_12m' },
    })
  })

  it('lets new topics be left open before their day', () => {
    for (const id of ['ai-use', 'website-tracking']) {
      expect(findQuestion(newer, id)?.requiredFrom, id).toBe('2027-07-01')
      expect(findQuestion(older, id), id).toBeNull()
    }
  })

  it('says of every question where it stands in the answer bank, attachments aside', () => {
    const bare = listQuestions(newer).filter(({ canonical, kind }) => !canonical && kind !== 'attachment')
    expect(bare.map(({ id }) => id)).toEqual([])
  })
})
