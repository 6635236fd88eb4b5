/** The findings page of a large register beside that of a small one: the same page over a hundred times the rows. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type DemoHost, writeScanFile } from '#app/services/demo/scan-file.ts'
import { startServer } from '#tests/support/server.ts'
import { load } from './load.ts'
import type { Options, Outcome } from './measurement.ts'
import { alternate, compare } from './rounds.ts'
import { Visitor, whileRunning } from './visitor.ts'

const CONCURRENCY = 4
const FINDINGS_A_HOST = 250
const PATIENCE_MS = 600_000

export async function measure({ quick, rounds, folder, say }: Options): Promise<Outcome> {
  const requests = quick ? 8 : 100
  const [few, many] = quick ? [250, 500] : [500, 50_000]
  const dataDir = join(folder, 'findings')
  await mkdir(dataDir)
  const server = await startServer({ dataDir })
  return whileRunning(server, async () => {
    const visitor = new Visitor(server.url)
    await visitor.post('/sign-up', {
      organisationName: 'Bench IT',
      name: 'Ben Bench',
      email: 'ben@bench.example',
      password: 'correct horse battery staple',
    })
    say(`  importing ${few} and ${many} findings`)
    const small = await clientWith(visitor, 'Few Findings Ltd', few)
    const large = await clientWith(visitor, 'Many Findings Ltd', many)
    say(`  ${rounds} rounds of ${requests} requests, ${CONCURRENCY} at once`)
    const asked = { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br', cookie: visitor.cookie }
    const page = (path: string) => (count: number) =>
      load(server.url + path, asked, { requests: count, concurrency: CONCURRENCY })
    const baseline = `the same of a client with ${few} findings`
    const later = async (client: string) => {
      const link = /\?[^"]*after=[^"]*/.exec(await visitor.page(`${client}/findings`))
      if (!link) throw new Error('The first page leads to no second one')
      return link[0].replaceAll('&amp;', '&')
    }
    const cases: [what: string, ours: string, theirs: string][] = [
      ['The first page, p50', '', ''],
      ['A later page, p50', await later(large), await later(small)],
      ['High ones only, p50', '?severity=high', '?severity=high'],
      ['The newest first, p50', '?sort=newest', '?sort=newest'],
      ['Words that one machine has, p50', '?q=host0.bench', '?q=host0.bench'],
      // Words of one check in 600 are on a whole page of the large register and in one line of the small one.
      ['Words that one check has, beside the first page, p50', '?q=component+77', ''],
    ]
    const rows: Outcome['rows'] = []
    for (const [what, query, theirQuery] of cases) {
      const [ours, theirs] = [page(`${large}/findings${query}`), page(`${small}/findings${theirQuery}`)]
      await ours(Math.ceil(requests / 4))
      await theirs(Math.ceil(requests / 4))
      const taken = await alternate(rounds, {
        ours: async () => ({ ...(await ours(requests)) }),
        theirs: async () => ({ ...(await theirs(requests)) }),
      })
      rows.push({ what, unit: 'ms', baseline, ...compare(taken, 'p50', 'ours', 'theirs') })
    }
    return {
      rows,
      notes: [
        `The findings page of a client with ${many} open findings on ${many / FINDINGS_A_HOST} machines, signed in; a ratio of 1 says that the register’s size costs the page nothing.`,
        `Medians of ${rounds} rounds of ${requests} requests, ${CONCURRENCY} at once over loopback; the sender shares the machine's cores with the server and its database.`,
      ],
    }
  })
}

/** @returns the client's path, once its scan is in the register */
export async function clientWith(visitor: Visitor, legalName: string, findings: number): Promise<string> {
  const client = await visitor.post('/clients/new', { legalName, currency: 'USD', domains: '' })
  const at = new Date(Date.now() - 86_400_000)
  const form = new FormData()
  const fields = {
    kind: 'vuln-scan-summary',
    observedOn: at.toISOString().slice(0, 10),
    viewpoint: 'internal',
  }
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', new Blob([writeScanFile(legalName, at, hostsOf(findings))]), 'bench.nessus')
  const reply = await visitor.send(`${client}/upload`, { method: 'POST', body: form })
  const { importId } = (await reply.json()) as { importId?: string }
  if (!importId) throw new Error('The scan was not taken')
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until) {
    const { state, failure } = JSON.parse(await visitor.page(`/scans/${importId}/progress`))
    if (state === 'done') return client
    if (state === 'failed') throw new Error(failure)
    await sleep(100)
  }
  throw new Error(`The scan was not read in ${PATIENCE_MS / 60_000} minutes`)
}

/** 600 checks over all machines, a third of them high or critical with a fix of some months ago. */
function hostsOf(findings: number): DemoHost[] {
  const patchedOn = new Date(Date.now() - 90 * 86_400_000)
  return Array.from({ length: findings / FINDINGS_A_HOST }, (_value, host) => ({
    name: `host${host}.bench.example`,
    address: `10.${(host >> 8) & 255}.${host & 255}.10`,
    operatingSystem: 'Linux Kernel 6.1',
    credentialed: true,
    findings: Array.from({ length: FINDINGS_A_HOST }, (_item, index) => {
      const check = (host * 7 + index) % 600
      return {
        pluginId: 10_000 + check,
        name: `Outdated component ${check}`,
        family: 'General',
        severity: (check % 5) as 0 | 1 | 2 | 3 | 4,
        port: 443,
        service: 'www',
        solution: `Upgrade to Component${check % 90} version 1.2.3 or later.`,
        patchedOn,
      }
    }),
  }))
}
