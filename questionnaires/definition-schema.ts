/** The JSON Schema of a definition, for editors that complete and check a form while it is being written. */
import { z } from 'zod'
import { Column, Condition, Edition, Question, Section } from './definition.ts'
import { FIELD_DESCRIPTIONS } from './field-descriptions.ts'

/** Below `public/`, and so the address at which the server hands it out. */
export const SCHEMA_PATH = 'schema/questionnaire-1.json'

type JsonSchema = z.core.JSONSchema.JSONSchema

/** JSON Schema 2020-12 of what authors write: what has a default may be left out. */
export function buildDefinitionSchema(): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(Edition, { io: 'input', metadata: nameParts() })
  const parts = schema.$defs ?? {}
  for (const [name, part] of Object.entries(parts)) describe(part, name)
  describe({ ...schema, $defs: undefined }, 'Edition')
  return {
    $schema,
    $id: 'urn:attested:questionnaire:1',
    title: 'Questionnaire edition',
    description: 'One edition of a cyber-insurance form: its sections, questions, answers and conditions.',
    ...schema,
  }
}

/** The parts that are used more than once, or in themselves, stand under names of their own. */
function nameParts() {
  const registry = z.registry<{ id: string }>()
  registry.add(Condition, { id: 'Condition' })
  registry.add(Column, { id: 'Column' })
  registry.add(Question, { id: 'Question' })
  registry.add(Section, { id: 'Section' })
  const choice = Question.options.find((option) => option.shape.kind.value === 'single-choice')
  if (choice && 'options' in choice.shape) registry.add(choice.shape.options.element, { id: 'Option' })
  registry.add(Edition.shape.declaration, { id: 'Declaration' })
  registry.add(Edition.shape.terms.unwrap().element, { id: 'Term' })
  return registry
}

/** Adds what a field means, wherever in the part it stands. */
function describe(node: unknown, part: string): void {
  if (typeof node !== 'object' || node === null) return
  const { properties = {} } = node as JsonSchema
  for (const [field, property] of Object.entries(properties)) {
    const description = FIELD_DESCRIPTIONS[`${part}.${field}`]
    if (description && typeof property === 'object') property.description = description
  }
  for (const child of Object.values(node)) describe(child, part)
}
