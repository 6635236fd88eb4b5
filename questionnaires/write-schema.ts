/** Publishes the schema of definitions: `npx tsx questionnaires/write-schema.ts` writes it below public/. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildDefinitionSchema, SCHEMA_PATH } from './definition-schema.ts'

const file = fileURLToPath(new URL(`../public/${SCHEMA_PATH}`, import.meta.url))
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, `${JSON.stringify(buildDefinitionSchema(), null, 2)}\n`)
console.log(`Wrote public/${SCHEMA_PATH}`)
