/** The JSON Schema of our predicate, for whoever reads envelopes with other programs. */
import { z } from 'zod'
import { PREDICATE_TYPE, ReadinessPredicate } from './readiness-predicate.ts'

/** Below `public/`, and so the address at which the server hands it out. */
export const PREDICATE_SCHEMA_PATH = 'schema/readiness-1.json'

/** JSON Schema 2020-12. */
export function buildPredicateSchema(): z.core.JSONSchema.JSONSchema {
  const { $schema, ...schema } = z.toJSONSchema(ReadinessPredicate)
  return {
    $schema,
    $id: 'urn:attested:readiness:1',
    title: 'Readiness predicate',
    description: `The predicate of an in-toto statement whose predicateType is ${PREDICATE_TYPE}: one signed readiness report in short.`,
    ...schema,
  }
}
