/** Serving pages: the heaviest one, with its queries and its judging, beside the barest page of the same server. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startServer } from '#tests/support/server.ts'
import { load } from './load.ts'
import type { Options, Outcome } from './measurement.ts'
import { alternate, compare, median } from './rounds.ts'
import { Visitor, whileRunning } from './visitor.ts'

const CONCURRENCY = 8
/** No session and so no query: only the server, Remix, React and a small form. */
const BARE = '/sign-in'

export async function measure({ quick, rounds, folder, say }: Options): Promise<Outcome> {
  const requests = quick ? 16 : 200
  const dataDir = join(folder, 'page')
  await mkdir(dataDir)
  const server = await startServer({ dataDir })
  return whileRunning(server, async () => {
    const visitor = new Visitor(server.url)
    say('  building the demo workspace')
    await visitor.post('/demo', {})
    const heaviest = await findHeaviest(visitor)
    say(`  ${rounds} rounds of ${requests} requests, ${CONCURRENCY} at once`)
    // As a browser asks; compressing is part of what a page costs.
    const asked = { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br' }
    const own = { ...asked, cookie: visitor.cookie }
    const page = (count: number) =>
      load(server.url + heaviest.path, own, { requests: count, concurrency: CONCURRENCY })
    const bare = (count: number) =>
      load(server.url + BARE, asked, { requests: count, concurrency: CONCURRENCY })
    await page(Math.ceil(requests / 4))
    await bare(Math.ceil(requests / 4))
    const taken = await alternate(rounds, {
      ours: async () => ({ ...(await page(requests)) }),
      bare: async () => ({ ...(await bare(requests)) }),
    })
    const baseline = 'the sign-in page of the same server, no session'
    const kilobytes = (side: 'ours' | 'bare') =>
      (median(taken.map((round) => round[side].bytes ?? Number.NaN)) / 1000).toFixed(1)
    return {
      rows: [
        { what: 'Throughput', unit: 'requests/s', baseline, ...compare(taken, 'perSecond', 'ours', 'bare') },
        { what: 'Latency, p50', unit: 'ms', baseline, ...compare(taken, 'p50', 'ours', 'bare') },
        { what: 'Latency, p99', unit: 'ms', baseline, ...compare(taken, 'p99', 'ours', 'bare') },
      ],
      notes: [
        `The readiness page of the demo's largest application, signed in: ${(heaviest.characters / 1000).toFixed(0)} kB of HTML, ${kilobytes('ours')} kB compressed; the sign-in page is ${kilobytes('bare')} kB compressed.`,
        `Medians of ${rounds} rounds of ${requests} requests, ${CONCURRENCY} at once over loopback; the sender shares the machine's cores with the server and its database.`,
      ],
    }
  })
}

/** The readiness page with the most HTML of all demo clients. */
async function findHeaviest(visitor: Visitor): Promise<{ path: string; characters: number }> {
  let heaviest = { path: '', characters: 0 }
  for (const client of linksIn(await visitor.page('/clients'), 'clients')) {
    for (const application of linksIn(await visitor.page(client), 'applications')) {
      const path = `${application}/readiness`
      const { length: characters } = await visitor.page(path)
      if (characters > heaviest.characters) heaviest = { path, characters }
    }
  }
  if (!heaviest.path) throw new Error('The demo workspace shows no application')
  return heaviest
}

function linksIn(html: string, kind: 'clients' | 'applications'): string[] {
  const links = html.match(new RegExp(`/${kind}/[0-9a-f]{8}-[0-9a-f-]{27}`, 'g')) ?? []
  return [...new Set(links)]
}
