/** `attested ledger`: checks, exports and proves ledgers, in this installation's database or in files of anybody's. */
import { parseArgs } from 'node:util'
import { withoutControls } from './terminal-text.ts'

export interface Streams {
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
}

const USAGE = `Usage: npm run -s attested -- ledger COMMAND

  verify [--organisation ID] [--json]
                           check every ledger of this installation, or one: entries, checkpoints, sealed head
  verify FILE [--authority CERTIFICATE.pem] [--timestamp-authority CERTIFICATE.pem] [--json]
                           check an exported ledger offline, without a database
  export --organisation ID --out FILE
                           write a ledger as NDJSON, one record a line (docs/ledger.md)
  prove SEQUENCE --organisation ID --out FILE.json
                           write an entry with the proof that the newest checkpoint covers it
  check-proof FILE.json [--authority CERTIFICATE.pem] [--timestamp-authority CERTIFICATE.pem] [--json]
                           check such a proof offline

Exit status: 0 everything holds, 1 something does not, 2 it could not be read.
`

export interface LedgerArguments {
  target: string | undefined
  organisation: string | undefined
  out: string | undefined
  authority: string | undefined
  timestampAuthority: string | undefined
  json: boolean
}

const isPinned = ({ authority, timestampAuthority }: LedgerArguments) =>
  authority !== undefined || timestampAuthority !== undefined

const COMMANDS: Record<string, (asked: LedgerArguments, streams: Streams) => Promise<number> | null> = {
  verify: (asked, streams) => {
    if (asked.out) return null
    if (asked.target === undefined) {
      if (isPinned(asked)) return null
      return import('./ledger-database.ts').then(({ verifyDatabase }) => verifyDatabase(asked, streams))
    }
    if (asked.organisation) return null
    return import('./ledger-files.ts').then(({ verifyFile }) => verifyFile(asked, streams))
  },
  export: (asked, streams) => {
    const isAsked = asked.organisation && asked.out && !asked.target && !isPinned(asked)
    if (!isAsked) return null
    return import('./ledger-database.ts').then(({ exportToFile }) => exportToFile(asked, streams))
  },
  prove: (asked, streams) => {
    const isAsked = /^[1-9]\d{0,14}$/.test(asked.target ?? '') && asked.organisation && asked.out
    if (!isAsked || isPinned(asked)) return null
    return import('./ledger-database.ts').then(({ proveToFile }) => proveToFile(asked, streams))
  },
  'check-proof': (asked, streams) => {
    if (!asked.target || asked.organisation || asked.out) return null
    return import('./ledger-files.ts').then(({ checkProof }) => checkProof(asked, streams))
  },
}

/** @returns the exit status */
export async function runLedger(argv: string[], streams: Streams = process): Promise<number> {
  const [name = '', ...args] = argv
  const asked = parse(args)
  const running = asked && Object.hasOwn(COMMANDS, name) ? COMMANDS[name]?.(asked, streams) : null
  if (running) return running
  streams.stderr.write(USAGE)
  return 2
}

function parse(args: string[]): LedgerArguments | null {
  const text = { type: 'string' } as const
  const options = {
    organisation: text,
    out: text,
    authority: text,
    'timestamp-authority': text,
    json: { type: 'boolean', default: false },
  } as const
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const { organisation, out, authority, 'timestamp-authority': timestampAuthority, json } = values
    const [target, ...more] = positionals
    return more.length > 0 ? null : { target, organisation, out, authority, timestampAuthority, json }
  } catch {
    return null
  }
}

/** What could not be done, and status 2. */
export function refuse({ stderr }: Streams, reason: string): 2 {
  stderr.write(`${withoutControls(reason)}\n`)
  return 2
}
