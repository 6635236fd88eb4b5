/** How a file can be looked at in the browser, by what its content is and never by its name. */

export type PreviewKind = 'image' | 'pdf' | 'text' | 'none'

const IMAGES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']
const TEXTS = ['text/', 'application/json', 'application/xml', 'image/svg+xml']

/** Beyond this a browser is not given the file to draw. */
export const MOST_PREVIEW_BYTES = 50 * 1024 * 1024

/** SVG and HTML can carry script: they count as text. */
export function previewKindOf(file: { mediaType: string; sizeBytes: number }): PreviewKind {
  const { mediaType, sizeBytes } = file
  if (TEXTS.some((prefix) => mediaType.startsWith(prefix))) return 'text'
  if (sizeBytes > MOST_PREVIEW_BYTES) return 'none'
  if (IMAGES.includes(mediaType)) return 'image'
  return mediaType === 'application/pdf' ? 'pdf' : 'none'
}

export type RedactionKind = 'table' | 'text' | 'json' | 'image' | 'pdf' | 'none'

/** Whole in memory while it is redacted. */
export const MOST_REDACTED_BYTES = 20 * 1024 * 1024

/** What kind of redaction a file allows; PDF is named apart, because people will ask. */
export function redactionKindOf({
  mediaType,
  sizeBytes,
}: {
  mediaType: string
  sizeBytes: number
}): RedactionKind {
  if (mediaType === 'application/pdf') return 'pdf'
  if (sizeBytes > MOST_REDACTED_BYTES) return 'none'
  if (mediaType === 'image/png' || mediaType === 'image/jpeg') return 'image'
  if (mediaType === 'text/csv') return 'table'
  if (mediaType === 'application/json') return 'json'
  return TEXTS.some((prefix) => mediaType.startsWith(prefix)) ? 'text' : 'none'
}
