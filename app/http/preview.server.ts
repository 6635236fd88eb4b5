/** Shows a file inside our own pages without letting it do anything: no script, no loading, no origin of ours. */
import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@remix-run/node'
import { renderPreview } from '#app/documents/preview-page.ts'
import { errorReply } from './error-reply.ts'

const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
/** No word of the sandbox is allowed back: scripts, forms, popups and our origin all stay out. */
const SANDBOXED = `sandbox; ${NOTHING}`
/**
 * Browsers refuse to draw a PDF in a sandbox. Their viewer is one itself: it runs apart from our origin, and what a
 * PDF carries of script never meets our pages.
 */
const FOR_PDF = NOTHING

const headersFor = (type: string, policy: string) => ({
  'Content-Type': type,
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'private, no-store',
})

/** @param html built by us, every character of the file escaped */
function showPage(html: string): Response {
  const policy = `${SANDBOXED}; style-src 'unsafe-inline'`
  return new Response(html, { headers: headersFor('text/html; charset=utf-8', policy) })
}

function showFile(bytes: AsyncIterable<Uint8Array>, kind: 'image' | 'pdf', mediaType: string): Response {
  const headers = new Headers(headersFor(mediaType, kind === 'pdf' ? FOR_PDF : SANDBOXED))
  headers.set('Content-Disposition', 'inline')
  return new Response(createReadableStreamFromReadable(Readable.from(bytes)), { headers })
}

type Shown<File> =
  | { file: File; kind: 'text'; head: Parameters<typeof renderPreview>[1] }
  | { file: File; kind: 'none' }
  | { file: File; kind: 'image' | 'pdf'; bytes: AsyncIterable<Uint8Array> }

/** A file as far as it can be shown. @throws 415 for a kind that is downloaded only */
export function showPreview(
  shown: Shown<Parameters<typeof renderPreview>[0] & { mediaType: string }>,
): Response {
  switch (shown.kind) {
    case 'text':
      return showPage(renderPreview(shown.file, shown.head))
    case 'none':
      throw errorReply('This file can be downloaded, not shown here.', 415)
    default:
      return showFile(shown.bytes, shown.kind, shown.file.mediaType)
  }
}
