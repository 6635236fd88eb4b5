/** Writes an edition as the YAML that an author would write, so that an export can be edited and published again. */
import { Document, isNode, isPair, isScalar, isSeq, type Pair, Scalar, visit } from 'yaml'
import type { z } from 'zod'
import { Edition } from './definition.ts'

/** Beside the form; served as `/schema/…` and kept in `public/schema` (docs/write-a-questionnaire.md). */
const SCHEMA_FILE = 'questionnaire-1.json'
const LINE_WIDTH = 110
/** A text that is longer stands below its field, in lines. */
const INLINE_LENGTH = 90
/** Small collections stand on one line: an option, a reference, a condition of two parts. */
const COMPACT_LENGTH = 90
/** What holds one of these fields is worth lines of its own, however short. */
const SPREAD = ['code', 'prompt', 'questions', 'text', 'meaning', 'otherwise', 'signerRoles']
const BEGINS_A_PART = ['eligibility', 'coverages', 'terms', 'declaration', 'sections']

/**
 * YAML in the order of the schema, without what is the default anyway; parseDefinition gives the same edition again.
 * The first line names the schema to editors.
 */
export function writeDefinition(edition: Edition): string {
  // YAML 1.1, which many tools still read, takes more words for another type: `yes`, dates, `1:30`. They are quoted.
  const document = new Document(tidy(Edition, edition), { compat: 'yaml-1.1', aliasDuplicateObjects: false })
  visit(document, {
    Pair: (_, pair) => separate(pair),
    Scalar: (_, scalar) => {
      scalar.type = styleOf(scalar.value)
    },
    Collection: (_, node, path) => {
      node.flow = isCompact(node.toJSON(), path.at(-1))
    },
  })
  const yaml = document.toString({ lineWidth: LINE_WIDTH, singleQuote: true })
  return `# yaml-language-server: $schema=${SCHEMA_FILE}\n${yaml.replace(INVISIBLE, escapeCharacter)}`
}

/** A value with its fields in the order of the schema and without those that say what the schema says by itself. */
function tidy(schema: z.core.$ZodType, value: unknown): unknown {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'lazy':
      return tidy(def.getter(), value)
    case 'optional':
      return value === undefined ? undefined : tidy(def.innerType, value)
    case 'default':
      return isEqual(value, def.defaultValue) ? undefined : tidy(def.innerType, value)
    case 'array':
      return (value as unknown[]).map((item) => tidy(def.element, item))
    case 'union':
      return tidy(optionFor(def.options, value), value)
    case 'object':
      return tidyFields(def.shape, value as Record<string, unknown>)
    default:
      return value
  }
}

function tidyFields(shape: Record<string, z.core.$ZodType>, value: Record<string, unknown>) {
  // Authors say first what a question is called and of which kind it is.
  const leading = 'id' in shape && 'kind' in shape ? ['id', 'kind'] : []
  const fields = [...leading, ...Object.keys(shape).filter((field) => !leading.includes(field))]
  return Object.fromEntries(
    fields.flatMap((field) => {
      const written = tidy(shape[field] as z.core.$ZodType, value[field])
      return written === undefined ? [] : [[field, written]]
    }),
  )
}

function optionFor(options: readonly z.core.$ZodType[], value: unknown): z.core.$ZodType {
  const fitting = options.find((option) => (option as z.ZodType).safeParse(value).success)
  if (!fitting) throw new TypeError('The edition does not have the shape of its schema.')
  return fitting
}

function isEqual(value: unknown, standard: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(standard)
}

function isCompact(value: unknown, parent: unknown): boolean {
  const text = JSON.stringify(value)
  if (text.length > COMPACT_LENGTH || SPREAD.some((field) => text.includes(`"${field}":`))) return false
  const isListOfObjects = Array.isArray(value) && value.some((item) => typeof item === 'object')
  return !isListOfObjects || ['all', 'any'].includes(nameOf(parent))
}

/** Blank lines between the parts of the form, its sections and its questions. */
function separate(pair: Pair): void {
  const name = nameOf(pair)
  const isPart = BEGINS_A_PART.includes(name) && !(isSeq(pair.value) && pair.value.items.every(isScalar))
  if (isPart && isNode(pair.key)) pair.key.spaceBefore = true
  if (!['sections', 'questions'].includes(name) || !isSeq(pair.value)) return
  for (const item of pair.value.items.slice(1)) if (isNode(item)) item.spaceBefore = true
}

function nameOf(pair: unknown): string {
  return isPair(pair) && isScalar(pair.key) ? String(pair.key.value) : ''
}

/** Characters that no editor shows, or that other readers of YAML take for the end of a line or of the text. */
const INVISIBLE = /[\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd-\uffff]/g
const ODD_SPACES = /^[ \t]|[ \t]$|\n$|\t/m

/** Blocks for texts that survive them exactly; what has spaces at the ends of its lines is quoted. */
function styleOf(value: unknown): Scalar.Type | undefined {
  if (typeof value !== 'string') return undefined
  if (value.search(INVISIBLE) >= 0) return Scalar.QUOTE_DOUBLE
  const lines = value.split('\n')
  const isLong = lines.some((line) => line.length > INLINE_LENGTH)
  if (!isLong && lines.length === 1) return undefined
  if (ODD_SPACES.test(value)) return Scalar.QUOTE_DOUBLE
  return isLong ? Scalar.BLOCK_FOLDED : Scalar.BLOCK_LITERAL
}

/** Everything invisible stands in double quotes, where YAML knows this escape. */
function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
