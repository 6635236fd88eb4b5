import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { THREADS } from '#app/launch/build-threads.mjs'
import { BUILT_THREADS, threadSource } from '#app/threads/thread-source.server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const built = process.env[BUILT_THREADS] ?? ''
/** Runs in browsers, and is part of their build. */
const IN_BROWSERS = 'app/report/verify-worker.ts'

afterEach(() => vi.unstubAllEnvs())

describe('the script of a thread', () => {
  test('is built wherever one stands in the project', () => {
    const scripts = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('-worker.ts'))
      .map((name) => `app/${name.replaceAll('\\', '/')}`)
    expect(scripts.filter((name) => name !== IN_BROWSERS).sort()).toEqual(THREADS)
  })

  test.each(THREADS)('is run as it was built, and as TypeScript where nothing was: %s', (script) => {
    expect(fileURLToPath(threadSource(script).file)).toBe(join(built, script.replace(/\.ts$/, '.mjs')))
    vi.stubEnv(BUILT_THREADS, '')
    expect(fileURLToPath(threadSource(script).file)).toBe(join(root, script))
    vi.stubEnv(BUILT_THREADS, join(root, 'nowhere'))
    expect(fileURLToPath(threadSource(script).file)).toBe(join(root, script))
  })

  test('that the project has not is missed by name', () => {
    expect(() => threadSource('app/jobs/lost-worker.ts')).toThrow(/lost-worker\.ts is missing/)
  })
})
