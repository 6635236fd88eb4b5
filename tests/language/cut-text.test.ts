import { expect, test } from 'vitest'
import { cutText } from '#app/language/cut-text.ts'

test.each([
  ['short', 10, 'short'],
  ['exactly', 7, 'exactly'],
  ['longer than that', 6, 'longer'],
  ['ab🔥cd', 3, 'ab'],
  ['ab🔥cd', 4, 'ab🔥'],
  ['ab🔥', 4, 'ab🔥'],
  ['', 3, ''],
])('“%s” cut to %i is “%s”', (text, most, cut) => {
  expect(cutText(text, most)).toBe(cut)
})

test('a text that was halved before is not made worse', () => {
  // Half a letter at the end of the whole text is nobody's cut.
  expect(cutText('ab\ud83d', 3)).toBe('ab\ud83d')
})
