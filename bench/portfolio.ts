/** A large portfolio beside a small one in the same database: imports and pages cost the same, or they do not scale. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startServer } from '#tests/support/server.ts'
import { clientWith } from './findings.ts'
import { load } from './load.ts'
import type { Options, Outcome } from './measurement.ts'
import { alternate, compare, median } from './rounds.ts'
import { Visitor, whileRunning } from './visitor.ts'

const CONCURRENCY = 4
/** Imports at either end of the portfolio whose time is compared. */
const EDGE = 10

export async function measure({ quick, rounds, folder, say }: Options): Promise<Outcome> {
  // The list shows fifty clients a page: that many is the smallest portfolio with a page as long.
  const [few, many, findings] = quick ? [1, 2, 250] : [50, 200, 5000]
  const requests = quick ? 4 : 60
  const dataDir = join(folder, 'portfolio')
  await mkdir(dataDir)
  const server = await startServer({ dataDir })
  return whileRunning(server, async () => {
    const small = await organisationOf(server.url, 'small', few, findings, say)
    const large = await organisationOf(server.url, 'large', many, findings, say)
    const page = (visitor: Visitor, path: string) => (count: number) =>
      load(
        server.url + path,
        { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br', cookie: visitor.cookie },
        { requests: count, concurrency: CONCURRENCY },
      )
    const baseline = `the same of an organisation with ${few} clients`
    const rows: Outcome['rows'] = []
    for (const [what, ours, theirs] of [
      ['List of clients, p50', page(large.visitor, '/clients'), page(small.visitor, '/clients')],
      [
        'Findings of one client, p50',
        page(large.visitor, `${large.last}/findings`),
        page(small.visitor, `${small.last}/findings`),
      ],
      ['Overview of one client, p50', page(large.visitor, large.last), page(small.visitor, small.last)],
    ] as const) {
      await ours(Math.ceil(requests / 4))
      await theirs(Math.ceil(requests / 4))
      const taken = await alternate(rounds, {
        ours: async () => ({ ...(await ours(requests)) }),
        theirs: async () => ({ ...(await theirs(requests)) }),
      })
      rows.push({ what, unit: 'ms', baseline, ...compare(taken, 'p50', 'ours', 'theirs') })
    }
    const [last, first] = [median(large.seconds.slice(-EDGE)), median(large.seconds.slice(0, EDGE))]
    rows.push({
      what: `Import of one more client’s scan, the last ${EDGE} of ${many}`,
      unit: 's',
      ours: last,
      baseline: `the first ${EDGE} of the same organisation`,
      theirs: first,
      ratio: last / first,
      ratios: [last / first],
    })
    return {
      rows,
      notes: [
        `${many} clients with ${findings} findings each, ${many * findings} rows in one register; from upload to register, as the progress bar sees it.`,
        'tests/db/register-plans.test.ts holds the plans of the queries, row-level security included.',
      ],
    }
  })
}

async function organisationOf(
  url: string,
  name: string,
  clients: number,
  findings: number,
  say: (line: string) => void,
) {
  const visitor = new Visitor(url)
  await visitor.post('/sign-up', {
    organisationName: `Bench ${name}`,
    name: 'Ben Bench',
    email: `${name}@bench.example`,
    password: 'correct horse battery staple',
  })
  const seconds: number[] = []
  let last = ''
  for (let client = 1; client <= clients; client += 1) {
    const before = performance.now()
    last = await clientWith(visitor, `Client ${client} Ltd`, findings)
    seconds.push((performance.now() - before) / 1000)
    if (client % 20 === 0) say(`  ${client} of ${clients} clients imported`)
  }
  return { visitor, last, seconds }
}
