import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Answer, claimsOf, describeAnswer, progressOf, validateAnswer } from '#questionnaires/answers.ts'
import { applicableQuestions } from '#questionnaires/branching.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { listQuestions, optionsOf, type Question } from '#questionnaires/definition.ts'
import { findLibraryFolder, getEdition } from '#questionnaires/library.server.ts'
import { NOW } from './sample-questions.ts'

const { edition } = getEdition('core-cyber', '1')
const questions = listQuestions(edition)
const yesNo = ['yes', 'no']
const yesNoNa = [...yesNo, 'not-applicable']

/** What the catalogue's rules understand about each of the 24 core controls. */
const CLAIMS: Record<string, string[]> = {
  'mfa-email': yesNo,
  'mfa-remote-access': yesNoNa,
  'mfa-directory-admin': yesNo,
  'mfa-cloud-admin': yesNo,
  'mfa-backup-admin': yesNoNa,
  'mfa-endpoint-server-admin': yesNo,
  'pam-separate-admin-accounts': yesNo,
  'email-dmarc': ['absent', 'monitoring', 'quarantine', 'reject'],
  'email-filtering': [
    'native-only',
    'additional-product',
    'link-rewriting',
    'attachment-sandbox',
    'external-tagging',
    'none',
  ],
  'edr-coverage': ['all', 'partly', 'none'],
  'edr-mdr-24x7': ['around-the-clock', 'business-hours', 'none'],
  'vuln-scan-external': ['monthly', 'quarterly', 'yearly', 'never'],
  'patch-critical-sla': ['within-14-days', 'within-30-days', 'longer', 'no-target'],
  'eol-systems': ['none', 'isolated', 'present'],
  'backup-frequency-scope': ['daily', 'weekly', 'monthly', 'less-often', 'none'],
  'backup-offline-immutable': ['offline', 'immutable', 'separate-credentials', 'sync-only', 'none'],
  'backup-restore-test': ['within-12-months', 'older', 'never'],
  'rdp-not-exposed': yesNo,
  'encrypt-endpoints': ['all', 'most', 'some', 'none'],
  'data-record-counts': ['none', 'under-100k', 'from-100k', 'from-500k', 'over-1m'],
  'ir-plan': yesNo,
  'training-annual': ['all', 'most', 'some', 'none'],
  'payment-callback': yesNoNa,
  'msp-access': yesNo,
}

describe('core cyber application, edition 1', () => {
  it('lets every core control be claimed in exactly the words of the catalogue', () => {
    const claims: Record<string, Set<string>> = {}
    for (const question of questions) {
      if (!question.control) continue
      claims[question.control] ??= new Set()
      for (const claim of claimsOffered(question)) claims[question.control]?.add(claim)
    }
    const offered = Object.fromEntries(Object.entries(claims).map(([id, words]) => [id, [...words].sort()]))
    expect(offered).toEqual(
      Object.fromEntries(Object.entries(CLAIMS).map(([id, words]) => [id, [...words].sort()])),
    )
  })

  const cataloguePath = join(findLibraryFolder(), 'controls.yaml')
  it.skipIf(!existsSync(cataloguePath))('claims nothing that the catalogue does not know', () => {
    const { controls } = loadCatalogue()
    for (const question of questions.filter(({ control }) => control)) {
      const control = controls.find(({ id }) => id === question.control)
      expect(control, question.id).toBeDefined()
      expect(Object.keys(control?.claims ?? {}), question.id).toEqual(
        expect.arrayContaining(claimsOffered(question)),
      )
    }
  })

  it('has 45 to 60 questions of every kind, with gates', () => {
    expect(questions.length).toBeGreaterThanOrEqual(45)
    expect(questions.length).toBeLessThanOrEqual(60)
    expect(new Set(questions.map(({ kind }) => kind)).size).toBe(10)
    expect(questions.filter(({ when }) => when).length).toBeGreaterThanOrEqual(8)
  })

  it('says what counts wherever a control is claimed', () => {
    const bare = questions.filter(
      (question) => claimsOffered(question).length > 0 && !(question.help && question.scope),
    )
    expect(bare.map(({ id }) => id)).toEqual([])
  })

  it('shows no follow-up before its gate is answered', () => {
    const shown = applicableQuestions(edition, {})
    expect(questions.filter(({ id, when }) => shown.has(id) && when)).toEqual([])
    expect(questions.filter(({ id, when }) => !shown.has(id) && !when)).toEqual([])
  })

  it('can be completed without knowing anything, and then claims nothing', () => {
    const answers: Record<string, Answer> = {}
    for (let open = missing(answers); open.length > 0; open = missing(answers)) {
      for (const id of open)
        answers[id] = { state: 'dont-know', gap: { owner: 'Ana Ruiz', dueOn: '2026-12-18' } }
    }
    expect(questions.flatMap((question) => claimsOf(question, answers[question.id]))).toEqual([])
    // Not knowing whether there is remote access does not excuse from saying how it is protected.
    expect(answers).toHaveProperty('mfa-remote-access')
    expect(answers).not.toHaveProperty('external-scan-date')
  })

  it('accepts and describes an answer to every question', () => {
    for (const question of questions) {
      const result = validateAnswer(question, plainAnswer(question), NOW)
      expect(result, question.id).toMatchObject({ ok: true })
      if (result.ok) expect(describeAnswer(question, result.answer), question.id).toMatch(/\S/)
    }
  })

  it('hides what follows from gates that are closed', () => {
    const closed: Record<string, Answer> = {
      'remote-access': { state: 'answered', value: { kind: 'multiple-choice', choices: ['none'] } },
      'it-provider': { state: 'answered', value: { kind: 'single-choice', choice: 'none' } },
      'server-estate': { state: 'answered', value: { kind: 'multiple-choice', choices: ['none'] } },
    }
    const shown = applicableQuestions(edition, closed)
    for (const id of ['mfa-remote-access', 'mfa-remote-third-parties', 'msp-access', 'edr-servers']) {
      expect(shown.has(id), id).toBe(false)
    }
  })

  it('names who may sign, in words that promise truth, inquiry and news of changes', () => {
    expect(edition.declaration.signerRoles).toHaveLength(6)
    expect(edition.declaration.maximumAgeDays).toBe(45)
    expect(edition.declaration.text).toMatch(/reasonable inquiry.*true and complete.*before cover begins/s)
  })

  function missing(answers: Record<string, Answer>): string[] {
    return progressOf(edition, answers).flatMap((section) => section.requiredMissing)
  }
})

function claimsOffered(question: Question): string[] {
  if (!question.control) return []
  if (question.kind === 'yes-no') return question.notApplicable ? yesNoNa : yesNo
  if (question.kind === 'percent') return ['all', 'partly', 'none']
  return optionsOf(question).map((option) => option.claim ?? option.id)
}

function plainAnswer(question: Question): unknown {
  const { kind } = question
  const choice = kind === 'yes-no' ? 'no' : optionsOf(question)[0]?.id
  const values: Record<typeof kind, object> = {
    'yes-no': { choice },
    'single-choice': { choice },
    band: { choice },
    'multiple-choice': { choices: [choice] },
    number: { number: 1 },
    percent: { covered: 1, total: 2 },
    currency: { amountMinor: 1, currency: 'USD' },
    date: { date: '2026-01-01' },
    product: { product: 'A product' },
    text: { text: 'Some text' },
    table: { rows: [] },
    attachment: { files: [] },
  }
  return { state: 'answered', value: { kind, ...values[kind] }, explanation: 'Because.' }
}
