/** `attested check-domain DOMAIN`: the mail records of one domain, asked now, without a database. */
import { parseArgs } from 'node:util'
import { SELECTOR } from '#evidence/checks/dkim.ts'
import { NoResolverError, readServer } from '#evidence/checks/dns-asker.server.ts'
import { writeEvidenceFile } from '#evidence/checks/evidence-file.ts'
import { checkMail } from '#evidence/checks/mail-check.server.ts'
import { mailFacts } from '#evidence/checks/mail-facts.ts'
import { type CheckNetwork, type DnsServer, STRICT_NETWORK } from '#evidence/checks/network.server.ts'
import { readTarget } from '#evidence/checks/targets.ts'
import { describeFact } from '#evidence/facts.ts'
import { printableJson, withoutControls } from './terminal-text.ts'

interface Streams {
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
}

const USAGE =
  'Usage: npm run -s attested -- check-domain DOMAIN [--json] [--dns-server IP[:PORT]] [--selector NAME]...\n'

interface Asked {
  domain: string
  json: boolean
  dnsServer: DnsServer | null
  selectors: string[]
}

/** @returns 0 when every question was answered, 1 when some could not be asked, 2 for a command that makes no sense. */
export async function runCheckDomain(
  argv: string[],
  { stdout, stderr }: Streams = process,
  network: CheckNetwork = STRICT_NETWORK,
): Promise<number> {
  const asked = parse(argv)
  if (typeof asked === 'string') {
    stderr.write(`${withoutControls(asked)}\n${USAGE}`)
    return 2
  }
  const { domain, json, selectors } = asked
  const dnsServer = asked.dnsServer ?? network.dnsServer
  const clock = () => new Date()
  const startedAt = clock()
  try {
    const { reading, observations } = await checkMail({
      domain,
      selectors,
      clock,
      network: { ...network, dnsServer },
    })
    const facts = mailFacts(reading, { observedAt: startedAt, otherDomainsUnknown: () => [] })
    const file = {
      kind: 'mail' as const,
      subjects: [domain],
      startedAt: startedAt.toISOString(),
      finishedAt: clock().toISOString(),
      basis: { selectorsNamed: { [domain]: selectors } },
      observations,
    }
    if (json)
      stdout.write(
        printableJson({
          domain,
          entries: reading.entries,
          facts,
          evidence: JSON.parse(writeEvidenceFile(file)),
        }),
      )
    else {
      const entries = reading.entries.flatMap((entry) => [
        '',
        `${entry.title}: ${entry.shown}${entry.verdict === 'bad' ? '  (insurers object)' : entry.verdict === 'weak' ? '  (could be better)' : ''}`,
        `  ${entry.means}`,
        ...entry.records.flatMap((record) => record.split('\n').map((line) => `  | ${line}`)),
        ...entry.notes.map((note) => `  ${note}`),
        ...entry.commands.slice(0, 3).map((command) => `  $ ${command}`),
      ])
      const lines = [
        `${domain}, asked ${startedAt.toISOString()}`,
        ...entries,
        '',
        'Facts:',
        ...facts.map((fact) => `  ${describeFact(fact)}`),
      ]
      // Texts of a stranger's records must not steer the terminal.
      stdout.write(`${lines.map(withoutControls).join('\n')}\n`)
    }
    return reading.entries.some(({ verdict }) => verdict === 'unknown') ? 1 : 0
  } catch (error) {
    if (!(error instanceof NoResolverError)) throw error
    stderr.write(`${error.message}\n`)
    return 2
  }
}

/** @returns a sentence for what cannot be understood. */
function parse(argv: string[]): Asked | string {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      options: {
        json: { type: 'boolean' },
        'dns-server': { type: 'string' },
        selector: { type: 'string', multiple: true },
      },
      allowPositionals: true,
    })
    const [typed, ...others] = positionals
    if (typed === undefined || others.length > 0) return 'Name one domain.'
    const domain = readTarget(typed)
    if (domain?.kind !== 'name') return `"${typed}" is no domain. Name one such as example.com.`
    const server = values['dns-server']
    const dnsServer = server === undefined ? null : readServer(server)
    if (server !== undefined && (!dnsServer || dnsServer.port < 1 || dnsServer.port > 65_535))
      return `"${server}" is no resolver. Give its address, such as 9.9.9.9 or 127.0.0.1:5353.`
    const selectors = (values.selector ?? []).map((name) => name.toLowerCase())
    const wrong = selectors.find((name) => !SELECTOR.test(name))
    if (wrong !== undefined) return `"${wrong}" is no DKIM selector.`
    return { domain: domain.text, json: values.json ?? false, dnsServer, selectors }
  } catch (error) {
    return (error as Error).message
  }
}
