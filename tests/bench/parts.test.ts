import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { detectImporter } from '#evidence/importers/detect.server.ts'
import { measure as measureLedger } from '../../bench/ledger.ts'
import { load } from '../../bench/load.ts'
import { writeNessusFile } from '../../bench/nessus-file.ts'
import { alternate, compare, median } from '../../bench/rounds.ts'
import { replaceResults, writeTables } from '../../bench/table.ts'

const folder = mkdtempSync(join(tmpdir(), 'attested-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('rounds', () => {
  test('take both sides in turn and give the median of the ratios within a round', async () => {
    const order: string[] = []
    const ours = [10, 90, 30]
    const theirs = [20, 30, 60]
    const side = (name: string, values: number[]) => async () => {
      order.push(name)
      return { speed: values.shift() ?? Number.NaN }
    }
    const rounds = await alternate(3, { ours: side('A', ours), theirs: side('B', theirs) })
    expect(order.join('')).toBe('ABABAB')
    // Ratios 0.5, 3 and 0.5: not 30 / 30.
    expect(compare(rounds, 'speed', 'ours', 'theirs')).toEqual({
      ours: 30,
      theirs: 30,
      ratio: 0.5,
      ratios: [0.5, 3, 0.5],
    })
  })

  test('refuse to compare what one side did not measure', async () => {
    const rounds = await alternate(1, { ours: async () => ({ speed: 1 }), theirs: async () => ({}) })
    expect(() => compare(rounds, 'speed', 'ours', 'theirs')).toThrow('No speed was measured')
  })

  test('have a median of even counts between the middle two, and none of nothing', () => {
    expect(median([9, 1, 3, 2])).toBe(2.5)
    expect(() => median([])).toThrow()
  })
})

describe('the generated scan', () => {
  test('is the same in every run, about as large as asked for, and read whole by the importer', async () => {
    const [first, second] = [join(folder, 'a.nessus'), join(folder, 'b.nessus')]
    const bytes = await writeNessusFile(first, 600_000)
    await writeNessusFile(second, 600_000)
    const content = readFileSync(first)
    expect(content.equals(readFileSync(second))).toBe(true)
    expect(content.length).toBe(bytes)
    expect(bytes).toBeGreaterThanOrEqual(600_000)
    expect(bytes).toBeLessThan(1_000_000)
    const reading = detectImporter(content.subarray(0, 65_536))?.read([content] as never, {
      viewpoint: 'internal',
      now: new Date('2026-11-24T00:00:00Z'),
    })
    let step = await reading?.next()
    while (step && !step.done) step = await reading?.next()
    expect(step?.value).toMatchObject({
      records: content.toString().split('<ReportItem ').length - 1,
      scanDate: '2026-11-23T18:05:00.000Z',
    })
  })
})

describe('the load', () => {
  test('sends exactly as many requests as asked for, never more than so many at once', async () => {
    let [seen, now, most] = [0, 0, 0]
    const server = createServer((request, response) => {
      seen += 1
      now += 1
      most = Math.max(most, now)
      setTimeout(() => {
        now -= 1
        response.writeHead(request.url === '/missing' ? 404 : 200).end('12345')
      }, 5)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    try {
      const measured = await load(url, {}, { requests: 25, concurrency: 4 })
      expect([seen, most, measured.bytes]).toEqual([25, 4, 5])
      expect(measured.p99).toBeGreaterThanOrEqual(measured.p50)
      await expect(load(`${url}/missing`, {}, { requests: 2, concurrency: 1 })).rejects.toThrow('404')
    } finally {
      server.close()
    }
  })
})

describe('the tables', () => {
  const row = {
    what: 'Speed',
    unit: 'MB/s' as const,
    ours: 85.04,
    theirs: 203.4,
    ratio: 0.4181,
    ratios: [0.4, 0.4181, 0.5],
    baseline: 'cp',
  }

  test('show three figures, the unit and the baseline', () => {
    const table = writeTables([
      { name: 'upload', title: 'Upload', rows: [row], notes: ['One note.'], machine: 'A machine' },
    ])
    expect(table).toContain('| Speed | 85.0 MB/s | 203 MB/s | 0.42 | 0.40 – 0.50 | cp |')
    expect(table).toContain('- One note.')
  })

  test('say what was not measured', () => {
    const table = writeTables([
      { name: 'page', title: 'Page', rows: [], notes: ['Not measured: no server'], machine: 'A machine' },
    ])
    expect(table).toContain('- Not measured: no server')
    expect(table).not.toContain('|')
  })

  test('replace their own sections in the readme, in order, and nothing else', () => {
    const readme =
      'before\n<!-- results: written by npm run bench -->\n\n### Upload\n\nold\n\n### Page\n\nkept\n\n### Gone\n\nold\n\n<!-- end of results -->\nafter\n'
    const section = (title: string) => ({ name: title, title, machine: 'today', rows: [], notes: ['new'] })
    const order = ['Import', 'Upload', 'Page']
    const written = replaceResults(readme, [section('Upload'), section('Import')], order)
    expect(written).toBe(
      'before\n<!-- results: written by npm run bench -->\n\n### Import\n\ntoday\n\n- new\n\n### Upload\n\ntoday\n\n- new\n\n### Page\n\nkept\n\n<!-- end of results -->\nafter\n',
    )
    expect(replaceResults(written, [section('Import')], order)).toBe(written)
    expect(() => replaceResults('no markers', [], order)).toThrow('markers')
  })
})

test('the measurement of the ledger runs and counts', async () => {
  const outcome = await measureLedger({ quick: true, rounds: 1, uploadMegabytes: 1, folder, say: () => {} })
  expect(outcome.rows).toHaveLength(2)
  for (const { ours, theirs } of outcome.rows) {
    expect(ours).toBeGreaterThan(0)
    expect(theirs).toBeGreaterThan(0)
  }
})
