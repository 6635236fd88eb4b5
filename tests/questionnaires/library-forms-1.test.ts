import { describe, expect, it } from 'vitest'
import { validateAnswer } from '#questionnaires/answers.ts'
import { findQuestion, listQuestions } from '#questionnaires/definition.ts'
import { carry, differenceOf, editionOf, itemsOf, said } from './library-editions.ts'
import { NOW } from './sample-questions.ts'

describe('the short form for small businesses', () => {
  it.each(['1', '2'])('has eleven numbered items, bands and a "sometimes" in edition %s', (number) => {
    const edition = editionOf('short-smb', number)
    expect(new Set(itemsOf(edition).map((item) => Number.parseInt(item, 10))).size).toBe(11)
    expect(findQuestion(edition, 'device-encryption')).toMatchObject({ kind: 'yes-no', sometimes: true })
    expect(findQuestion(edition, 'record-count')).toMatchObject({ kind: 'band', measure: 'count' })
  })

  it('asks again for both parts of remote access and for a head count that was a band', () => {
    const carried = carry('short-smb', '1', '2', {
      'mfa-remote': said('yes'),
      people: { state: 'answered', value: { kind: 'band', choice: 'from-11' } },
    })
    expect(carried.kept).toEqual({})
    expect(carried.proposed['mfa-remote-staff']).toMatchObject({ answer: null, because: ['split'] })
    expect(carried.proposed['mfa-remote-third-parties']).toMatchObject({ answer: null, because: ['split'] })
    expect(carried.proposed.people?.answer).toBeNull()
    expect(carried.proposed.people?.because).toContain('type-changed')
  })

  it('offers the backup answer for confirmation once "separate" means something else', () => {
    expect(differenceOf('short-smb').rules['weekly-backup']).toMatchObject({
      rule: 'propose',
      because: ['definition-changed'],
    })
    const carried = carry('short-smb', '1', '2', { 'weekly-backup': said('yes') })
    expect(carried.kept).toEqual({})
    expect(carried.proposed['weekly-backup']?.answer).toEqual(said('yes'))
  })
})

describe('the MFA attestation', () => {
  const PATHS = [
    'mfa-email',
    'mfa-remote',
    'mfa-admin-directory',
    'mfa-admin-backup',
    'mfa-admin-network',
    'mfa-admin-endpoints-servers',
  ]

  it('asks one broad item first and six paths from edition 2 on, each for a control of its own', () => {
    expect(listQuestions(editionOf('mfa-attestation', '1'))).toHaveLength(1)
    for (const number of ['2', '3']) {
      const questions = listQuestions(editionOf('mfa-attestation', number))
      expect(questions.map(({ id }) => id)).toEqual(PATHS)
      expect(new Set(questions.map(({ control }) => control)).size).toBe(6)
    }
  })

  it.each(['draft', 'renewal'] as const)(
    'copies the "yes" of the one item into none of the six (%s)',
    (purpose) => {
      const { rules, changes } = differenceOf('mfa-attestation')
      expect(changes.filter(({ kind }) => kind === 'split')).toMatchObject([{ older: ['mfa'], newer: PATHS }])
      for (const id of PATHS) {
        expect(rules[id], id).toEqual({ rule: 'ask-again', from: ['mfa'], because: ['split'] })
      }
      const carried = carry('mfa-attestation', '1', '2', { mfa: said('yes') }, purpose)
      expect(carried.kept).toEqual({})
      expect(Object.keys(carried.proposed)).toEqual(PATHS)
      for (const { answer, questionIds, because } of Object.values(carried.proposed)) {
        expect({ answer, questionIds, because }).toEqual({
          answer: null,
          questionIds: ['mfa'],
          because: ['split'],
        })
      }
    },
  )

  it('copies the "no" of the one item no more than its "yes"', () => {
    const carried = carry('mfa-attestation', '1', '2', { mfa: said('no', 'The VPN has none.') })
    expect(Object.values(carried.proposed).map(({ answer }) => answer)).toEqual(PATHS.map(() => null))
  })

  it('has remote access confirmed anew once it includes third parties, and keeps what means the same', () => {
    const answers = Object.fromEntries(PATHS.map((id) => [id, said('yes')]))
    const carried = carry('mfa-attestation', '2', '3', answers)
    expect(Object.keys(carried.kept)).toEqual(['mfa-email'])
    expect(carried.proposed['mfa-remote']).toMatchObject({ answer: null })
    expect(carried.proposed['mfa-remote']?.because).toContain('definition-changed')
    expect(carried.proposed['mfa-admin-directory']).toMatchObject({
      answer: said('yes'),
      because: ['definition-changed'],
    })
  })

  it.each(['1', '2', '3'])(
    'demands an explanation for every "no" in edition %s, and two signatures',
    (number) => {
      const edition = editionOf('mfa-attestation', number)
      for (const question of listQuestions(edition)) {
        expect(validateAnswer(question, said('no'), NOW).ok, question.id).toBe(false)
        expect(validateAnswer(question, said('no', 'One account.'), NOW).ok, question.id).toBe(true)
      }
      expect(edition.declaration.minimumSigners).toBe(2)
    },
  )
})
