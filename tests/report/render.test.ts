import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { breakWord, printable } from '#app/report/pdf/typefaces.ts'
import { renderReport } from '#app/report/render.server.ts'
import { canonicalStatement } from '#app/report/statement.ts'
import { exampleStatement } from './example-statement.ts'
import { extremeStatement } from './extreme-statement.ts'
import { needs, runTool } from './outside-tools.ts'

const folder = mkdtempSync(join(tmpdir(), 'attested-render-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function textOf(pdf: Uint8Array, ...options: string[]): string {
  const file = join(folder, 'report.pdf')
  writeFileSync(file, pdf)
  return runTool('pdftotext', [...options, file, '-']).output
}

describe('the readiness report', () => {
  let pdf: Uint8Array
  beforeAll(async () => {
    pdf = await renderReport(exampleStatement())
  })

  test('has the same bytes whenever the same statement is drawn', async () => {
    expect(Buffer.compare(await renderReport(exampleStatement()), pdf)).toBe(0)
    const other = exampleStatement()
    other.client.legalName = 'Somebody Else Limited'
    expect(Buffer.compare(await renderReport(other), pdf)).not.toBe(0)
  })

  test('says what an underwriter looks for', ({ skip }) => {
    needs('pdftotext', skip)
    const text = textOf(pdf, '-layout').replaceAll(/\s+/g, ' ')
    for (const words of [
      'Northwind Ferries & Island Freight Company of Åland, Incorporated',
      'Core cyber application, edition 1, Harbor Mutual',
      'Brightwater Managed Services',
      '9 controls judged',
      '1 contradicted answer stands under an exception',
      'the scanner could not sign in on 3 of 41 hosts',
      '2 of 38 VPN accounts sign in without a second factor',
      'Two service accounts of the HVAC vendor cannot use a second factor',
      'Two service accounts of the HVAC vendor are being replaced; see the exception.',
      'Tomasz Łukaszewski, 16 March 2026',
      '1,310',
      'Signed digitally; see the signature panel.',
      // By domain, each number written.
      'Access 1 1 1 1 of 3 met',
      'Without any evidence are: Second factor for privileged accounts; Backup out of an attacker’s reach.',
      'Remote enforced 94.7 % (36 of 38)',
      'High 6 8 2 1 17',
      '2 open findings are in CISA’s list of exploited weaknesses; 1 is past that list’s date.',
      '13 days contradicted,',
      '66 days excepted',
      'The first day is the policy’s inception.',
      'No independent reviewer is named: Brightwater Managed Services judges its own work.',
      'https://attested.brightwater.example/verify',
    ]) {
      expect(text).toContain(words)
    }
    for (const { sha256 } of exampleStatement().evidence) expect(text).toContain(sha256)
    const pages = Number(/Page 1 of (\d+)/.exec(text)?.[1])
    expect(text).toContain(`Page ${pages} of ${pages}`)
  })

  test('names its title, its author, its language and the time of the statement', () => {
    const raw = Buffer.from(pdf).toString('latin1')
    expect(raw).toContain('/Lang (en)')
    expect(raw).toContain('(Brightwater Managed Services)')
    expect(raw).toContain('(D:20260318140533Z)')
    expect(raw).toContain('/PageMode /UseOutlines')
  })

  test('uses no word for a status that only colour would tell', ({ skip }) => {
    needs('pdftotext', skip)
    const text = textOf(pdf)
    for (const word of [
      'Met',
      'Partly met',
      'Not met',
      'Unknown',
      'Not applicable',
      'Stated without evidence',
      'Evidence out of date',
    ]) {
      expect(text).toContain(word)
    }
  })
})

describe('a statement at the edge', () => {
  test('300 questions, unbroken names of 200 letters and other scripts stay inside the margins', async ({
    skip,
  }) => {
    const pdf = await renderReport(extremeStatement())
    needs('pdftotext', skip)
    const boxes = [
      ...textOf(pdf, '-bbox').matchAll(
        /xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"/g,
      ),
    ]
    expect(boxes.length).toBeGreaterThan(10_000)
    const outside = boxes.filter(([, left, top, right, bottom]) => {
      return Number(left) < 57 || Number(right) > 612 - 55 || Number(top) < 30 || Number(bottom) > 792 - 30
    })
    expect(outside.map(([box]) => box)).toEqual([])
    const text = textOf(pdf).replaceAll(/[-\s]/g, '')
    const last = extremeStatement().answers.at(-1)
    expect(text).toContain(last?.prompt.replaceAll(/[-\s]/g, ''))
    expect(text).toContain('Somelettersofthisstatementareoutsidethetypefaces')
  }, 600_000)

  test('an empty application still makes a report', async () => {
    const empty = {
      ...exampleStatement(),
      answers: [],
      controls: [],
      facts: [],
      evidence: [],
      scans: [],
      exceptions: [],
      gaps: [],
    }
    expect((await renderReport(empty)).length).toBeGreaterThan(10_000)
  })

  test('a statement made before findings and coverage were carried has no chapters on them', async ({
    skip,
  }) => {
    const { findings, coverage, verifyAt, ...old } = exampleStatement()
    expect(findings && coverage && verifyAt).toBeTruthy()
    const pdf = await renderReport(old)
    needs('pdftotext', skip)
    const text = textOf(pdf, '-layout').replaceAll(/\s+/g, ' ')
    expect(text).toContain('4 Answers')
    expect(text).toContain('With Attested’s verifier, offline')
    for (const words of ['Open findings by severity', 'Coverage over time', 'Scan to check this file'])
      expect(text).not.toContain(words)
  })
})

describe('drawing off the request thread', () => {
  test('keeps the request thread free meanwhile', async () => {
    let longest = 0
    let before = performance.now()
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - before)
      before = performance.now()
    }, 5)
    const started = performance.now()
    await renderReport(exampleStatement())
    clearInterval(timer)
    expect(longest).toBeLessThan((performance.now() - started) / 2)
  })

  test('refuses what is no statement before a thread is started', async () => {
    const broken = { ...exampleStatement(), reportId: 'nope' }
    await expect(renderReport(broken)).rejects.toMatchObject({ name: 'ZodError' })
  })

  test('gives up after the given time', async () => {
    await expect(renderReport(exampleStatement(), { timeoutMs: 1 })).rejects.toMatchObject({
      code: 'render-timeout',
    })
  })
})

