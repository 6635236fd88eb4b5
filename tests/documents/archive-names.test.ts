import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { archiveNames, cleanName } from '#app/documents/archive-names.ts'

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\x\\report.pdf', 'report.pdf'],
  ['..', 'unnamed'],
  ['', 'unnamed'],
  ['CON', '_CON'],
  ['nul.tar.gz', '_nul.tar.gz'],
  ['COM1.csv', '_COM1.csv'],
  ['-rf', 'rf'],
  ['.htaccess', 'htaccess'],
  ['a<b>:"|?*.txt', 'a_b______.txt'],
  ['report\u202efdp.exe', 'report_fdp.exe'],
  ['two\nlines.txt', 'two_lines.txt'],
  ['ends in dots. . ', 'ends in dots'],
  ['e\u0301.txt', '\u00e9.txt'],
])('%j becomes %j', (name, clean) => {
  expect(cleanName(name)).toBe(clean)
})

it('numbers names that Windows or macOS would take for the same', () => {
  expect(archiveNames(['a.pdf', 'A.PDF', '\u00e9', 'e\u0301', 'a (2).pdf'])).toEqual([
    'a.pdf',
    'A (2).PDF',
    'é',
    'é (2)',
    'a (2) (2).pdf',
  ])
})

it('makes safe, short and different names of anything', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('a', 'A', 'con', '..', 'x'.repeat(400), '日'.repeat(90)),
  )
  fc.assert(
    fc.property(fc.array(name, { maxLength: 12 }), (names) => {
      const made = archiveNames(names)
      expect(new Set(made.map((text) => text.normalize('NFKC').toLowerCase())).size).toBe(names.length)
      for (const text of made) {
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(120)
        expect(text).toMatch(/^[^\s.\-/\\<>:"|?*\p{C}][^/\\<>:"|?*\p{C}]*$/u)
        expect(text).not.toMatch(/[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i)
      }
    }),
  )
})
