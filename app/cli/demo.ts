/** `attested demo --out DIR`: the main job without a browser, on the demo data, ending in a verified report. */
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { summarise } from '#app/readiness/summary.ts'
import { startRuntime } from '#app/server/start-runtime.server.ts'
import { buildDemoWorkspace, createDemoOwner } from '#app/services/demo/build-workspace.server.ts'
import { getReadiness } from '#app/services/readiness.server.ts'
import { getReport, openReportFile } from '#app/services/reports.server.ts'
import { runVerify } from './verify.ts'

interface Streams {
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
}

/** @returns the exit status: 0 when the report was made and every check of it holds. */
export async function runDemo(argv: string[], { stdout, stderr }: Streams = process): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { out: { type: 'string' } }, strict: false })
  if (typeof values.out !== 'string' || values.out === '') {
    stderr.write('Say where the report should go: npm run -s attested -- demo --out DIR\n')
    return 2
  }
  const out = resolve(values.out)
  const say = (line: string) => stdout.write(`${line}\n`)
  mkdirSync(out, { recursive: true })
  const dataDir = mkdtempSync(join(tmpdir(), 'attested-demo-'))
  try {
    say('Starting a throw-away database')
    const running = await startRuntime({ dataDir, log: () => undefined })
    try {
      const owner = await createDemoOwner()
      say(`Organisation: ${owner.organisationName}`)
      const { reportId, applicationId } = await buildDemoWorkspace(owner, 'http://localhost', say)
      const { readiness } = await getReadiness(owner, applicationId)
      const { controls } = summarise(readiness)
      say(
        `Readiness: ${controls.met} controls met, ${controls.partly} partly, ${controls.unmet} unmet, ${controls.unknown} unknown`,
      )
      const { stream } = await openReportFile(owner, reportId)
      await pipeline(stream, createWriteStream(join(out, 'readiness-report.pdf')))
      const { authorityPem, report } = await getReport(owner, reportId)
      writeFileSync(join(out, 'signing-authority.pem'), authorityPem ?? '')
      writeFileSync(join(out, 'statement.json'), report.statement)
      say('Signed report written to readiness-report.pdf, with two signatures')
    } finally {
      await running.stop()
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
  let verification = ''
  const arguments_ = [join(out, 'readiness-report.pdf'), '--authority', join(out, 'signing-authority.pem')]
  const status = await runVerify(arguments_, {
    stdout: {
      write: (text: string) => {
        verification += text
        return stdout.write(text)
      },
    },
    stderr,
  })
  writeFileSync(join(out, 'verification.txt'), verification)
  return status
}
