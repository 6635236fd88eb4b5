import { describe, expect, it, test } from 'vitest'
import { indentJson } from '#app/documents/indent-json.ts'
import { previewKindOf } from '#app/documents/preview-kind.ts'
import { PREVIEW_BYTES, renderPreview } from '#app/documents/preview-page.ts'
import { sniffMediaType } from '#evidence/store/media-type.ts'
import { startBusyTime } from '../support/busy-time.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** As the server does it: the type by the content, then the beginning of the file. */
async function preview(content: string | Uint8Array) {
  const bytes = typeof content === 'string' ? bytesOf(content) : content
  const mediaType = await sniffMediaType(bytes.subarray(0, 65_536))
  const file = { mediaType, sizeBytes: bytes.length }
  return { mediaType, kind: previewKindOf(file), html: renderPreview(file, bytes.subarray(0, PREVIEW_BYTES)) }
}

/** What a browser would make of the page: our own elements and no other. */
const tagsIn = (html: string) => new Set([...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, name]) => name))
const OURS = [
  'html',
  'head',
  'meta',
  'title',
  'style',
  'body',
  'p',
  'pre',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
]

describe('a hostile file', () => {
  test.each([
    ['HTML', '<!doctype html><script>fetch("/account")</script><img src=x onerror=alert(1)>'],
    ['HTML called CSV', 'name,mail\n<script>alert(1)</script>,"<img src=x onerror=alert(1)>"\na,b\n'],
    ['SVG with script', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>1</script></svg>'],
    ['XML with a stylesheet', '<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a/>'],
    ['JSON that closes the element', '{"a":"</pre><script>alert(1)</script>"}'],
    ['text that closes the style', '</style><script>alert(1)</script>'],
  ])('%s is shown as characters and stays ours', async (_, content) => {
    const { html, kind } = await preview(content)
    expect(kind).toBe('text')
    expect([...tagsIn(html)].filter((tag) => !OURS.includes(tag ?? ''))).toEqual([])
    expect(html).toContain('&lt;')
  })

  it('shows the order of characters as it stands, not as direction marks would have it', async () => {
    expect((await preview('a line\nreport\u202efdp.exe\n')).html).toContain('report[U+202E]fdp.exe')
  })

  it('leaves calculations of a table alone and says so', async () => {
    const { html, mediaType } = await preview('name,sum\n=HYPERLINK(A1),+1+1\nb,-2\n')
    expect(mediaType).toBe('text/csv')
    expect(html).toContain('=HYPERLINK(')
    expect(html).toContain('would calculate are shown as they are written')
  })

  it('that is a PDF and a page at once is what its first bytes say', async () => {
    expect(await preview('%PDF-1.7\n<html><script>alert(1)</script>')).toMatchObject({
      kind: 'pdf',
      mediaType: 'application/pdf',
    })
    expect(await preview('<html><script>alert(1)</script>\n%PDF-1.7\n')).toMatchObject({ kind: 'text' })
  })

  it('of one enormous line is cut, and soon done', async () => {
    const line = `[${'{"a":[1,2,{"b":"c"}]},'.repeat(200_000)}1]`
    const busyMs = startBusyTime()
    const { html } = await preview(line)
    expect(html).toContain('Only the first 256 KiB are shown')
    expect(html.length).toBeLessThan(1_000_000)
    expect(busyMs()).toBeLessThan(2000)
    expect(indentJson('['.repeat(300_000), 100_000)).toMatchObject({ isCut: true })
  })
})

describe('text', () => {
  test.each([
    [
      'UTF-16 little-endian',
      [0xff, 0xfe, 0x5a, 0, 0xfc, 0, 0x72, 0, 0x69, 0, 0x63, 0, 0x68, 0],
      'Zürich',
      'UTF-16LE',
    ],
    [
      'UTF-16 big-endian',
      [0xfe, 0xff, 0, 0x5a, 0, 0xfc, 0, 0x72, 0, 0x69, 0, 0x63, 0, 0x68],
      'Zürich',
      'UTF-16BE',
    ],
    ['bytes that are no UTF-8', [0x5a, 0xfc, 0x72, 0x69, 0x63, 0x68, 0x0a, 0x61], 'Zürich', 'WINDOWS-1252'],
  ])('in %s is read and named', async (_, bytes, shown, name) => {
    const { html, kind } = await preview(Uint8Array.from(bytes))
    expect(kind).toBe('text')
    expect(html).toContain(shown)
    expect(html).toContain(`Read as ${name}.`)
  })

  it('cut in the middle of a character loses that character alone', () => {
    const bytes = bytesOf('aü')
    const html = renderPreview({ mediaType: 'text/plain', sizeBytes: 99 }, bytes.subarray(0, 2))
    expect(html).toContain('<pre>a</pre>')
  })

  it('with a broken UTF-16 character is shown with a note', () => {
    const html = renderPreview(
      { mediaType: 'text/plain', sizeBytes: 4 },
      Uint8Array.from([0xff, 0xfe, 0x00, 0xd8]),
    )
    expect(html).toContain('not valid UTF-16LE')
  })

  it('of a table shows its first rows, and no half row where it was cut', () => {
    const rows = Array.from({ length: 300 }, (_, index) => `user${index},${index}`)
    const whole = `name,number\n${rows.join('\n')}\n`
    const html = renderPreview({ mediaType: 'text/csv', sizeBytes: whole.length }, bytesOf(whole))
    expect(html.match(/<tr>/g)).toHaveLength(201)
    expect(html).toContain('The first 200 rows.')
    const cut = renderPreview({ mediaType: 'text/csv', sizeBytes: 999 }, bytesOf('a,b\n1,2\n3,secre'))
    expect(cut).not.toContain('secre')
  })
})

it('lays JSON out without touching what stands in it', () => {
  expect(indentJson('{"a":12345678901234567890,"b":[],"c":{"d":"x, {y}: \\"z\\""}}', 1000).text).toBe(
    '{\n  "a": 12345678901234567890,\n  "b": [],\n  "c": {\n    "d": "x, {y}: \\"z\\""\n  }\n}',
  )
})
