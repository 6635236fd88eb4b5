import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { nodeVersionProblem } from '#app/launch/node-version.mjs'
import { ROOT } from '#tests/floors/source-file.ts'

describe('the Node version', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('%s is new enough', (version) => {
    expect(nodeVersionProblem(version)).toBeNull()
  })

  it.each(['20.18.3', '18.20.0', '16.0.0', '9.9.9'])(
    '%s is too old, and the message says what to do',
    (version) => {
      const problem = nodeVersionProblem(version)
      expect(problem).toContain('Node 20.19 or newer')
      expect(problem).toContain(`this is Node ${version}`)
      expect(problem).toContain('https://nodejs.org')
    },
  )

  it('agrees with package.json', () => {
    const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    expect(engines.node).toBe('>=20.19')
  })

  // An old Node must get as far as the message: it parses what an entry file imports before running any of it.
  it.each(['start', 'test', 'bench', 'attested'])(
    '%s.mjs and what it imports at once parse on an old Node',
    (name) => {
      for (const file of [`${name}.mjs`, 'node-version.mjs', 'follow-npm.mjs']) {
        const text = readFileSync(join(ROOT, 'app/launch', file), 'utf8')
        const { outputText } = ts.transpileModule(text, {
          compilerOptions: {
            target: ts.ScriptTarget.ES2018,
            module: ts.ModuleKind.ESNext,
            removeComments: false,
          },
        })
        const squeezed = (source: string) => source.replace(/,(?=\s*[)\]}])|[\s;]/g, '')
        expect(squeezed(outputText), file).toBe(squeezed(text))
      }
    },
  )
})
