/** `attested readiness`: what was true of a client on a day, and what could have been known on it. */
import { parseArgs } from 'node:util'
import { fieldErrorsOf, HistoryQuery } from '#app/services/history-input.ts'
import { getPoint, type HistoryPoint } from '#app/services/history-page.server.ts'
import { setRuntime } from '#app/services/runtime.server.ts'
import { printableJson, withoutControls } from './terminal-text.ts'
import { withDatabase } from './with-database.ts'

interface Streams {
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
}

const USAGE = `Usage: npm run -s attested -- readiness --organisation ID --client ID [--true-on DAY] [--known-on DAY] [--json]

  --true-on 2026-03-31     what was true on that day, as known today
  --known-on 2026-03-31    what could have been known on that day; both together: what was believed on the second
                           day about the first
`

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** @returns the exit status: 0 told, 2 not read or not understood */
export async function runReadiness(argv: string[], streams: Streams = process): Promise<number> {
  const asked = parse(argv)
  if (!asked) {
    streams.stderr.write(USAGE)
    return 2
  }
  const parsed = HistoryQuery.safeParse({ trueOn: asked['true-on'], knownOn: asked['known-on'] })
  if (!parsed.success) {
    for (const reason of Object.values(fieldErrorsOf(parsed.error))) streams.stderr.write(`${reason}\n`)
    return 2
  }
  return withDatabase(streams, 'The record could not be read.', async (database) => {
    setRuntime({
      database,
      clock: () => new Date(),
      // Reading the record needs neither files nor jobs.
    } as Parameters<typeof setRuntime>[0])
    try {
      const point = await getPoint({ organisationId: asked.organisation }, asked.client, parsed.data)
      streams.stdout.write(asked.json ? printableJson(point) : inWords(point))
      return 0
    } finally {
      setRuntime(undefined)
    }
  })
}

function parse(args: string[]) {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      args,
      options: {
        organisation: text,
        client: text,
        'true-on': text,
        'known-on': text,
        json: { type: 'boolean', default: false },
      },
    })
    const { organisation = '', client = '' } = values
    return UUID.test(organisation) && UUID.test(client) ? { ...values, organisation, client } : null
  } catch {
    return null
  }
}

function inWords({ client, trueOn, knownOn, application, answers, unanswered }: HistoryPoint): string {
  const day = (moment: string) => moment.slice(0, 10)
  const lines = [`${client.legalName}: true on ${day(trueOn)}, as known on ${day(knownOn)}`]
  if (!application) return `${withoutControls(lines[0] ?? '')}\nNo application was known then.\n`
  const basis = application.basis === 'signed' ? 'as attested' : 'a draft then'
  lines.push(`${application.title}, edition ${application.edition}, ${basis}`, '')
  for (const answer of answers) {
    const excepted = answer.isExcepted ? ', covered by an exception' : ''
    lines.push(`${answer.item}  ${answer.prompt}`, `    ${answer.shown}: ${answer.status}${excepted}`)
    for (const { sentence } of answer.reasons) lines.push(`    - ${sentence}`)
  }
  if (unanswered > 0) lines.push('', `Questions without an answer then: ${unanswered}`)
  return `${lines.map(withoutControls).join('\n')}\n`
}
