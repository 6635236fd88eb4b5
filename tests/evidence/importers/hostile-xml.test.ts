import { describe, expect, it, test } from 'vitest'
import { ended, host, isRecognised, item, nessusFile, readNessus, refusalOf, report } from './nessus-file.ts'

const body =
  '<NessusClientData_v2><Report name="x"><ReportHost name="h">&lol9;</ReportHost></Report></NessusClientData_v2>'
const laughs = Array.from(
  { length: 9 },
  (_, level) => `<!ENTITY lol${level + 1} "${`&lol${level};`.repeat(10)}">`,
).join('\n')
const whole = nessusFile(
  report(
    host('h', ended(), item({ attributes: { severity: '4' }, children: '<solution>Fix it</solution>' })),
  ),
)
const inside = (markup: string) => nessusFile(report(host('h', ended(), item({ children: markup }))))

describe('a hostile file is refused with a reason', () => {
  test.each<[string, string | Uint8Array, string, RegExp]>([
    [
      'billion laughs',
      `<?xml version="1.0"?><!DOCTYPE NessusClientData_v2 [<!ENTITY lol0 "lol">${laughs}]>${body}`,
      'hostile',
      /DOCTYPE/,
    ],
    [
      'quadratic blow-up',
      `<!DOCTYPE NessusClientData_v2 [<!ENTITY a "${'a'.repeat(100_000)}">]>${body.replace('&lol9;', '&a;'.repeat(10_000))}`,
      'hostile',
      /DOCTYPE/,
    ],
    [
      'an external entity',
      `<!DOCTYPE NessusClientData_v2 [<!ENTITY x SYSTEM "file:///etc/passwd">]>${body.replace('lol9', 'x')}`,
      'hostile',
      /DOCTYPE/,
    ],
    [
      'a parameter entity',
      `<!DOCTYPE NessusClientData_v2 [<!ENTITY % p SYSTEM "http://192.0.2.1/x.dtd"> %p;]>${body}`,
      'hostile',
      /DOCTYPE/,
    ],
    ['an empty internal subset', `<!DOCTYPE NessusClientData_v2 []>${body}`, 'hostile', /DOCTYPE/],
    [
      'an endless DOCTYPE',
      `<!DOCTYPE NessusClientData_v2 [${'<!-- x -->'.repeat(400_000)}`,
      'hostile',
      /DOCTYPE/,
    ],
    ['an unknown entity', `<?xml version="1.0"?>${body}`, 'malformed', /entity/],
    ['deep nesting', `<NessusClientData_v2>${'<a>'.repeat(100_000)}`, 'hostile', /nests more than/],
    [
      'deep nesting inside an item',
      inside(`${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`),
      'hostile',
      /nests more than/,
    ],
    [
      'a huge attribute',
      `<NessusClientData_v2><Report name="${'x'.repeat(5_000_000)}"/></NessusClientData_v2>`,
      'too-large',
      /attributes/,
    ],
    [
      'a million attributes',
      `<NessusClientData_v2><Report ${Array.from({ length: 300_000 }, (_, n) => `a${n}=""`).join(' ')}/></NessusClientData_v2>`,
      'too-large',
      /attributes/,
    ],
    ['a huge text', inside(`<plugin_output>${'x'.repeat(40_000_000)}</plugin_output>`), 'too-large', /text/],
    [
      'a huge CDATA',
      inside(`<description><![CDATA[${'x'.repeat(40_000_000)}]]></description>`),
      'too-large',
      /text/,
    ],
    ['a huge comment', inside(`<!-- ${'x'.repeat(40_000_000)} -->`), 'too-large', /text/],
    ['a huge element name', inside(`<${'x'.repeat(40_000_000)}/>`), 'too-large', /text|attributes/],
    ['a huge closing tag', inside(`<a></${'a'.repeat(40_000_000)}>`), 'too-large', /text/],
    ['a NUL byte', whole.replace('Fix', 'F\0x'), 'malformed', /disallowed character/],
    ['a control character', whole.replace('Fix', 'F\x07x'), 'malformed', /disallowed character/],
    ['a NUL as a reference', whole.replace('Fix', '&#0;'), 'malformed', /entity/],
    ['half a surrogate pair as a reference', whole.replace('Fix', '&#xD800;'), 'malformed', /entity/],
    [
      'half a surrogate pair in UTF-16',
      Buffer.from(`\ufeff${whole.replace('Fix', '\ud800')}`, 'utf16le'),
      'encoding',
      /UTF-16LE/,
    ],
    [
      'half a surrogate pair in UTF-8',
      Buffer.concat([
        Buffer.from(whole.slice(0, 300)),
        Buffer.from('eda080', 'hex'),
        Buffer.from(whole.slice(300)),
      ]),
      'encoding',
      /UTF-8/,
    ],
    ['bytes that are no UTF-8', Buffer.from(whole.replace('Fix', 'F\xefx'), 'latin1'), 'encoding', /UTF-8/],
    [
      'an encoding that nobody reads',
      whole.replace('?>', 'encoding="x-klingon"?>'),
      'encoding',
      /"x-klingon".*Export it as UTF-8/,
    ],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]), 'encoding', /utf-32/],
    [
      'crossed tags',
      whole.replace('</solution></ReportItem>', '</ReportItem></solution>'),
      'malformed',
      /tag/,
    ],
    ['an attribute without quotes', whole.replace('severity="4"', 'severity=4'), 'malformed', /unquoted/],
    [
      'the same attribute twice',
      whole.replace('severity="4"', 'severity="4" severity="0"'),
      'malformed',
      /duplicate/,
    ],
    ['two roots', whole + whole.slice(whole.indexOf('<Ness')), 'malformed', /one root/],
    ['text after the root', `${whole}junk`, 'malformed', /outside of root/],
    ['another root', '<nmaprun></nmaprun>', 'unrecognised', /no Nessus v2 export/],
    ['nothing', '', 'empty', /empty/],
    ['only white space', ' \n ', 'truncated', /ends before/],
    [
      'binary garbage',
      Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 251)),
      'encoding',
      /UTF-8/,
    ],
  ])(
    '%s',
    async (_, content, code, message) => {
      const refusal = await refusalOf(content)
      expect(refusal.code).toBe(code)
      expect(refusal.message).toMatch(message)
      // The same however it arrives.
      if (content.length < 100_000) expect((await refusalOf(content, 3)).code).toBe(code)
    },
    60_000,
  )
})

