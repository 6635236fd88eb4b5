import { describe, expect, it } from 'vitest'
import { summarise, summaryLine } from '#app/launch/test-summary.mjs'

const report = (counts: object, testResults: object[] = []) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults,
  ...counts,
})

describe('the last line of npm test', () => {
  it('counts what the runner reports, todo tests as skipped', () => {
    const summary = summarise(report({ numPassedTests: 12, numPendingTests: 2, numTodoTests: 1 }), 0)
    expect(summaryLine(summary)).toBe('12 passed, 0 failed, 3 skipped')
  })

  it('counts a file that could not be loaded as a failure', () => {
    const broken = { status: 'failed', assertionResults: [] }
    expect(summarise(report({ numPassedTests: 3 }, [broken]), 1).failed).toBe(1)
  })

  it('does not count a failed test twice because its file failed too', () => {
    const file = { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] }
    expect(summarise(report({ numPassedTests: 1, numFailedTests: 1 }, [file]), 1).failed).toBe(1)
  })

  it.each([
    ['the runner left no report', null, 0],
    ['the runner failed although no test did', report({ numPassedTests: 5 }), 1],
    ['there was no test at all', report({}), 0],
    ['every test was skipped', report({ numPendingTests: 4 }), 0],
  ])('reports a failure when %s', (_case, given, exitCode) => {
    expect(summarise(given, exitCode).failed).toBe(1)
  })
})
