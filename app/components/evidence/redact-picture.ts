/** Draws a picture with black rectangles and sends it; the server blackens once more and encodes it anew. */

export interface DrawnRectangle {
  x: number
  y: number
  width: number
  height: number
}

export type PictureReply =
  | { outcome: 'redacted' | 'already-held'; evidenceId: string; revisionId: string }
  | { outcome: 'refused'; message: string }

const FAILED = 'The picture could not be sent. Reload the page and try again.'

export async function sendRedacted(
  revisionId: string,
  image: HTMLImageElement,
  rectangles: readonly DrawnRectangle[],
): Promise<PictureReply> {
  const blob = await drawBlackened(image, rectangles)
  if (!blob) return { outcome: 'refused', message: 'This browser cannot draw a picture of this size.' }
  const body = new FormData()
  // Before the file: the server reads the form in this order.
  body.append('rectangles', JSON.stringify(rectangles))
  body.append('file', blob, 'redacted.png')
  try {
    const response = await fetch(`/revisions/${revisionId}/redact-image`, { method: 'POST', body })
    return readReply(await response.json())
  } catch {
    return { outcome: 'refused', message: FAILED }
  }
}

function readReply(reply: {
  outcome?: string
  refusal?: { message: string }
  fieldErrors?: Record<string, string>
}): PictureReply {
  if (reply.outcome === 'redacted' || reply.outcome === 'already-held') return reply as PictureReply
  const message = reply.refusal?.message ?? Object.values(reply.fieldErrors ?? {})[0] ?? FAILED
  return { outcome: 'refused', message }
}

async function drawBlackened(
  image: HTMLImageElement,
  rectangles: readonly DrawnRectangle[],
): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth
  canvas.height = image.naturalHeight
  const context = canvas.getContext('2d')
  if (!context) return null
  context.drawImage(image, 0, 0)
  context.fillStyle = '#000'
  for (const { x, y, width, height } of rectangles) context.fillRect(x, y, width, height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}

/** Inside the picture, whole pixels, at least one wide and high. */
export function fitInto(
  { x, y, width, height }: DrawnRectangle,
  picture: { width: number; height: number },
): DrawnRectangle {
  const left = Math.min(Math.max(0, Math.floor(x)), picture.width - 1)
  const top = Math.min(Math.max(0, Math.floor(y)), picture.height - 1)
  return {
    x: left,
    y: top,
    width: Math.min(Math.max(1, Math.ceil(width)), picture.width - left),
    height: Math.min(Math.max(1, Math.ceil(height)), picture.height - top),
  }
}
