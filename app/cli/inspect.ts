/** `attested inspect FILE`: what a scan or export holds, read by the importers without a database. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { describeFact } from '#evidence/facts.ts'
import { ImportError, type Viewpoint } from '#evidence/importers/importer.ts'
import { type Inspection, inspectFile } from '#evidence/importers/read-file.server.ts'
import { explainUnread, printableJson, withoutControls } from './terminal-text.ts'

interface Streams {
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
}

const USAGE = 'Usage: npm run -s attested -- inspect FILE [--json] [--external]\n'

/** @returns the exit status: 0 when the file was read whole, else 2 with the reason on stderr and nothing on stdout. */
export async function runInspect(argv: string[], { stdout, stderr }: Streams = process): Promise<number> {
  const asked = parse(argv)
  if (!asked) {
    stderr.write(USAGE)
    return 2
  }
  const { file, json, viewpoint } = asked
  try {
    const inspection = await inspectFile(resolve(file), { viewpoint, now: new Date() })
    stdout.write(json ? printableJson(inspection) : describe(file, inspection, viewpoint))
    return 0
  } catch (error) {
    stderr.write(`${withoutControls(`${file}: ${reasonOf(error)}`)}\n`)
    return 2
  }
}

function parse(argv: string[]): { file: string; json: boolean; viewpoint: Viewpoint } | null {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      options: { json: { type: 'boolean' }, external: { type: 'boolean' } },
      allowPositionals: true,
    })
    const [file, ...others] = positionals
    if (!file || others.length > 0) return null
    return { file, json: values.json ?? false, viewpoint: values.external ? 'external' : 'internal' }
  } catch {
    return null
  }
}

function describe(file: string, inspection: Inspection, viewpoint: Viewpoint): string {
  const {
    format,
    tool,
    toolVersion,
    scanDate,
    assets,
    findings,
    cves,
    records,
    counts,
    gaps,
    facts,
    warnings,
  } = inspection
  const lines = [
    `${file}: ${format}, ${[tool, toolVersion].filter(Boolean).join(' ')}, ${scanDate ? `dated ${scanDate}` : 'without a date'}`,
    `${assets} assets, ${records} records, ${cves} CVEs`,
    `Findings: ${Object.entries(findings)
      .map(([severity, count]) => `${count} ${severity}`)
      .join(', ')}`,
    ...(Object.keys(counts).length > 0
      ? [
          `Counted: ${Object.entries(counts)
            .map(([name, count]) => `${count} ${name}`)
            .join(', ')}`,
        ]
      : []),
    ...gaps.map((gap) => `Not whole: ${gap}`),
    ...(facts.length > 0
      ? ['', `Facts, seen from ${viewpoint === 'external' ? 'the internet' : 'inside'}:`]
      : []),
    ...facts.map((fact) => `  ${describeFact(fact)}${fact.completeness === 'partial' ? ' (partial)' : ''}`),
    ...(warnings.length > 0 ? ['', 'Warnings:'] : []),
    ...warnings.map((warning) => `  ${warning}`),
  ]
  // Texts of a stranger's file must not steer the terminal.
  return `${lines.map(withoutControls).join('\n')}\n`
}

function reasonOf(error: unknown): string {
  if (error instanceof ImportError) {
    return error.place
      ? `${error.message} (line ${error.place.line}, column ${error.place.column})`
      : error.message
  }
  return explainUnread(error)
}
