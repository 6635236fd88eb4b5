import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { runQuestionnaire } from '#app/cli/questionnaire.ts'
import { writeDefinitionTemplate } from '#app/documents/definition-workbook.server.ts'
import { Edition } from '#questionnaires/definition.ts'
import { editionOf, textOf } from '#tests/questionnaires/library-editions.ts'
import { definitionText, FIRST_QUESTION_LINE } from '#tests/questionnaires/sample-questions.ts'

async function run(...argv: string[]) {
  let stdout = ''
  let stderr = ''
  const status = await runQuestionnaire(argv, {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  })
  return { status, stdout, stderr }
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'attested-questionnaire-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const library = (form: string, number: string) =>
  fileURLToPath(new URL(`../../questionnaires/library/${form}/${number}.yaml`, import.meta.url))

const GOOD = definitionText(
  'id: gate, kind: yes-no',
  "id: why, kind: text, when: { question: gate, is: 'no' }",
)
const BAD = GOOD.replace('question: gate', 'question: gates')
const BAD_COLUMN = (BAD.split('\n')[FIRST_QUESTION_LINE]?.indexOf('gates') ?? 0) + 1
const HOSTILE = '\u001b[2J\u001b]0;x\u0007\u009b1m\u202e'

describe('questionnaire validate', () => {
  it('says that a form of the library is valid', async () => {
    const path = library('core-cyber', '1')
    const { status, stdout, stderr } = await run('validate', path)
    const questions = editionOf('core-cyber', '1').sections.flatMap((section) => section.questions).length
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toBe(`${path}: valid (core-cyber, edition 1, ${questions} questions)\n1 of 1 valid.\n`)
  })

  it('takes the example of docs/write-a-questionnaire.md', async () => {
    const guide = readFileSync(new URL('../../docs/write-a-questionnaire.md', import.meta.url), 'utf8')
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? []
    expect(await run('validate', file('example.yaml', example))).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('night-shift, edition 1, 3 questions'),
    })
  })

  it('takes JSON as well', async () => {
    const path = file('form.json', JSON.stringify(editionOf('short-smb', '1'), null, 2))
    expect(await run('validate', path)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('short-smb'),
    })
  })

  it('takes a workbook as well, and names sheet and cell', async () => {
    const good = join(folder, 'form.xlsx')
    await writeDefinitionTemplate({ path: good })
    expect(await run('validate', good)).toMatchObject({ status: 0, stderr: '' })
    const bad = join(folder, 'bad.xlsx')
    const edition = structuredClone(editionOf('short-smb', '1'))
    const [question] = edition.sections[0]?.questions ?? []
    if (question) question.control = 'mfa-everything'
    await writeDefinitionTemplate({ path: bad, edition })
    const { status, stdout } = await run('validate', bad)
    expect(status).toBe(1)
    expect(stdout).toMatch(/bad\.xlsx:Questions![A-Z]+3 The catalogue has no control "mfa-everything"/)
  })

  it('prints every problem with its file, line and column, and status 1', async () => {
    const path = file('bad.yaml', BAD)
    const { status, stdout, stderr } = await run('validate', path, file('good.yaml', GOOD))
    expect([status, stderr]).toEqual([1, ''])
    expect(stdout.split('\n')).toEqual([
      `${path}:${FIRST_QUESTION_LINE + 1}:${BAD_COLUMN} There is no question "gates". Check its spelling.`,
      `${join(folder, 'good.yaml')}: valid (sample, edition 1, 2 questions)`,
      '1 of 2 valid, 1 problem.',
      '',
    ])
  })

  it('knows the control catalogue and the fact dictionary', async () => {
    const words = definitionText(
      'id: a, kind: yes-no, control: mfa-everything',
      'id: b, kind: text, when: { fact: no.such_fact, atLeast: 1 }',
    )
    const { status, stdout } = await run('validate', file('words.yaml', words))
    expect(status).toBe(1)
    expect(stdout).toMatch(/no control "mfa-everything"[\s\S]*no\.such_fact[\s\S]*2 problems/)
  })

  it('prints one JSON object', async () => {
    const [bad, good] = [file('bad.yaml', BAD), file('good.yaml', GOOD)]
    const { status, stdout } = await run('validate', '--json', bad, good)
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      files: [
        {
          file: bad,
          ok: false,
          problems: [
            { line: FIRST_QUESTION_LINE + 1, column: BAD_COLUMN, message: expect.stringContaining('gates') },
          ],
        },
        { file: good, ok: true, formCode: 'sample', edition: '1', questions: 2, problems: [] },
      ],
    })
    expect(JSON.parse((await run('validate', '--json', good)).stdout).ok).toBe(true)
  })

  it('still says what it finds in the other files when one cannot be read, with status 2', async () => {
    const { status, stdout, stderr } = await run(
      'validate',
      join(folder, 'absent.yaml'),
      file('good.yaml', GOOD),
    )
    expect(status).toBe(2)
    expect(stderr).toBe(`${join(folder, 'absent.yaml')}: There is no such file.\n`)
    expect(stdout).toContain('1 of 1 valid.')
  })

  const bomb = `a: &a [x, x]\n${'bcdefghij'.replace(/./g, (name) => `${name}: &${name} [*a, *a]\n`)}`
  test.each<[string, string | Buffer, RegExp]>([
    ['an empty file', '', /:1:1 /],
    ['a letter', 'Dear reader', /:1:1 The file holds no form/],
    ['YAML that is cut off', textOf('core-cyber', '1').slice(0, 3001), /:\d+:\d+ \S/],
    ['JSON that is cut off', JSON.stringify(editionOf('core-cyber', '1')).slice(0, 3001), /:\d+:\d+ \S/],
    ['binary data', Buffer.from([0, 159, 146, 150, 255]), /:1:\d+ \S/],
    ['UTF-16', Buffer.from(`\ufeff${GOOD}`, 'utf16le'), /:\d+:\d+ \S/],
    ['an alias bomb', bomb, /:\d+:\d+ \S/],
    ['deep brackets', `schema: ${'['.repeat(50_000)}`, /nested/],
    ['ten megabytes of blanks', ' '.repeat(10_000_000), /longer than a million/],
    ['a prototype', '__proto__: { schema: 1 }', /:\d+:\d+ \S/],
  ])('names a place in %s', async (_, content, problem) => {
    const { status, stdout, stderr } = await run('validate', file('odd.yaml', content))
    expect([status, stderr]).toEqual([1, ''])
    expect(stdout).toMatch(problem)
  })

  test.each<[string, () => string[], RegExp]>([
    ['a file that is not there', () => [join(folder, 'absent.yaml')], /no such file/],
    ['a folder', () => [folder, '--json'], /folder/],
    [
      'a folder named like a form',
      () => {
        mkdirSync(join(folder, 'folder.yaml'), { recursive: true })
        return [join(folder, 'folder.yaml')]
      },
      /folder/,
    ],
    ['a file below a file', () => [join(file('good.yaml', GOOD), 'x')], /could not be read/],
    ['a name with a NUL', () => ['\u0000'], /could not be read/],
    ['an archive that is no workbook', () => [file('cut.xlsx', Buffer.from('PK\u0003\u0004 cut'))], /\S/],
    ['no file', () => ['--json'], /^Usage/],
    ['an option that does not exist', () => ['a', '--jsonn'], /^Usage/],
  ])('refuses %s with status 2, a reason and no output', async (_, argv, reason) => {
    const { status, stdout, stderr } = await run('validate', ...argv())
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(reason)
  })

  it.skipIf(process.getuid?.() === 0)('refuses a file that may not be read', async () => {
    const path = file('secret.yaml', GOOD)
    chmodSync(path, 0)
    expect((await run('validate', path)).stderr).toContain('may not be read by you')
  })
})

