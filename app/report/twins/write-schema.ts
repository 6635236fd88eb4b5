/** Publishes the schema of the predicate: `npx tsx app/report/twins/write-schema.ts` writes it below public/. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildPredicateSchema, PREDICATE_SCHEMA_PATH } from './predicate-schema.ts'

const file = fileURLToPath(new URL(`../../../public/${PREDICATE_SCHEMA_PATH}`, import.meta.url))
writeFileSync(file, `${JSON.stringify(buildPredicateSchema(), null, 2)}\n`)
console.log(`Wrote public/${PREDICATE_SCHEMA_PATH}`)
