/** `GET /feeds/TOKEN/calendar.ics`: a calendar for whoever has its secret address; no account needed. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { errorReply } from '#app/http/error-reply.ts'
import { answering } from '#app/http/faults.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { readFeed, takeFeedRead } from '#app/services/calendar-feed-reading.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const wait = await takeFeedRead(params.token)
  if (wait !== null) {
    const sentence = `This calendar is read too often. Ask again in ${wait} seconds.`
    throw errorReply(sentence, 429, { 'Retry-After': String(wait) })
  }
  const { sha256, write } = await answering(() => readFeed(params.token, publicOrigin(request)))
  const etag = `"${sha256}"`
  const headers = {
    ETag: etag,
    // Programs ask again with what they have; nothing in between may keep what one address opened.
    'Cache-Control': 'private, no-cache',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex',
  }
  if (isKnown(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  return new Response(await write(), {
    headers: {
      ...headers,
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'attachment; filename="calendar.ics"',
      'Content-Security-Policy': "sandbox; default-src 'none'",
    },
  })
}

/** Weakly compared, as RFC 9110 §13.1.2 asks: compression on the way makes a tag weak. */
function isKnown(header: string | null, etag: string): boolean {
  if (header === null) return false
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes('*') || tags.includes(etag)
}