describe('questionnaire diff', () => {
  it('compares two built-in editions, section by section', async () => {
    const { status, stdout, stderr } = await run('diff', 'core-cyber@1', 'core-cyber@2')
    expect([status, stderr]).toEqual([0, ''])
    const lines = stdout.split('\n')
    expect(lines[0]).toBe('Core cyber application, edition 1 → Core cyber application, edition 2')
    const titles = editionOf('core-cyber', '2').sections.map(({ title }) => title)
    const printed = lines.filter((line) => titles.includes(line))
    expect(printed).toEqual(titles.filter((title) => printed.includes(title)))
    expect(printed.length).toBeGreaterThan(5)
    expect(stdout).toContain('The form as a whole\n')
    expect(stdout).toContain('      before: 2026-11-02\n      after:  2027-01-01\n')
    expect(stdout).toContain('    → 1.4 financial-statements: new, without an old answer\n')
  })

  it('says for each question that is not kept what becomes of its answer, once', async () => {
    const { rules } = JSON.parse((await run('diff', 'mid-market@1', 'mid-market@2', '--json')).stdout)
    const told = (await run('diff', 'mid-market@1', 'mid-market@2')).stdout.match(
      /(?<=→ \S+ )[a-z0-9-]+(?=: )/g,
    )
    const expected = Object.keys(rules).filter((id) => rules[id].rule !== 'keep')
    expect(told?.toSorted()).toEqual(expected.toSorted())
  })

  it('prints the difference as one JSON object', async () => {
    const { status, stdout } = await run(
      'diff',
      '--json',
      library('mfa-attestation', '1'),
      'mfa-attestation@2',
    )
    expect(status).toBe(0)
    const difference = JSON.parse(stdout)
    expect(Object.keys(difference)).toEqual(['older', 'newer', 'changes', 'formChanges', 'rules'])
    expect(difference).toMatchObject({
      older: { formCode: 'mfa-attestation', edition: '1' },
      newer: { formCode: 'mfa-attestation', edition: '2' },
    })
    expect(difference.changes.length).toBeGreaterThan(0)
  })

  it('finds nothing between a form and itself', async () => {
    const { status, stdout } = await run('diff', 'short-smb@1', library('short-smb', '1'))
    expect(status).toBe(0)
    expect(stdout).toMatch(/\n\nNo changes\. Answers: \d+ kept, 0 proposed, 0 asked again, 0 new\.\n$/)
  })

  it('names what the newer form no longer asks, in its section', async () => {
    const older = definitionText('id: kept, kind: yes-no', 'id: gone, kind: text')
    const newer = definitionText('id: kept, kind: yes-no').replace("edition: '1'", "edition: '2'")
    const { stdout } = await run('diff', file('older.yaml', older), file('newer.yaml', newer))
    expect(stdout).toContain('\nOnly\n  1 “Why?” is no longer asked.\n      before: Why?\n')
    expect(stdout).toContain('1 change. Answers: 1 kept')
  })

  test.each<[string, () => string[], RegExp]>([
    ['a form with problems', () => [file('bad.yaml', BAD), 'core-cyber@1'], /bad\.yaml:\d+:\d+ There is no/],
    ['a missing file', () => ['core-cyber@1', join(folder, 'absent')], /no such file/],
    [
      'an edition that does not exist',
      () => ['core-cyber@99', 'core-cyber@1'],
      /core-cyber@99: The built-in library has no such/,
    ],
    ['a form that does not exist', () => ['core-cyber@1', 'controls@1'], /no such edition/],
    ['a way out of the library', () => ['../library/core-cyber@1', 'core-cyber@1'], /no such file/],
    ['dots for an edition', () => ['core-cyber@..', 'core-cyber@1'], /no such/],
    ['one form', () => ['core-cyber@1'], /^Usage/],
    ['three forms', () => ['a', 'b', 'c'], /^Usage/],
  ])('refuses %s with status 2, a reason and no output', async (_, argv, reason) => {
    for (const json of [[], ['--json']]) {
      const { status, stdout, stderr } = await run('diff', ...argv(), ...json)
      expect([status, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(reason)
    }
  })
})

it.each([[[]], [['frobnicate', 'x']], [['toString']]])('questionnaire %j shows its usage', async (argv) => {
  expect(await run(...argv)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/^Usage/) })
})

