/** Sends one file with what is said about it, and tells how far it has come; fetch tells no upload progress. */

export type Refusal = { code: string; message: string }

/** As the upload route answers, and what can happen on the way there. */
export type UploadReply =
  | {
      outcome: 'received'
      evidenceId: string
      importId: string | null
      sha256: string
      /** It is a table that is read once somebody has said what its columns mean. */
      canExplain?: boolean
      /** The item held the same file already; it was confirmed for a later day. */
      isSameFile?: boolean
    }
  /** Sent for a request: somebody looks at it before it is evidence. */
  | { outcome: 'sent' }
  | { outcome: 'already-held'; evidenceId: string; importId: string | null; sha256: string }
  | { outcome: 'invalid'; fieldErrors: Record<string, string> }
  /** `correctable`: what was said about the file is wrong, not the file. */
  | { outcome: 'refused'; message: string; correctable?: boolean }
  | { outcome: 'cancelled' }

export interface Sending {
  reply: Promise<UploadReply>
  cancel: () => void
}

const LOST = 'The connection was lost before the file was complete. Nothing was kept of it; try again.'
const SIGNED_OUT = 'You are signed out. Sign in again in another tab, then try again here.'

export function sendFile(
  url: string,
  fields: Record<string, string>,
  file: File,
  onProgress: (sentBytes: number, totalBytes: number) => void,
): Sending {
  const request = new XMLHttpRequest()
  const body = new FormData()
  // Before the file: the server reads the form in this order.
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  body.append('file', file, file.name)
  const reply = new Promise<UploadReply>((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total)
    request.onload = () => resolve(readReply(request))
    request.onerror = () => resolve({ outcome: 'refused', message: LOST })
    request.onabort = () => resolve({ outcome: 'cancelled' })
    request.open('POST', url)
    request.setRequestHeader('Accept', 'application/json')
    request.send(body)
  })
  return { reply, cancel: () => request.abort() }
}

function readReply(request: XMLHttpRequest): UploadReply {
  // A session that ended is answered with the sign-in page, to which the browser has already gone.
  if (/\/sign-in(\?|$)/.test(request.responseURL)) return { outcome: 'refused', message: SIGNED_OUT }
  const reply = parseJson(request.responseText)
  if (reply && 'outcome' in reply) return reply as UploadReply
  if (reply && 'refusal' in reply) {
    const { message } = reply.refusal as Refusal
    return { outcome: 'refused', message, correctable: request.status === 409 }
  }
  return { outcome: 'refused', message: sentenceFor(request.status) }
}

function parseJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function sentenceFor(status: number): string {
  if (status === 404) return 'It is not there any more. Reload the page.'
  if (status === 413)
    return 'The file is larger than this server accepts. Split it, or ask whoever runs the server.'
  return 'The server could not take the file. Try again; if it happens again, tell whoever runs the server.'
}
