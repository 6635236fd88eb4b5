import { expect, test } from 'vitest'
import { outcomeOf } from '#evidence/importers/backup-jobs/outcome.ts'
import { stateOf } from '#evidence/importers/training/state.ts'

test.each([
  ['Success', 'succeeded'],
  ['Completed', 'succeeded'],
  ['Protected', 'succeeded'],
  ['Completed without errors', 'succeeded'],
  ['Success, 0 errors', 'succeeded'],
  ['Completed with errors', 'failed'],
  ['Completed with failures', 'failed'],
  ['Completed with warnings', 'warned'],
  ['Completed, not verified', 'warned'],
  ['Partially completed', 'warned'],
  ['Not protected', 'failed'],
  ['Unprotected', 'failed'],
  ['Not completed', 'failed'],
  ['Not yet completed', 'failed'],
  ['Never completed', 'failed'],
  ['Unsuccessful', 'failed'],
  ['No successful backup', 'failed'],
  ['Completed, no errors; 3 failed items', 'failed'],
  ['In progress', 'running'],
  ['Not applicable', null],
])('a backup run that ended as %j', (text, expected) => {
  expect(outcomeOf(text)).toBe(expected)
})

test.each([
  ['Completed', 'completed'],
  ['Passed', 'completed'],
  ['Passed (not timed)', 'completed'],
  ['Not completed', 'notStarted'],
  ['Not yet complete', 'notStarted'],
  ['Never completed', 'notStarted'],
  ['Not passed', 'inProgress'],
  ['Not finished', 'inProgress'],
  ['Unfinished', 'inProgress'],
  ['Failed', 'inProgress'],
  ['Partially completed', 'inProgress'],
  ['Waived', null],
])('an assignment of training that is %j', (text, expected) => {
  expect(stateOf(text)).toBe(expected)
})
