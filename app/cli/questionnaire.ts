/** `attested questionnaire`: checks forms before they are published, and says what changes between two editions. */
import { parseArgs } from 'node:util'
import { compareEditions } from '#questionnaires/compare-editions.ts'
import { type Edition, listQuestions } from '#questionnaires/definition.ts'
import { differenceInWords } from './difference-words.ts'
import {
  type DefinitionReading,
  problemInWords,
  readDefinition,
  readDefinitionFile,
} from './read-definition.ts'
import { printableJson, withoutControls } from './terminal-text.ts'

interface Streams {
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
}

const USAGE = `Usage: npm run -s attested -- questionnaire validate FILE... [--json]
       npm run -s attested -- questionnaire diff OLD NEW [--json]

FILE is YAML, JSON or an .xlsx workbook; OLD and NEW may also be built-in editions such as core-cyber@1.
`

/** @returns the exit status: 0 valid or compared, 1 problems in a form that is validated, 2 unreadable. */
export async function runQuestionnaire(argv: string[], streams: Streams = process): Promise<number> {
  const [task, ...args] = argv
  const asked = parse(args)
  if (task === 'validate' && asked && asked.names.length > 0) return validate(asked, streams)
  const [older, newer, ...others] = asked?.names ?? []
  if (task === 'diff' && asked && older && newer && others.length === 0) {
    return compare({ older, newer, json: asked.json }, streams)
  }
  streams.stderr.write(USAGE)
  return 2
}

interface Asked {
  names: string[]
  json: boolean
}

function parse(args: string[]): Asked | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { json: { type: 'boolean' } },
      allowPositionals: true,
    })
    return { names: positionals, json: values.json ?? false }
  } catch {
    return null
  }
}

type Read = Exclude<DefinitionReading, { status: 'unreadable' }>

async function validate({ names, json }: Asked, { stdout, stderr }: Streams): Promise<number> {
  const readings: [file: string, reading: Read][] = []
  for (const file of names) {
    const reading = await readDefinitionFile(file)
    if (reading.status === 'unreadable') stderr.write(`${withoutControls(`${file}: ${reading.reason}`)}\n`)
    else readings.push([file, reading])
  }
  if (readings.length > 0) stdout.write(json ? printableJson(validationAsData(readings)) : inWords(readings))
  if (readings.length < names.length) return 2
  return readings.every(([, { status }]) => status === 'valid') ? 0 : 1
}

function validationAsData(readings: [file: string, reading: Read][]) {
  const files = readings.map(([file, reading]) =>
    reading.status === 'valid'
      ? { file, ok: true, ...nameOf(reading.edition), problems: [] }
      : { file, ok: false, problems: reading.problems },
  )
  return { ok: files.every(({ ok }) => ok), files }
}

function nameOf(edition: Edition) {
  return { formCode: edition.form.code, edition: edition.edition, questions: listQuestions(edition).length }
}

function inWords(readings: [file: string, reading: Read][]): string {
  const lines = readings.flatMap(([file, reading]) =>
    reading.status === 'valid'
      ? [`${file}: valid (${editionInWords(reading.edition)})`]
      : reading.problems.map((problem) => problemInWords(file, problem)),
  )
  const problems = readings.flatMap(([, reading]) => (reading.status === 'valid' ? [] : reading.problems))
  const valid = readings.filter(([, { status }]) => status === 'valid').length
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  const summary = `${valid} of ${readings.length} valid${problems.length > 0 ? `, ${count}` : ''}.`
  return `${[...lines, summary].map(withoutControls).join('\n')}\n`
}

function editionInWords(edition: Edition): string {
  const { formCode, edition: number, questions } = nameOf(edition)
  return `${formCode}, edition ${number}, ${questions === 1 ? '1 question' : `${questions} questions`}`
}

async function compare(
  { older, newer, json }: { older: string; newer: string; json: boolean },
  { stdout, stderr }: Streams,
): Promise<number> {
  const readings = [await readDefinition(older), await readDefinition(newer)] as const
  const faults = [older, newer].flatMap((name, index) => faultsOf(name, readings[index]))
  const [before, after] = readings
  if (before.status !== 'valid' || after.status !== 'valid') {
    stderr.write(`${[...new Set(faults)].map(withoutControls).join('\n')}\n`)
    return 2
  }
  const difference = compareEditions(before.edition, after.edition)
  const words = () =>
    differenceInWords({ difference, older: before.edition, newer: after.edition })
      .map(withoutControls)
      .join('\n')
  stdout.write(json ? printableJson(difference) : `${words()}\n`)
  return 0
}

function faultsOf(name: string, reading: DefinitionReading | undefined): string[] {
  if (!reading || reading.status === 'valid') return []
  if (reading.status === 'unreadable') return [`${name}: ${reading.reason}`]
  return reading.problems.map((problem) => problemInWords(name, problem))
}
