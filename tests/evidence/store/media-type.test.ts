import { expect, test } from 'vitest'
import { sniffMediaType } from '#evidence/store/media-type.ts'

const utf16 = (text: string, big = false) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return big ? bytes.swap16() : bytes
}
const zip = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(26), Buffer.from('x')])

test.each<[string, string | Buffer, string]>([
  ['XML', '<?xml version="1.0"?><a/>', 'application/xml'],
  ['XML with a byte order mark', '\ufeff<?xml version="1.0"?><a/>', 'application/xml'],
  ['XML in UTF-16LE', utf16('<?xml version="1.0"?><a/>'), 'application/xml'],
  ['XML in UTF-16BE', utf16('<?xml version="1.0"?><a/>', true), 'application/xml'],
  ['XML without a declaration', '<NessusClientData_v2><Report/></NessusClientData_v2>', 'application/xml'],
  ['a web page', '<!DOCTYPE html><html></html>', 'text/html'],
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"></svg>', 'image/svg+xml'],
  ['a JSON object', '{"a": 1}', 'application/json'],
  ['a JSON list', '\n[ {"a": 1} ]', 'application/json'],
  ['a table', 'name,count\nfirst,1\n"second, really",2\n', 'text/csv'],
  ['a table with semicolons', 'name;count\r\nfirst;1\r\nsecond;2\r\n', 'text/csv'],
  ['a table that begins like a picture', 'BM,GIF89a\n1,2\n3,4\n', 'text/csv'],
  ['prose', 'Dear reader,\nthis is a letter.\nYours\n', 'text/plain'],
  ['a Latin-1 letter', Buffer.from('Gr\u00fc\u00dfe aus K\u00f6ln\n', 'latin1'), 'text/plain'],
  ['a letter cut in the middle of a character', Buffer.from('Gr\u00fc\u00dfe').subarray(0, 3), 'text/plain'],
  ['a PDF', '%PDF-1.7\n%\u00e2\u00e3\n', 'application/pdf'],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'image/png'],
  ['an archive', zip, 'application/zip'],
  ['compressed data', Buffer.from('1f8b080000000000', 'hex'), 'application/gzip'],
  ['text with a NUL', 'abc\0def', 'application/octet-stream'],
  ['nothing', '', 'application/octet-stream'],
])('%s', async (_, content, mediaType) => {
  expect(await sniffMediaType(new Uint8Array(Buffer.from(content as string)))).toBe(mediaType)
})
