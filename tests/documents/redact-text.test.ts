import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { BLACKOUT, countLeftovers, looksLikeHeading, redactText } from '#app/documents/redact-text.ts'

const wish = (strings: string[], columns: number[] = [], hasHeading = true) => ({
  strings,
  columns,
  hasHeading,
})

describe('text', () => {
  it('loses every place of a string, whatever its capitals, spaces and accents', () => {
    const { text, counts } = redactText(
      'text',
      'Ana  Peña, ana pen\u0303a; ANA\nPEÑA. Anna',
      wish(['Ana Peña']),
    )
    expect(text).toBe(`${BLACKOUT}, ${BLACKOUT}; ${BLACKOUT}. Anna`)
    expect(counts).toEqual([3])
  })

  it('loses what XML and addresses write with escapes', () => {
    const source = '<a href="?q=A%26B%20Ltd">A&amp;B Ltd</a>'
    expect(redactText('text', source, wish(['A&B Ltd'])).text).toBe(
      `<a href="?q=${BLACKOUT}">${BLACKOUT}</a>`,
    )
  })

  it.each([
    [
      "O'Neil",
      'O&#39;Neil',
      'O&#x27;Neil',
      'O&#00039Neil',
      'O&apos;Neil',
      'O&amp;#39;Neil',
      '&#79;&#39;&#x4e;eil',
    ],
    ['José', 'Jos&#233;', 'Jos&#xE9;', 'Jos&eacute;', 'Jos&eacute', 'Jose&#769;', 'Jos&amp;eacute;'],
    ['John Smith', 'John&nbsp;Smith', 'John&#160;Smith', 'John &#32; Smith', 'JOHN&NewLine;smith'],
    ['ana@x.example', 'ana&#64;x.example', 'ana&commat;x&period;example'],
    ['Wałęsa', 'Wa&#322;&eogon;sa', 'Wa&lstrok;&#281;sa'],
    ['A&B <Ltd>', 'A&amp;B &lt;Ltd&gt;', 'A&#38;B &#60;Ltd&#62;', 'A&ampB &ltLtd&gt'],
    ['the boss’s', 'the boss&#146;s', 'the boss&rsquo;s'],
  ])('loses %s however it is written with references', (wanted, ...spellings) => {
    for (const spelling of spellings) {
      const { text, counts } = redactText(
        'text',
        `<a>${wanted}</a><b x="&#169;">${spelling}</b>&euro;`,
        wish([wanted]),
      )
      expect(text).toBe(`<a>${BLACKOUT}</a><b x="&#169;">${BLACKOUT}</b>&euro;`)
      expect(counts).toEqual([2])
      expect(JSON.parse(redactText('json', JSON.stringify([`x ${spelling}`]), wish([wanted])).text)).toEqual([
        `x ${BLACKOUT}`,
      ])
    }
  })

  it('hides what overlaps where references stand', () => {
    expect(redactText('text', 'x Jos&#233; P&eacute;rez y', wish(['José Pé', 'Pérez'])).text).toBe(
      `x ${BLACKOUT} y`,
    )
  })

  it('takes signs of a pattern for themselves', () => {
    expect(redactText('text', 'a.c abc (x|y)*', wish(['a.c', '(x|y)*'])).text).toBe(
      `${BLACKOUT} abc ${BLACKOUT}`,
    )
  })

  it('is refused where another spelling of the same characters would stay', () => {
    expect(() => redactText('text', 'the ﬁle', wish(['file']))).toThrow(/Entry 1 .* can still be read/)
  })
})

describe('JSON', () => {
  it('loses a string that is written with escapes, in names and in values', () => {
    const { text } = redactText('json', '{"\\u0041na":1,"b":["x\\u0061na x"]}', wish(['ana']))
    expect(JSON.parse(text)).toEqual({ [BLACKOUT]: 1, b: [`x${BLACKOUT} x`] })
  })

  it('keeps the digits of every number it has no business with, and hides the others whole', () => {
    const { text } = redactText('json', '{"a":12345678901234567890,"b":1.50,"c":555123}', wish(['5551']))
    expect(text).toBe(`{"a":12345678901234567890,"b":1.50,"c":"${BLACKOUT}"}`)
  })

  it('that is none is refused: what stands in it cannot be found for certain', () => {
    expect(() => redactText('json', '{"a":', wish(['aa']))).toThrow(/no valid JSON/)
  })
})

describe('a table', () => {
  const table = 'Name;Mail;Role\r\n"Peña; Ana";ana@x.example;Owner\r\nBob;;Ana Peña\r\n'

  it('loses its columns below their headings, and keeps its separators', () => {
    const { text, cells } = redactText('table', table, wish([], [1]))
    expect(text).toBe(`Name;Mail;Role\r\n"Peña; Ana";${BLACKOUT};Owner\r\nBob;;Ana Peña\r\n`)
    expect(cells).toBe(1)
  })

  it('loses strings that a quoted cell writes in another way', () => {
    const { text } = redactText('table', 'a,b\n"say ""hi"" now",1\n', wish(['say "hi" now']))
    expect(text).toBe(`a,b\n${BLACKOUT},1\n`)
  })

  it('tells how many values of a column still stand elsewhere', () => {
    const source = 'Name,Notes\nHolm Berg,asked\nAna Peña,Holm Berg\n'
    const { text } = redactText('table', source, wish([], [0]))
    expect(countLeftovers(source, text, { columns: [0], hasHeading: true })).toBe(1)
  })

  it('without a heading loses its first record too', () => {
    const source = 'Ana Peña,Owner\nHolm Berg,Ana Peña\n'
    const { text, cells } = redactText('table', source, wish([], [0], false))
    expect(text).toBe(`${BLACKOUT},Owner\n${BLACKOUT},Ana Peña\n`)
    expect(cells).toBe(2)
    expect(countLeftovers(source, text, { columns: [0], hasHeading: false })).toBe(1)
  })

  it.each([
    [['Name', 'E-mail', 'Joined on'], true],
    [['Host', 'CVSS v3', 'Port 443'], true],
    [['Ana Peña', 'ana@x.example', 'Owner'], false],
    [['srv-1', '10.0.0.1', 'Weak cipher'], false],
    [['Ana Peña', '2026-11-20'], false],
    [['Yes', 'Yes'], false],
    [['Name', ''], false],
  ])('whose first row is %j has a heading: %s', (row, expected) => {
    expect(looksLikeHeading(row)).toBe(expected)
  })

  it('has no column that it has not', () => {
    expect(() => redactText('table', table, wish([], [3]))).toThrow(/no such column/)
  })
})

test.each(['text', 'json', 'table'] as const)(
  'whatever the %s, what was asked for is gone or nothing is kept',
  (kind) => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'A', 'é', ' ', '"', '\\', ',', '\n', 'ß', '1'),
      maxLength: 6,
    })
    const wanted = word.filter((text) => text.replace(/\s/g, '').length >= 2)
    fc.assert(
      fc.property(
        fc.array(fc.array(word, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        wanted,
        (rows, secret) => {
          const source =
            kind === 'json'
              ? JSON.stringify(rows)
              : kind === 'table'
                ? rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')
                : rows.flat().join('|')
          try {
            const { text } = redactText(kind, source, wish([secret]))
            const read = kind === 'json' ? JSON.parse(text).flat().join('\u0000') : text
            expect(read.toLowerCase()).not.toContain(secret.trim().toLowerCase())
          } catch (error) {
            expect((error as { code?: string }).code).toBe('still-there')
          }
        },
      ),
      { numRuns: 300 },
    )
  },
)