it('no form steers the terminal', async () => {
  const form = (prompt: string, label: string) =>
    JSON.stringify(
      Edition.parse({
        ...editionOf('short-smb', '1'),
        sections: [
          {
            id: 'only',
            title: `Only${HOSTILE}`,
            questions: [
              {
                id: 'x',
                kind: 'single-choice',
                prompt,
                options: [
                  { id: 'a', label },
                  { id: 'b', label: 'B' },
                ],
                reference: { item: HOSTILE },
              },
            ],
          },
        ],
      }),
    )
  const older = file(`older${HOSTILE.replaceAll('/', '')}.json`, form('Why?', 'A'))
  const newer = file('newer.json', form(`Why${HOSTILE}?`, `A${HOSTILE}`))
  const bad = file(`bad${HOSTILE}.yaml`, GOOD.replace('kind: yes-no', `kind: "${HOSTILE}", "${HOSTILE}": 1`))
  const said = [
    await run('validate', older, newer, bad, `${folder}/${HOSTILE}`),
    await run('validate', '--json', older, newer, bad),
    await run('diff', older, newer),
    await run('diff', older, newer, '--json'),
    await run('diff', older, bad),
  ].map(({ stdout, stderr }) => stdout + stderr)
  expect(said.every((text) => text.length > 100)).toBe(true)
  expect(said.join('').replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u)
})
