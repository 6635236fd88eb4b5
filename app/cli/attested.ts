/** The command line: chooses a command and loads only what it needs. */

const USAGE = `Usage: npm run -s attested -- COMMAND

  inspect FILE [--json]    read a scan or export and show what is in it, without a database
  verify FILE [--json]     check a signed readiness report or a claim pack offline; status 0 only when every
                           check holds
  questionnaire validate FILE... [--json]
                           check forms before they are published, each problem with its file, line and column
  questionnaire diff OLD NEW [--json]
                           what changes between two editions, and what becomes of the answers; files, or
                           built-in editions such as core-cyber@1
  store check [--verify] [--json]
                           files without a row and rows without a file in the evidence store, beside a
                           running Attested or without one; --verify reads every file; deletes nothing
  ledger verify [--organisation ID] [--json] | verify FILE | export | prove | check-proof
                           check, export and prove ledgers, in the database or offline; "ledger" alone says how
  readiness --organisation ID --client ID [--true-on DAY] [--known-on DAY] [--json]
                           what was true of a client on a day, and what could have been known on it
  check-domain DOMAIN [--json] [--dns-server IP[:PORT]] [--selector NAME]
                           ask for SPF, DKIM, DMARC, MTA-STS, TLS-RPT and DNSSEC of a domain now, without a database
  demo --out DIR           do the whole job on demo data and leave the signed report in DIR
  help                     show this

Exit status: 0 done, 1 not so, 2 the command or its input could not be read.
`

const COMMANDS: Record<string, (args: string[]) => Promise<number>> = {
  inspect: async (args) => (await import('./inspect.ts')).runInspect(args),
  verify: async (args) => (await import('./verify.ts')).runVerify(args),
  questionnaire: async (args) => (await import('./questionnaire.ts')).runQuestionnaire(args),
  store: async (args) => (await import('./store.ts')).runStore(args),
  ledger: async (args) => (await import('./ledger.ts')).runLedger(args),
  readiness: async (args) => (await import('./readiness.ts')).runReadiness(args),
  'check-domain': async (args) => (await import('./check-domain.ts')).runCheckDomain(args),
  demo: async (args) => (await import('./demo.ts')).runDemo(args),
  help: async () => {
    process.stdout.write(USAGE)
    return 0
  },
}

/** @returns the exit status. */
export async function runCommandLine(argv: string[]): Promise<number> {
  const [name = '', ...args] = argv
  const asksForHelp = name === '--help' || name === '-h'
  const command = asksForHelp ? COMMANDS.help : Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command) return command(args)
  process.stderr.write(name === '' ? USAGE : `There is no command "${name}".\n\n${USAGE}`)
  return 2
}
