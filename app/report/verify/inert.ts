/** A report is paper: it must not run scripts, open files or addresses, or load anything from elsewhere. */
import type { PdfValue } from './pdf-syntax.ts'
import type { Revision } from './revisions.ts'

const FORBIDDEN_KEYS = new Set([
  ...[
    'JS',
    'JavaScript',
    'AA',
    'A',
    'OpenAction',
    'Launch',
    'URI',
    'XFA',
    'RichMediaContent',
    'RichMediaSettings',
  ],
  // Streams and pages kept in other files, and layers that hide what is on a page.
  ...['FFilter', 'Ref', 'OCProperties', 'Encrypt', 'NeedsRendering'],
])
const FORBIDDEN_TYPES = new Set([
  // Objects that a reader would have to look into, and layers.
  ...['ObjStm', 'XRef', 'OCG'],
  // Actions (ISO 32000-2 §12.6.4).
  ...[
    'Action',
    'JavaScript',
    'Launch',
    'URI',
    'GoToR',
    'GoToE',
    'SubmitForm',
    'ImportData',
    'ResetForm',
    'Rendition',
  ],
  // Annotations that play, open or attach something.
  ...['RichMedia', 'Screen', 'Movie', 'Sound', 'FileAttachment', 'Link', '3D'],
])

/** Sentences on what a report must not hold, with where it stands. */
export function listActiveContent(revisions: readonly Revision[]): string[] {
  const faults: string[] = []
  for (const { objects } of revisions) {
    for (const { number, value } of objects.values()) {
      for (const name of forbiddenNames(value))
        faults.push(`Object ${number} holds /${name}, which no report does.`)
    }
  }
  return faults
}

function* forbiddenNames(value: PdfValue): Generator<string> {
  if (value.type === 'array') for (const item of value.items) yield* forbiddenNames(item)
  if (value.type !== 'dictionary') return
  for (const [key, member] of value.entries) {
    if (FORBIDDEN_KEYS.has(key)) yield key
    if (
      (key === 'Type' || key === 'Subtype' || key === 'S') &&
      member.type === 'name' &&
      FORBIDDEN_TYPES.has(member.value)
    ) {
      yield member.value
    }
    yield* forbiddenNames(member)
  }
}
