import { afterEach, describe, expect, it, vi } from 'vitest'
import { runCommandLine } from '#app/cli/attested.ts'

afterEach(() => vi.restoreAllMocks())

function listen() {
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name] += text
      return true
    })
  }
  return said
}

describe('the command line', () => {
  it.each([['help'], ['--help'], ['-h']])('shows its commands for %s', async (name) => {
    const said = listen()
    expect(await runCommandLine([name])).toBe(0)
    expect(said.stdout).toMatch(/inspect FILE[\s\S]*verify FILE[\s\S]*demo --out DIR/)
    expect(said.stderr).toBe('')
  })

  it.each([[[]], [['frobnicate']], [['toString']], [['__proto__', '--json']]])(
    'answers %j with its usage on standard error, nothing on standard output, and status 2',
    async (argv) => {
      const said = listen()
      expect(await runCommandLine(argv)).toBe(2)
      expect(said.stdout).toBe('')
      expect(said.stderr).toContain('Usage:')
    },
  )
})
