import { describe, expect, it, test } from 'vitest'
import { sarifImporter } from '#evidence/importers/sarif.ts'
import { samples } from '../../fixtures/importers/sarif.ts'
import { readAll, refusalOf } from './read-all.ts'
import { findingsOf, isRecognised, readSample } from './sample-of.ts'

const file = (run: object, rest: object = {}) => JSON.stringify({ version: '2.1.0', runs: [run], ...rest })
const tool = (rules: object[] = []) => ({ driver: { name: 'T', rules } })
const one = (result: object, rules: object[] = []) =>
  readAll(sarifImporter, file({ tool: tool(rules), results: [result] }))

test.each([undefined, 'results first'])('a run (%s) becomes findings of one asset', async (dialect) => {
  const read = await readSample(sarifImporter, samples, dialect)
  expect(findingsOf(read)).toEqual([
    'lake/open-port src/port.ts: high',
    'CVE-2025-10010-libwater: low',
    'pack/weak: info',
    'lake/open-port/2: high*',
    'lake/open-port: high',
    'unheard-of: medium',
    'lake/open-port: unknown',
  ])
  expect(read.findings[0]).toMatchObject({
    title: 'Port left open',
    solution: 'See https://rules.lake.example/open-port',
    output: 'src/port.ts:7\n=cmd|calc',
  })
  expect(read.findings[1]?.cves).toEqual(['CVE-2025-10010'])
  expect(read.findings[2]).toMatchObject({ title: 'Weak', solution: 'Use the other call.' })
  expect(read.assets).toEqual([
    expect.objectContaining({ key: 'LakeScan run', externalId: 'https://code.lake.example/shop' }),
  ])
  expect(read.summary).toMatchObject({
    tool: 'LakeScan',
    toolVersion: '3.2.1',
    scanDate: '2026-11-10T08:00:00.500Z',
    records: 9,
    scope: 'https://code.lake.example/shop',
    counts: { suppressed: 1, noProblem: 2 },
    facts: [],
  })
})

describe('the level', () => {
  test.each([
    [{ level: 'error' }, 'high'],
    [{ level: 'warning' }, 'medium'],
    [{ level: 'note' }, 'low'],
    [{ level: 'none' }, 'info'],
    [{ level: 'Error' }, 'high'],
    [{ level: 'fatal' }, 'unknown'],
    [{}, 'medium'],
    [{ kind: 'open' }, 'unknown'],
    [{ kind: 'review', level: 'note' }, 'low'],
  ])('%j is %s', async (parts, severity) => {
    expect((await one({ ruleId: 'r', message: { text: 'm' }, ...parts })).findings[0]?.severity).toBe(
      severity,
    )
  })

  it('of a result stands above that of its rule, and the rule above the rest', async () => {
    const rules = [
      { id: 'r', defaultConfiguration: { level: 'note' }, properties: { 'security-severity': '9.9' } },
    ]
    expect((await one({ ruleId: 'r' }, rules)).findings[0]?.severity).toBe('low')
    expect((await one({ ruleIndex: 0 }, rules)).findings[0]?.severity).toBe('low')
    expect((await one({ ruleId: 'r', level: 'error' }, rules)).findings[0]?.severity).toBe('high')
  })
})

test.each([
  [[{ kind: 'external' }], true],
  [[{ kind: 'inSource', status: 'accepted' }], true],
  [[{ kind: 'external', status: 'underReview' }], false],
  [[{ kind: 'external', status: 'rejected' }], false],
  [[{ kind: 'external' }, { kind: 'external', status: 'rejected' }], false],
  [[], false],
])('suppressions %j: %s', async (suppressions, isSuppressed) => {
  expect((await one({ ruleId: 'r', suppressions })).findings[0]?.isSuppressed).toBe(isSuppressed)
})

it('keeps rules apart whose ids begin alike', async () => {
  const rules = [{ id: 'CA100', shortDescription: { text: 'Another' } }]
  expect((await one({ ruleId: 'CA1001', message: { text: 'Own words' } }, rules)).findings[0]?.title).toBe(
    'Own words',
  )
})

it('tells two runs apart, each with its own rules', async () => {
  const run = (level: string) => ({
    tool: tool([{ id: 'r', defaultConfiguration: { level } }]),
    results: [{ ruleId: 'r' }],
  })
  const read = await readAll(
    sarifImporter,
    JSON.stringify({ version: '2.1.0', runs: [run('error'), run('note')] }),
  )
  expect(read.assets.map(({ key }) => key)).toEqual(['T run', 'T run 2'])
  expect(findingsOf(read)).toEqual(['r: high', 'r: low'])
})

it('names what is missing: a failed run, results kept elsewhere', async () => {
  const read = await readAll(
    sarifImporter,
    file({
      tool: tool(),
      invocations: [{ executionSuccessful: false }],
      externalPropertyFileReferences: { results: [{ location: { uri: 'more.sarif' } }] },
    }),
  )
  expect(read.summary.gaps.join(' ')).toMatch(
    /did not run to its end.*in other files.*does not say what was analysed/,
  )
})

it('refuses another version', async () => {
  expect((await refusalOf(sarifImporter, JSON.stringify({ version: '1.0.0', runs: [] })))?.code).toBe(
    'unrecognised',
  )
})

test.each([
  [file({ tool: tool(), results: [] }), true],
  [JSON.stringify({ runs: [{ results: [{ ruleId: 'r' }] }] }), true],
  [JSON.stringify({ version: '2.1.0', results: [] }), false],
  [JSON.stringify({ runs: 3 }), false],
  ['ruleId,level\nr,error\n', false],
])('%s is recognised: %s', (text, expected) => {
  expect(isRecognised(sarifImporter, text)).toBe(expected)
})
