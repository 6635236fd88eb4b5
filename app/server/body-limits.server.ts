/** Keeps request bodies small, uploads apart, before anything reads them. */
import type { RequestHandler } from 'express'

const MAX_BODY_BYTES = 1024 * 1024
/** Streams to the evidence store, or into a picture's redaction; each has its own limit. */
const UPLOAD_PATH =
  /^\/(clients\/[^/]+\/upload|request\/[\w-]{54}\/upload|room\/[\w-]{54}\/requests\/[^/]+\/upload|evidence\/[^/]+\/revisions|revisions\/[^/]+\/redact-image)(\.data)?$/

/** Forms with one file, which is streamed to a limit of its own; without a file they are forms like all others. */
const FILE_FORM_PATH = /^\/(catalogues|documents|questionnaires\/new|applications\/[^/]+\/files)(\.data)?$/
const MULTIPART = /^multipart\/form-data\b/i

export type BodyRefusal = { status: 411 | 413; sentence: string }

/** @returns null for a body that may be read; Node itself holds senders to the length they announce. */
export function judgeBody(path: string, headers: Record<string, unknown>): BodyRefusal | null {
  if (UPLOAD_PATH.test(path)) return null
  if (FILE_FORM_PATH.test(path) && MULTIPART.test(String(headers['content-type'] ?? ''))) return null
  if (headers['transfer-encoding'] !== undefined) {
    return { status: 411, sentence: 'Send this request with a Content-Length.' }
  }
  if (Number(headers['content-length'] ?? 0) <= MAX_BODY_BYTES) return null
  return {
    status: 413,
    sentence: 'This is more than one form may hold (1 MB). Shorten it and send it again.',
  }
}

export const limitBodies: RequestHandler = (request, response, next) => {
  const refusal = judgeBody(request.path, request.headers)
  if (!refusal) return next()
  // What is still on its way is not worth reading.
  response.set('Connection', 'close').status(refusal.status).type('text/plain').send(`${refusal.sentence}\n`)
}
