/** Reads an edition as its authors wrote it and names every problem with its file, line and column. */
import type { z } from 'zod'
import { Column, Edition, Question } from './definition.ts'
import { checkDefinition } from './definition-checks.ts'
import { type Path, readDefinitionSource } from './definition-source.ts'

export interface DefinitionProblem {
  /** `yaml`: not readable at all; `shape`: a field is wrong; `meaning`: fields contradict each other. */
  code: 'yaml' | 'shape' | 'meaning'
  file: string
  /** 1-based. */
  line: number
  column: number
  /** A sentence that says what to do next. */
  message: string
}

export type ParsedDefinition = { ok: true; edition: Edition } | { ok: false; problems: DefinitionProblem[] }

/**
 * Never throws, whatever the text: YAML, or JSON, which is YAML too.
 * @param controlIds controls that questions may name; left out, any control is accepted
 * @param factKeys facts that gates and proposals may name; left out, any fact is accepted
 */
export function parseDefinition(
  text: string,
  fileName: string,
  controlIds?: ReadonlySet<string>,
  factKeys?: ReadonlySet<string>,
): ParsedDefinition {
  const source = readDefinitionSource(text)
  if (!source.ok) {
    const message = `${source.problem.message} ${NOTHING_ELSE}`
    return { ok: false, problems: [{ code: 'yaml', file: fileName, ...source.problem, message }] }
  }
  const place = (code: DefinitionProblem['code'], { path, key, message }: Located): DefinitionProblem => ({
    code,
    file: fileName,
    ...source.placeOf(path, key),
    message,
  })
  const parsed = Edition.safeParse(source.data)
  if (!parsed.success) {
    const located = parsed.error.issues.flatMap((issue) => locate(issue, [], source.data))
    return { ok: false, problems: located.slice(0, MOST_PROBLEMS).map((problem) => place('shape', problem)) }
  }
  const problems = checkDefinition(parsed.data, { controlIds, factKeys }).map((problem) =>
    place('meaning', problem),
  )
  return problems.length > 0
    ? { ok: false, problems: problems.slice(0, MOST_PROBLEMS) }
    : { ok: true, edition: parsed.data }
}

const NOTHING_ELSE = 'Nothing else was checked until this is mended.'

/** Nobody reads beyond the first screens; the rest shows once these are corrected. */
const MOST_PROBLEMS = 200

interface Located {
  path: Path
  key?: string
  message: string
}

/** One Zod issue as sentences; a condition's alternatives are narrowed down to the one its author meant. */
function locate(issue: z.core.$ZodIssue, parent: Path, data: unknown): Located[] {
  const path = [...parent, ...issue.path]
  if (path.length === 0 && issue.code === 'invalid_type') {
    return [{ path, message: 'The file holds no form. Start it with "schema: 1" and "form:".' }]
  }
  const name = nameOf(path)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path,
      key,
      message: `"${key}" is not known here. Remove it or check its spelling.`,
    }))
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const meant = issue.errors.find((branch) => branch.some((inner) => inner.path.length > 1))
    if (meant) return meant.flatMap((inner) => locate(inner, path, data))
    return [{ path, message: CONDITION_SHAPE }]
  }
  if (issue.code === 'invalid_union') {
    const kinds = path.includes('columns') ? COLUMN_KINDS : KINDS
    return [{ path, message: `"${name}" is none of the known kinds: ${kinds.join(', ')}.` }]
  }
  if (issue.code === 'invalid_type' && valueAt(data, path) === undefined) {
    return [{ path, message: `"${name}" is missing. Add it.` }]
  }
  return [{ path, message: `"${name}": ${issue.message}.` }]
}

const CONDITION_SHAPE =
  'This is not a condition. Write "question" with one of "is", "includes" or "atLeast"; "circumstance" (revenue, headcount, class, coverage or renewal) or "fact" with its test; or one of "all", "any" or "not".'
const KINDS = Question.options.map((option) => option.shape.kind.value)
const COLUMN_KINDS = Column.options.map((option) => option.shape.kind.value)

function nameOf(path: Path): string {
  const name = path.findLast((step) => typeof step === 'string')
  return typeof name === 'string' ? name : 'this value'
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    data,
  )
}
