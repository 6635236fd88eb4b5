import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Language } from '#app/language/languages.ts'
import { PAPERS_EN } from '#app/report/language/papers/en.ts'
import { paperWords } from '#app/report/language/papers/words.ts'
import { renderMatrix, renderWaiver } from '#app/report/render.server.ts'
import { declarationOf } from '#app/report/waiver/declaration.ts'
import type { WaiverText } from '#app/report/waiver/waiver-text.ts'
import { needs, runTool } from './outside-tools.ts'

const ID = '7b0c2f4e-3a91-4c55-9d1e-52f3c8a6b001'
const waiverIn = (language?: Language): WaiverText => ({
  type: 'https://attested.example/declined-service-waiver/v1',
  ...(language ? { language } : {}),
  waiverId: ID,
  provider: { id: ID, name: 'Fjord' },
  client: { id: ID, legalName: 'Zahnarztpraxis Hafenstraße' },
  service: 'Zweiter Faktor',
  controls: [{ id: 'mfa-email', label: 'MFA' }],
  serviceOfferedOn: '2026-03-01',
  risk: 'Ein gestohlenes Kennwort genügt.',
  consequence: 'Die Frage ist zu verneinen.',
  answers: [
    { form: 'Core', edition: '2', item: '1', prompt: 'MFA?', effect: 'no', isSigned: true },
    { form: 'Core', edition: '2', item: '2', prompt: 'VPN?', effect: 'unsupported', isSigned: false },
  ],
  reason: 'Zu teuer.',
  decisionMaker: { name: 'Ada Berg', role: 'Inhaberin', email: 'ada@praxis.example' },
  reviewOn: '2026-12-01',
  template: null,
  offeredAt: '2026-03-02T10:00:00.000Z',
  offeredBy: 'Ines Halvorsen',
})

const drawWaiver = (text: WaiverText) =>
  renderWaiver({
    text,
    textSha256: '0'.repeat(64),
    signedAt: '2026-03-03T10:00:00.000Z',
    typedName: 'Ada Berg',
    method: 'Einmalcode',
    consent: declarationOf(text),
  })

const drawMatrix = (language: Language) => {
  const { say } = paperWords(language)
  const row = { control: 'MFA', domain: 'IAM', responsible: say('matrix.party.nobody'), note: '' }
  return renderMatrix({
    language,
    madeAt: '2026-03-03T10:00:00.000Z',
    organisation: 'Fjord',
    client: 'Zahnarztpraxis Hafenstraße',
    groups: [
      { title: say('matrix.gap'), rows: [{ ...row, isGap: true, agreedOn: null }] },
      { title: say('matrix.agreed'), rows: [{ ...row, isGap: false, agreedOn: null }] },
    ],
  })
}

/** Sentences of the English catalogue that are found whatever is filled in. */
const ENGLISH = Object.entries(PAPERS_EN).filter(([, text]) => text.length > 8 && !text.includes('{'))

test.each([
  ['waiver', 'waiver.', (language: Language) => drawWaiver(waiverIn(language))],
  ['matrix', 'matrix.', drawMatrix],
] as const)('a German %s is German, and says so to programs', async (_what, prefix, draw) => {
  for (const language of ['en', 'de'] as const)
    expect(Buffer.from(await draw(language)).toString('latin1')).toContain(`/Lang (${language})`)
  expect(ENGLISH.some(([key]) => key.startsWith(prefix))).toBe(true)
})

test('nothing of the English words is left on German pages', async ({ skip }) => {
  needs('pdftotext', skip)
  const folder = mkdtempSync(join(tmpdir(), 'attested-papers-'))
  try {
    const textOf = (pdf: Uint8Array) => {
      const file = join(folder, 'paper.pdf')
      writeFileSync(file, pdf)
      return runTool('pdftotext', [file, '-']).output.replaceAll(/\s+/g, ' ')
    }
    const german = textOf(await drawWaiver(waiverIn('de'))) + textOf(await drawMatrix('de'))
    const english = textOf(await drawWaiver(waiverIn('en'))) + textOf(await drawMatrix('en'))
    const found = ENGLISH.filter(([, text]) => english.includes(text))
    expect(found.length).toBeGreaterThan(15)
    expect(found.filter(([, text]) => german.includes(text))).toEqual([])
    expect(german).toContain('Im Namen von Zahnarztpraxis Hafenstraße lehne ich')
    expect(german).toContain('1. März 2026')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a waiver that names no language is English, as all were before', () => {
  expect(declarationOf(waiverIn())).toBe(declarationOf(waiverIn('en')))
})
