import { describe, expect, it } from 'vitest'
import { findViolations, RULES } from './floors/rules.ts'
import { parseSource, readProject } from './floors/source-file.ts'

describe('the project', () => {
  const project = readProject()
  const violations = findViolations(project)

  it('is read whole', () => {
    const paths = project.map(({ path }) => path)
    expect(paths).toContain('questionnaires/definition.ts')
    expect(paths).toContain('app/launch/start.mjs')
    expect(project.flatMap(({ imports }) => imports).length).toBeGreaterThan(300)
  })

  it.each(Object.keys(RULES))('%s', (rule) => {
    const broken = violations.filter((violation) => violation.rule === rule)
    expect(broken.map(({ file, offence }) => `${file} → ${offence}`)).toEqual([])
  })
})

/** Each line is one file that breaks one rule. */
const OFFENDERS: [rule: string, path: string, text: string][] = [
  ['every folder has a floor', 'app/strange/x.ts', ''],
  [
    'a file imports its own folder or a lower floor',
    'app/readiness/x.ts',
    `import { a } from '#app/services/a.ts'`,
  ],
  ['a file imports its own folder or a lower floor', 'app/routes/x.ts', `import { a } from '#app/jobs/a.ts'`],
  ['a file imports its own folder or a lower floor', 'db/x.ts', `export * from '../app/report/statement.ts'`],
  ['a file imports its own folder or a lower floor', 'app/server/x.ts', `await import('../cli/attested.ts')`],
  [
    'a file imports its own folder or a lower floor',
    'db/x.ts',
    `type A = import('#app/services/member.ts').Member`,
  ],
  ['rule 1', 'evidence/x.ts', `import type { Edition } from '#questionnaires/definition.ts'`],
  ['rule 1', 'questionnaires/x.ts', `import { a } from '../evidence/facts.ts'`],
  ['rule 2', 'app/readiness/x.ts', `import type { Row } from '#db/schema/clients.ts'`],
  ['rule 2', 'db/queries/x.server.ts', `import { a } from '#app/readiness/evaluate.ts'`],
  ['rule 3', 'app/report/verify.ts', `import { sign } from './sign.server.ts'`],
  ['rule 3', 'app/report/verify/chain.ts', `import { a } from '#evidence/facts.ts'`],
  ['rule 3', 'app/report/verify.ts', `import { readFile } from 'node:fs/promises'`],
  ['rule 4: routes', 'app/routes/x.tsx', `import type { Tx } from '#db/client.server.ts'`],
  ['rule 4: routes', 'app/routes/x.tsx', `import { readNessus } from '#evidence/importers/nessus.ts'`],
  ['rule 4: routes', 'app/routes/x.tsx', `import { loader } from './client.tsx'`],
  ['rule 4: components', 'app/components/x.tsx', `import { a } from '#app/services/clients.server.ts'`],
  ['rule 4: components', 'app/components/x.tsx', `import { type A } from '#app/services/clients.server.ts'`],
  ['rule 5', 'app/routes/x.tsx', `await getRuntime().database.inOrganisation(id, work)`],
  ['rule 6', 'db/queries/x.server.ts', `export async function listAll(tx: Tx) {}`],
  ['rule 6', 'db/queries/x.server.ts', `export async function find(tx: Tx, id: string) {}`],
  ['rule 6', 'db/queries/x.server.ts', `export async function find(organisationId: string) {}`],
  ['rule 7', 'app/services/x.server.ts', `import { Lucia } from 'lucia'`],
  ['rule 7', 'app/services/x.server.ts', `import { PDF } from '@libpdf/core'`],
  ['rule 7', 'app/services/x.server.ts', `import PgBoss from 'pg-boss'`],
  ['rule 7', 'app/services/x.server.ts', `await import('@aws-sdk/client-kms')`],
  ['rule 7', 'app/services/x.server.ts', `import { eq } from 'drizzle-orm/sql'`],
  ['rule 8', 'questionnaires/x.ts', `import { readFileSync } from 'node:fs'`],
  ['rule 8', 'app/report/x.ts', `const { a } = await import('./pdf.server.ts')`],
  [
    'tables are reached through queries',
    'app/services/x.server.ts',
    `import { client } from '#db/schema/clients.ts'`,
  ],
  ['no file is over 300 lines', 'app/services/x.ts', '\n'.repeat(301)],
  ['files and folders are named by their subject', 'app/components/utils/x.ts', ''],
  ['files and folders are named by their subject', 'app/services/helpers.server.ts', ''],
]

const ALLOWED: [path: string, text: string][] = [
  ['app/components/x.tsx', `import type { A } from '#app/services/clients.server.ts'`],
  ['app/routes/x.tsx', `import type { loader } from './client.tsx'`],
  ['app/routes/x.tsx', `import { StoreError } from '#evidence/store/store.ts'`],
  ['app/services/x.server.ts', `import type { ClientRow } from '#db/schema/clients.ts'`],
  ['app/services/x.server.ts', `await database.inOrganisation(id, (tx) => listClients(tx, id))`],
  [
    'app/report/verify.ts',
    `import { canonical } from '#evidence/canonical.ts'\nimport * as pkijs from 'pkijs'`,
  ],
  [
    'app/report/verify/steps.ts',
    `import { Statement } from '../statement.ts'\nimport { chain } from './chain.ts'`,
  ],
  ['db/queries/x.server.ts', `export async function insert(tx: Tx, rows: (typeof client.$inferInsert)[]) {}`],
  ['app/report/render-worker.tsx', `import { parentPort } from 'node:worker_threads'`],
]

describe('the checker', () => {
  it.each(OFFENDERS)('reports a file that breaks "%s": %s %s', (rule, path, text) => {
    const [found] = findViolations([parseSource(path, text)]).filter((violation) =>
      violation.rule.startsWith(rule),
    )
    expect(found?.file).toBe(path)
  })

  it('has an offender for every rule', () => {
    const unproven = Object.keys(RULES).filter(
      (rule) => !OFFENDERS.some(([prefix]) => rule.startsWith(prefix)),
    )
    expect(unproven).toEqual([])
  })

  it.each(ALLOWED)('leaves alone %s: %s', (path, text) => {
    expect(findViolations([parseSource(path, text)])).toEqual([])
  })
})