describe('words that do not fit', () => {
  test('break into pieces that are the word again, ordinary words stay whole', () => {
    expect(breakWord('representation')).toEqual(['representation'])
    const long = 'fileserver-backup-secondary.northwind-ferries.example'
    expect(breakWord(long).join('')).toBe(long)
    expect(breakWord(long).length).toBeGreaterThan(3)
    expect(breakWord('𝒳'.repeat(30)).join('')).toBe('𝒳'.repeat(30))
  })

  test('letters that the typefaces lack are replaced, and the report says so', () => {
    const european = 'Łódź, Αθήνα, Київ, 42 € “yes”'
    expect(printable(european)).toBe(european)
    expect(printable('e\u0301')).toBe('é')
    expect(printable('株式会社 A')).toBe('株式会社 A')
    expect(printable('ሰላም A')).toBe('\ufffd\ufffd\ufffd A')
    expect(printable('two  spaces\tand tabs')).toBe('two spaces and tabs')
    expect(printable('done 🚢\ufe0f')).toBe('done 🚢')
    // A direction mark would make the name read backwards.
    expect(printable('abc\u202edef')).toBe('abc\ufffddef')
  })
})

test('the canonical text leaves out what the schema does not name', () => {
  const more = { ...exampleStatement(), unread: 'x' }
  expect(canonicalStatement(more)).toBe(canonicalStatement(exampleStatement()))
})