describe('a file cut off', () => {
  it('is refused as such wherever the cut is, with the place', async () => {
    const end = whole.lastIndexOf('>')
    for (let part = 1; part <= 40; part++) {
      const cut = Math.floor((end * part) / 40)
      const refusal = await refusalOf(Buffer.from(whole).subarray(0, cut))
      expect([cut, refusal.code]).toEqual([cut, 'truncated'])
      expect(refusal.place?.line).toBeGreaterThan(0)
      expect(refusal.place?.column).toBeGreaterThan(0)
    }
  })

  it('is refused in the middle of a character', async () => {
    const bytes = Buffer.from(nessusFile(report(host('h\u20ac', ended()))))
    const middle = bytes.indexOf(0xe2) + 2
    expect((await refusalOf(bytes.subarray(0, middle))).code).toBe('truncated')
    const wide = Buffer.from(`\ufeff${whole}`, 'utf16le')
    expect((await refusalOf(wide.subarray(0, wide.length - 21))).code).toBe('truncated')
  })

  it('is refused when its last bytes are NULs, as a crashed copy leaves them', async () => {
    const bytes = Buffer.from(whole)
    bytes.fill(0, bytes.length - 30)
    expect((await refusalOf(bytes)).code).toBe('malformed')
  })

  it('tells the line where it ends', async () => {
    const lines = whole.split('\n')
    const refusal = await refusalOf(lines.slice(0, 3).join('\n'))
    expect(refusal.place).toEqual({ line: 3, column: (lines[2]?.length ?? 0) + 1 })
  })
})

it('hostile files are still recognised, so that the refusal names the danger', () => {
  expect(
    isRecognised(`<!DOCTYPE NessusClientData_v2 [<!ENTITY lol0 "lol">${laughs.repeat(100)}]>${body}`),
  ).toBe(true)
})

it('a place is told for what is malformed', async () => {
  const refusal = await refusalOf('<NessusClientData_v2>\n<Report>\n  <bad attr>\n')
  expect(refusal).toMatchObject({ code: 'malformed', place: { line: 3 } })
})

it('entities that XML itself knows are read', async () => {
  const read = await readNessus(whole.replace('Fix', '&lt;&#70;&#x69;x&gt;&amp;&quot;&apos;'))
  expect(read.findings[0]?.solution).toBe('<Fix>&"\' it')
})
