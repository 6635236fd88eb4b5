/** Sends a file out: always as a download, never rendered or sniffed under our own origin. */
import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@remix-run/node'

export function download(
  stream: Readable,
  file: { name: string; mediaType: string; sizeBytes?: number; sha256?: string },
): Response {
  const plain = file.name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  const headers = new Headers({
    'Content-Type': file.mediaType,
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cache-Control': 'private, no-store',
  })
  if (file.sizeBytes !== undefined) headers.set('Content-Length', String(file.sizeBytes))
  if (file.sha256)
    headers.set('Repr-Digest', `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`)
  return new Response(createReadableStreamFromReadable(stream), { headers })
}

/** A table that fits into memory. @param csv as `csvTable` writes it */
export const downloadTable = (name: string, csv: string): Response =>
  download(Readable.from([csv], { objectMode: false }), { name, mediaType: 'text/csv; charset=utf-8' })

/** A plain text that fits into memory. */
export const downloadText = (name: string, text: string): Response =>
  download(Readable.from([text], { objectMode: false }), { name, mediaType: 'text/plain; charset=utf-8' })
