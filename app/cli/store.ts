/** `attested store check`: does every row have its file, every file its row, and every file its content? */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readSettings, type ServerSettings } from '#app/server/settings.server.ts'
import { lockInWords } from '#app/server/storage-report.server.ts'
import { setRuntime } from '#app/services/runtime.server.ts'
import { checkStore, type StoreCheckSummary } from '#app/services/store-check.server.ts'
import { attachDatabase } from '#db/attach.server.ts'
import { openEvidenceStore } from '#evidence/store/open.server.ts'
import type { EvidenceStore, StoreStatus } from '#evidence/store/store.ts'
import { explainDatabaseFault } from './database-fault.ts'
import { findingInWords, summaryInWords } from './store-words.ts'
import { printableJson, withoutControls } from './terminal-text.ts'

interface Streams {
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
}

// Not from the server's start, which would load the whole product.
const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

const USAGE = 'Usage: npm run -s attested -- store check [--verify] [--json]\n'

/** @returns the exit status: 0 all is well, 1 something was found, 2 it could not be checked. */
export async function runStore(argv: string[], streams: Streams = process): Promise<number> {
  const asked = parse(argv)
  if (!asked) {
    streams.stderr.write(USAGE)
    return 2
  }
  const report = asked.json ? new JsonReport(streams) : new WordReport(streams)
  try {
    const settings = readSettings(process.env, ROOT)
    return await withParts(settings, streams, (store) => check(store, asked.verify, report))
  } catch (error) {
    report.fail(explainDatabaseFault(error))
    return 2
  }
}

function parse(argv: string[]): { verify: boolean; json: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { verify: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
    })
    return positionals.length === 1 && positionals[0] === 'check' ? values : null
  } catch {
    return null
  }
}

/** The database and the store, and nothing else of the product; both are closed again. */
async function withParts<T>(
  settings: ServerSettings,
  { stderr }: Streams,
  work: (store: EvidenceStore) => Promise<T>,
): Promise<T> {
  const log = (line: string) => stderr.write(`${line}\n`)
  const { root, dataDir, maxUploadBytes } = settings
  const database = await attachDatabase({ url: settings.databaseUrl, dataDir, log })
  try {
    // A running server may be receiving files now: their leftovers are its own business.
    const store = await openEvidenceStore(settings, { cleanLeftovers: false })
    setRuntime({
      database,
      store,
      settings: { root, dataDir, secret: '', maxUploadBytes, publicUrl: null, demoAlways: false },
      clock: () => new Date(),
      newId: () => crypto.randomUUID(),
      jobs: { enqueue: () => Promise.reject(new Error('A check starts no jobs')) },
    })
    return await work(store)
  } finally {
    setRuntime(undefined)
    await database.close()
  }
}

async function check(store: EvidenceStore, verify: boolean, report: Report): Promise<number> {
  report.begin(store.status())
  const findings = checkStore({ verify })
  for (;;) {
    const step = await findings.next()
    if (step.done) {
      report.end(step.value)
      const { orphan, missing, changed } = step.value.found
      return orphan + missing + changed > 0 ? 1 : 0
    }
    report.tell(step.value)
  }
}

type Finding = Parameters<typeof findingInWords>[0]

/** Findings are written as they come: there may be a million. */
interface Report {
  begin(status: StoreStatus): void
  tell(finding: Finding): void
  end(summary: StoreCheckSummary): void
  fail(reason: string): void
}

class WordReport implements Report {
  constructor(private readonly streams: Streams) {}
  begin({ place, objectLock }: StoreStatus) {
    this.#line(`Evidence store: ${place}. Object lock: ${lockInWords(objectLock)}.`)
  }
  tell(finding: Finding) {
    this.#line(findingInWords(finding))
  }
  end(summary: StoreCheckSummary) {
    for (const line of summaryInWords(summary)) this.#line(line)
  }
  fail(reason: string) {
    this.streams.stderr.write(`The evidence store could not be checked. ${withoutControls(reason)}\n`)
  }
  #line(text: string) {
    this.streams.stdout.write(`${withoutControls(text)}\n`)
  }
}

/** One JSON document, written piece by piece; a check that breaks off still ends it, with the reason in `error`. */
class JsonReport implements Report {
  #state: 'before' | 'first' | 'more' = 'before'
  constructor(private readonly streams: Streams) {}
  begin(status: StoreStatus) {
    this.#write(`{"store":${compact(status)},"findings":[`)
    this.#state = 'first'
  }
  tell(finding: Finding) {
    this.#write(`${this.#state === 'first' ? '' : ','}\n${compact(finding)}`)
    this.#state = 'more'
  }
  end(summary: StoreCheckSummary) {
    this.#write(`],"summary":${compact(summary)}}\n`)
  }
  fail(reason: string) {
    this.#write(
      this.#state === 'before' ? `{"error":${compact(reason)}}\n` : `],"error":${compact(reason)}}\n`,
    )
  }
  #write(text: string) {
    this.streams.stdout.write(text)
  }
}

const compact = (value: unknown) => printableJson(value).trimEnd().replace(/\n\s*/g, '')
