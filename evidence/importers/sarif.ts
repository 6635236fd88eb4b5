/** SARIF 2.1.0, the common form of code and image analysers: results become findings, each run looks at one thing. */
import { ImportError, type Importer } from './importer.ts'
import { asFlag, asList, asObject, asText, type Json } from './json-reader.ts'
import { sniffShape } from './json-shape.ts'
import { createSarifReader } from './sarif/document.ts'
import { type Result, readResult, sizeOf, toFinding } from './sarif/result.ts'
import { createRules } from './sarif/rules.ts'
import { type Moment, parseHostTime } from './scan/dates.ts'
import { limitFacts } from './scan/limit-facts.ts'
import { pump } from './scan/pump.ts'
import { createScanReport, type ScanHost } from './scan/report.ts'
import { NO_SIGNALS } from './scan/signals.ts'
import { cut } from './scan/text.ts'

/** Of results that come before their rules; some tools write them so. */
const MAXIMUM_HELD = 64 * 1024 * 1024
const MAXIMUM_TOOLS = 5

export const sarifImporter: Importer = {
  format: 'sarif',
  label: 'SARIF 2.1.0 (code and image analysis)',
  evidenceKind: 'vuln-scan-summary',

  recognises(head) {
    const shape = sniffShape(head)
    if (shape === null) return false
    const isNamed = /sarif/i.test(shape.text('$schema') ?? '') || /^2\./.test(shape.text('version') ?? '')
    return (
      shape.has('runs[].tool.driver') ||
      (shape.has('runs') && isNamed) ||
      shape.hasAny('runs[].results[].ruleId', 'runs[].results[].ruleIndex') ||
      /sarif-schema|sarif-2\./i.test(shape.text('$schema') ?? '')
    )
  },

  read(bytes, options) {
    const { reader, report, end } = startReading()
    return pump(bytes, {
      ...reader,
      takeEvents: report.takeEvents,
      finish() {
        const { summary, warnings } = report.finish(options, { end: end(), credentialed: null })
        const because = 'Code and images were analysed, not running systems.'
        const told = summary.facts.length > 0 ? [`${because} No facts about systems follow from it.`] : []
        return { summary: limitFacts(summary, { keys: [], because }), warnings: [...warnings, ...told] }
      },
    })
  },
}

interface Run {
  rules: ReturnType<typeof createRules>
  tool: string | null
  host: ScanHost | null
  held: Result[]
  /** A repository or an image, where the run names it. */
  target: string | null
}

function startReading() {
  const report = createScanReport({ format: 'sarif', tool: 'SARIF', undatedMeans: 'not-told' })
  const tools: string[] = []
  let runs = 0
  let results = 0
  let latest: Moment | null = null
  let heldSize = 0
  const newRun = (): Run => ({ rules: createRules(), tool: null, host: null, held: [], target: null })
  let run = newRun()

  const hostOf = (): ScanHost => {
    // What was looked at may be told only behind the results, so the name does not wait for it.
    run.host ??= report.openHost({
      name: `${run.tool ?? 'SARIF'} run${runs > 0 ? ` ${runs + 1}` : ''}`,
      hostname: null,
      address: null,
      externalId: null,
      operatingSystem: null,
    })
    return run.host
  }
  const emit = (result: Result) => {
    const { isRated, ...parts } = toFinding(result, run.rules)
    if (!isRated) report.countUnrated()
    if (parts.isSuppressed) report.count('suppressed')
    report.addFinding(hostOf(), parts, NO_SIGNALS)
  }
  const flush = () => {
    for (const result of run.held) emit(result)
    run.held = []
    heldSize = 0
  }

  const reader = createSarifReader({
    version(text) {
      if (!/^2\./.test(text.trim()))
        throw new ImportError(
          'unrecognised',
          `This is SARIF ${text.slice(0, 20)}, which is read from version 2.1.0 on. Export it as 2.1.0.`,
        )
    },
    rule: (extension, index, fields) => run.rules.add(extension, index, fields),
    tool(driver) {
      run.tool = cut(asText(driver.name), 100) ?? cut(asText(driver.fullName), 100) ?? 'SARIF'
      if (tools.length < MAXIMUM_TOOLS && !tools.includes(run.tool)) tools.push(run.tool)
      report.setVersion(
        asText(driver.semanticVersion) ?? asText(driver.version) ?? asText(driver.dottedQuadFileVersion),
      )
      flush()
    },
    result(fields) {
      results += 1
      const result = readResult(fields)
      if (result === null) {
        report.count('noProblem')
        return
      }
      if (run.tool !== null) {
        emit(result)
        return
      }
      heldSize += sizeOf(result)
      if (heldSize > MAXIMUM_HELD)
        throw new ImportError(
          'too-large',
          'The file lists its results before its rules, and too many of them to hold back. Export it in parts.',
        )
      run.held.push(result)
    },
    part(name, value) {
      run.target ??= targetOf(name, value)
      if (name !== 'invocation') return
      const invocation = asObject(value)
      const end = parseHostTime(asText(invocation?.endTimeUtc) ?? asText(invocation?.startTimeUtc) ?? '')
      // The format says that these times are UTC, with or without the letter.
      if (end && (!latest || end.time > latest.time)) latest = { ...end, hasZone: true }
      if (asFlag(invocation?.executionSuccessful) === false)
        report.addGap('The tool reports that it did not run to its end.')
    },
    elsewhere: () => report.addGap('Results are kept in other files, which are not in this one.'),
    runEnd() {
      flush()
      const host = hostOf()
      if (run.target !== null) {
        host.description.externalId = run.target
        report.addName(run.target)
      } else report.addGap('The file does not say what was analysed: another run may be of something else.')
      runs += 1
      run = newRun()
    },
  })
  return {
    reader,
    report,
    end(): Moment | null {
      report.setTool(tools.join(', ') || 'SARIF')
      report.setRecords(results)
      return latest
    },
  }
}

function targetOf(name: string, value: Json): string | null {
  if (name === 'versionControlProvenance') return cut(asText(asObject(asList(value)[0])?.repositoryUri), 300)
  if (name === 'properties') return cut(asText(asObject(value)?.imageName), 300)
  if (name === 'automationDetails') return cut(asText(asObject(value)?.id), 300)
  return null
}
