/** npm run bench: measures the product beside its named baselines; README.md says what and how. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Measurement, Options } from './measurement.ts'
import { describeMachine, type Result, replaceResults, writeTables } from './table.ts'

/** Each is loaded when its turn comes: one that cannot be loaded does not keep the others from running. */
const MEASUREMENTS: Measurement[] = [
  { name: 'import', title: 'Import of a Nessus file', load: () => import('./import.ts') },
  { name: 'formats', title: 'Import of JSON and tables', load: () => import('./formats.ts') },
  { name: 'upload', title: 'Upload of one evidence file', load: () => import('./upload.ts') },
  { name: 'report', title: 'A signed report', load: () => import('./report.ts') },
  { name: 'gates', title: 'Which questions apply', load: () => import('./gates.ts') },
  { name: 'page', title: 'The heaviest page', load: () => import('./page.ts') },
  { name: 'findings', title: 'Findings of a large register', load: () => import('./findings.ts') },
  { name: 'readiness', title: 'Readiness, today and in the past', load: () => import('./readiness.ts') },
  { name: 'ledger', title: 'Checking a ledger', load: () => import('./ledger.ts') },
  { name: 'portfolio', title: 'A large portfolio', load: () => import('./portfolio.ts') },
  { name: 'reminders', title: 'Reminders and their jobs', load: () => import('./reminders.ts') },
]
const README = new URL('README.md', import.meta.url)
const USAGE = `npm run bench [-- ${MEASUREMENTS.map(({ name }) => name).join(' | ')}] [--quick] [--rounds 3] [--upload-mb 300] [--json]`

interface Arguments {
  chosen: Measurement[]
  quick: boolean
  json: boolean
  rounds: number
  uploadMegabytes: number
}

function readArguments(argv: string[]): Arguments | null {
  const options = {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    'upload-mb': { type: 'string', default: '300' },
  } as const
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true })
    const uploadMegabytes = Number(values['upload-mb'])
    const rounds = values.quick ? 1 : Number(values.rounds)
    const isUnknown = positionals.some(
      (name) => !MEASUREMENTS.some((measurement) => measurement.name === name),
    )
    // The server takes 1 GiB unless it is told otherwise.
    if (
      isUnknown ||
      !(Number.isInteger(rounds) && rounds >= 1) ||
      !(uploadMegabytes >= 1 && uploadMegabytes <= 1000)
    )
      return null
    const chosen = MEASUREMENTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
    return { chosen, quick: values.quick, json: values.json, rounds, uploadMegabytes }
  } catch {
    return null
  }
}

async function measureAll(chosen: Measurement[], options: Options): Promise<Result[]> {
  const results: Result[] = []
  for (const { name, title, load } of chosen) {
    options.say(title)
    const machine = describeMachine(new Date())
    try {
      const { measure } = await load()
      results.push({ name, title, machine, ...(await measure(options)) })
    } catch (error) {
      // Numbers that were already taken are worth keeping; the exit status tells of the failure.
      process.exitCode = 1
      const reason = error instanceof Error ? error.message : String(error)
      options.say(`  not measured: ${error instanceof Error ? error.stack : reason}`)
      results.push({ name, title, machine, rows: [], notes: [`Not measured: ${reason.split('\n')[0]}`] })
    }
  }
  return results
}

async function main(): Promise<void> {
  const arguments_ = readArguments(process.argv.slice(2))
  if (!arguments_) {
    console.error(`Usage: ${USAGE}`)
    process.exitCode = 2
    return
  }
  const { chosen, quick, json, rounds, uploadMegabytes } = arguments_
  const folder = mkdtempSync(join(tmpdir(), 'attested-bench-'))
  // The database runs as another system user where this one is root, and must reach its files in here.
  chmodSync(folder, 0o711)
  const say = (line: string) => void process.stderr.write(`${line}\n`)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  const results = await measureAll(chosen, { quick, rounds, uploadMegabytes, folder, say })
  console.log(json ? JSON.stringify(results) : writeTables(results))
  const measured = results.filter(({ rows }) => rows.length > 0)
  if (!quick && measured.length > 0) {
    const order = MEASUREMENTS.map(({ title }) => title)
    writeFileSync(README, replaceResults(readFileSync(README, 'utf8'), measured, order))
    say('Written to bench/README.md.')
  }
}

await main()
