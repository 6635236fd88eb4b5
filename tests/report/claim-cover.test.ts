import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ClaimCoverAccount } from '#app/report/claim-pack/cover-account.ts'
import { COVER_EN } from '#app/report/language/claim-cover/en.ts'
import { renderClaimCover } from '#app/report/render.server.ts'
import { needs, runTool } from './outside-tools.ts'

const counts = {
  supported: 31,
  unsupported: 4,
  stale: 2,
  contradicted: 3,
  excepted: 1,
  'not-claimed': 12,
  unanswered: 5,
}
const account: ClaimCoverAccount = {
  language: 'en',
  packId: '7b0c2f4e-3a91-4c55-9d1e-52f3c8a6b001',
  madeAt: '2026-05-12T09:30:00.000Z',
  asOf: '2026-05-07',
  knownOn: '2026-05-12T09:29:00.000Z',
  organisation: 'Fjord IT Services',
  requestedBy: 'Ines Halvorsen',
  client: 'Przedsiębiorstwo Usług Medycznych Łódź-Południe Spółka z ograniczoną odpowiedzialnością',
  incident: {
    kind: 'Ransomware or extortion',
    title: 'Files on the practice server encrypted',
    description: 'A ransom note was found. '.repeat(140),
    occurredFrom: '2026-05-05',
    occurredUntil: '2026-05-07',
    discoveredAt: '2026-05-08T06:30:00.000Z',
    reportedOn: null,
    policyNumber: 'CY-2026-0417',
    noticeReference: null,
    assets: Array.from({ length: 60 }, (_asset, index) => `srv-${index}.practice.example`),
  },
  application: {
    title: 'Core cyber application',
    edition: '1',
    attestedAt: '2026-04-01T10:00:00.000Z',
    hasReport: true,
  },
  asIs: counts,
  asKnown: { ...counts, supported: 0, contradicted: 0, excepted: 0 },
  contents: [{ path: 'evidence/', about: 'The original files that counted', count: 200 }],
  evidence: Array.from({ length: 200 }, (_file, index) => ({
    path: `evidence/${'long-name-'.repeat(index % 12)}${index}.csv`,
    title: `Export ${index} ${'of many machines '.repeat(index % 20)}`,
    observedAt: '2026-05-01T00:00:00.000Z',
  })),
  waivers: [
    {
      service: 'Multi-factor authentication for mail',
      signedBy: 'Ada Approver, Managing director',
      signedAt: '2026-03-01T10:00:00.000Z',
      heldOnTheDay: true,
      path: 'waivers/Multi-factor authentication for mail 2026-03-01.pdf',
    },
    {
      service: 'A backup copy out of reach',
      signedBy: 'Ada Approver, Managing director',
      signedAt: '2026-03-02T10:00:00.000Z',
      heldOnTheDay: false,
      path: null,
    },
  ],
  missing: [{ title: 'Backup restore test of March', reason: 'damaged' }],
  checkpoint: { number: 4, size: 1204, createdAt: '2026-05-12T09:29:30.000Z' },
  authorityFingerprint: Array.from({ length: 32 }, () => 'AB').join(':'),
}

test('the cover is drawn from long texts as well, and the same account gives the same bytes', async () => {
  const [first, second] = [await renderClaimCover(account), await renderClaimCover(account)]
  expect(Buffer.from(first.subarray(0, 5)).toString()).toBe('%PDF-')
  expect(Buffer.compare(first, second)).toBe(0)
})

test('what is no account is refused before anything is drawn', async () => {
  await expect(renderClaimCover({ ...account, packId: 'x' })).rejects.toThrow()
})

test('a German cover is German, its language is in the file, and nothing of the English one is left', async ({
  skip,
}) => {
  needs('pdftotext', skip)
  const folder = mkdtempSync(join(tmpdir(), 'attested-cover-'))
  try {
    const textOf = async (language: 'en' | 'de') => {
      const pdf = await renderClaimCover({ ...account, language, evidence: account.evidence.slice(0, 2) })
      expect(Buffer.from(pdf).toString('latin1')).toContain(`/Lang (${language})`)
      const file = join(folder, 'cover.pdf')
      writeFileSync(file, pdf)
      return runTool('pdftotext', [file, '-']).output.replaceAll(/\s+/g, ' ')
    }
    const told = Object.values(COVER_EN).flatMap((message) =>
      message.split(/\{[^}]*\}/).filter((piece) => piece.trim().split(' ').length > 3),
    )
    const found = (text: string) => told.filter((piece) => text.includes(piece.trim()))
    const german = await textOf('de')
    expect(found(german)).toEqual([])
    expect(found(await textOf('en')).length).toBeGreaterThan(10)
    expect(german).toContain('Eingetreten zwischen')
    expect(german).toContain('5. Mai 2026 und 7. Mai 2026')
    expect(german).toContain('unterzeichnet über 1.204 Einträge')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
