import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PAPERS_EN } from '#app/report/language/papers/en.ts'
import { renderReviewPack } from '#app/report/render.server.ts'
import type { PackAccount } from '#app/report/review-pack/pack-account.ts'
import { needs, runTool } from './outside-tools.ts'
import { emptyPack, extremePack } from './review-pack-example.ts'

async function textOf(pack: PackAccount): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'attested-pack-'))
  try {
    const file = join(folder, 'pack.pdf')
    writeFileSync(file, await renderReviewPack(pack))
    return runTool('pdftotext', [file, '-']).output.replaceAll(/[^\S\f]+/g, ' ')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('the same pack gives the same bytes', async () => {
  const [first, again] = [await renderReviewPack(emptyPack('en')), await renderReviewPack(emptyPack('en'))]
  expect(Buffer.from(again).equals(Buffer.from(first))).toBe(true)
})

test('a pack without anything is one page that says so', async ({ skip }) => {
  needs('pdftotext', skip)
  const text = await textOf(emptyPack('en'))
  expect(text).toContain('Page 1 of 1')
  for (const [key, sentence] of Object.entries(PAPERS_EN))
    if (key.startsWith('pack.') && key.endsWith('.none') && key !== 'pack.findings.none')
      expect(text.replaceAll('\n', ' ')).toContain(sentence)
})

test('a pack says what it counts neither as better nor as worse, and what it reads on the day it is made', async ({
  skip,
}) => {
  needs('pdftotext', skip)
  const text = (await textOf(extremePack('en'))).replaceAll(/\s+/g, ' ')
  expect(text).toContain('1,234 questions were answered for the first time')
  expect(text).toContain('Evidence speaks against 12 of these answers.')
  expect(text).toContain(PAPERS_EN['pack.read-when-made'])
})

test('a pack of long names and many rows loses none of them, and a German one has no English words', async ({
  skip,
}) => {
  needs('pdftotext', skip)
  const [german, text] = [await textOf(extremePack('de')), await textOf(extremePack('en'))]
  expect(text).toContain('Sixty controls')
  expect(text).toContain('40 of 60 proved')
  expect(text).toContain('1,234,567')
  expect(text).toContain('Entry 39')
  const words = Object.entries(PAPERS_EN)
    .filter(([key, word]) => key.startsWith('pack.') && word.length > 8 && !word.includes('{'))
    .map(([, word]) => word)
    .filter((word) => text.includes(word))
  expect(words.length).toBeGreaterThan(10)
  expect(words.filter((word) => german.includes(word))).toEqual([])
})

test('a logo that is not the named one is refused', async () => {
  await expect(renderReviewPack(emptyPack('en'), new Uint8Array([1]))).rejects.toMatchObject({
    code: 'logo-mismatch',
  })
})
