import { expect, test } from 'vitest'
import { pauseMs } from '#app/components/use-refreshing.ts'

test('a page looks every two seconds for a minute, and for what takes hours twice a minute', () => {
  expect(pauseMs(0)).toBe(2000)
  expect(pauseMs(59_999)).toBe(2000)
  expect(pauseMs(60_000)).toBe(30_000)
  expect(pauseMs(4 * 3_600_000)).toBe(30_000)
})
