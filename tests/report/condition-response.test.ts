import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AnsweredCondition, ResponseAccount } from '#app/report/condition-response/response-account.ts'
import { renderConditionResponse } from '#app/report/render.server.ts'
import { needs, runTool } from './outside-tools.ts'

const condition = (number: number, words: Partial<AnsweredCondition> = {}): AnsweredCondition => ({
  number,
  reference: `C-${number}`,
  condition: `Condition number ${number}: close RDP to the internet.`,
  source: 'Quote Q-4711',
  timing: 'Before the bind',
  dueOn: '2026-12-01',
  standing: 'answered, not decided yet',
  isSettled: false,
  response: {
    answer: `Answer number ${number}. ${'The rule was made on the edge firewall. '.repeat(30)}`,
    respondedOn: '2026-11-20',
    respondedBy: 'Ines Halvorsen',
    cited: [
      { title: 'Firewall rules', fileName: 'rules.txt', sha256: 'a'.repeat(64), observedOn: '2026-11-19' },
    ],
  },
  decision: null,
  ...words,
})
const account: ResponseAccount = {
  madeAt: '2026-11-27T09:30:00.000Z',
  organisation: 'Fjord IT Services',
  client: 'Przedsiębiorstwo Usług Medycznych Łódź-Południe Spółka z ograniczoną odpowiedzialnością',
  form: 'Core cyber application',
  edition: '1',
  insurer: 'Harbor Mutual',
  quoteReference: 'Q-4711',
  quotedOn: '2026-11-02',
  boundOn: null,
  binderExpiresOn: null,
  conditions: [
    ...Array.from({ length: 40 }, (_one, index) => condition(index + 1)),
    condition(41, { condition: 'x'.repeat(4000), response: null }),
    condition(42, {
      condition: '关闭远程桌面。',
      isSettled: true,
      response: null,
      reference: null,
      dueOn: null,
    }),
  ],
}

test('the same account always gives the same bytes', async () => {
  const small = { ...account, conditions: account.conditions.slice(0, 2) }
  const [first, second] = [await renderConditionResponse(small), await renderConditionResponse(small)]
  expect(Buffer.from(first.subarray(0, 5)).toString()).toBe('%PDF-')
  expect(Buffer.compare(first, second)).toBe(0)
})

test('what is no account is refused before anything is drawn', async () => {
  const wrong = { ...account, conditions: [{ ...condition(1), number: 'one' }] } as never
  await expect(renderConditionResponse(wrong)).rejects.toThrow()
})

test('every condition and every answer is on its pages, however many there are', async ({ skip }) => {
  needs('pdftotext', skip)
  const folder = mkdtempSync(join(tmpdir(), 'attested-response-'))
  try {
    const file = join(folder, 'response.pdf')
    writeFileSync(file, await renderConditionResponse(account))
    const text = runTool('pdftotext', ['-layout', file, '-']).output.replace(/\s+/g, ' ')
    for (const { number } of account.conditions.slice(0, 40)) {
      expect(text).toContain(`Condition number ${number}: close RDP to the internet.`)
      expect(text).toContain(`Answer number ${number}.`)
    }
    // The other letters x are few: a condition without a space is broken, and none of it is lost.
    expect(text.match(/x/g)?.length ?? 0).toBeGreaterThanOrEqual(4000)
    expect(text).toContain('关闭远程桌面')
    // What is settled misses no answer.
    expect(text.match(/Not answered yet/g)).toHaveLength(1)
    expect(text).toContain('40 of 42 answered')
    const pages = [...text.matchAll(/Page (\d+) of (\d+)/g)].map(([, page, of]) => [Number(page), Number(of)])
    expect(pages.length).toBeGreaterThan(5)
    expect(pages).toEqual(pages.map((_page, index) => [index + 1, pages.length]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 120_000)
