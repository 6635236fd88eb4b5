/** Takes statement and twins out of a report, and makes sure that nothing else is attached. */
import { ATTACHMENTS, type AttachedTexts, type AttachmentId } from '../twins/attachments.ts'
import {
  asArray,
  asDictionary,
  asName,
  asNumber,
  asReference,
  asText,
  describeValue,
  type PdfValue,
} from './pdf-syntax.ts'
import { CheckFailure } from './results.ts'
import type { PdfObject } from './revisions.ts'

// The statement of a thousand questions has about five megabytes.
const MAX_ATTACHED_BYTES = 64 * 1024 * 1024

export type Objects = ReadonlyMap<number, PdfObject>

/** The dictionary that a value is or refers to. */
export function followDictionary(
  objects: Objects,
  value: PdfValue | undefined,
): Map<string, PdfValue> | null {
  const number = asReference(value)
  return asDictionary(number === null ? value : objects.get(number)?.value)
}

/** @throws CheckFailure when one is missing, one more stands beside them, or one cannot be unpacked */
export async function readAttachments(
  objects: Objects,
  catalog: Map<string, PdfValue>,
): Promise<AttachedTexts> {
  const files = listAttached(objects, catalog)
  const texts: Partial<AttachedTexts> = {}
  for (const attachment of ATTACHMENTS) {
    const { id, name } = attachment
    const bytes = await readAttached(objects, files.get(id), attachment)
    try {
      texts[id] = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      throw new CheckFailure(`The attached ${name} is no text.`)
    }
  }
  return texts as AttachedTexts
}

/** The specification of each file: there in the tree of names, in the list of associated files, and nowhere else. */
function listAttached(objects: Objects, catalog: Map<string, PdfValue>): Map<AttachmentId, PdfValue> {
  const tree = followDictionary(
    objects,
    followDictionary(objects, catalog.get('Names'))?.get('EmbeddedFiles'),
  )
  const names = asArray(tree?.get('Names'))
  if (!tree || !names) throw new CheckFailure('The file has no attachment.')
  const found = names.filter((_, index) => index % 2 === 0).map(asText)
  const missing = ATTACHMENTS.filter(({ name }) => !found.includes(name)).map(({ name }) => name)
  if (missing.length > 0) throw new CheckFailure(`Not attached: ${missing.join(', ')}.`)
  const expected = ATTACHMENTS.map(({ name }) => name)
  if (found.join('\n') !== expected.join('\n') || names.length !== 2 * found.length || tree.size !== 1)
    throw new CheckFailure('The file has other attachments besides the statement and its twins.')
  const files = names.filter((_, index) => index % 2 === 1)
  const associated = asArray(catalog.get('AF')) ?? []
  if (associated.map(describeValue).join(' ') !== files.map(describeValue).join(' '))
    throw new CheckFailure('The attachments are not listed as the files that belong to this document.')
  const embedded = [...objects.values()].filter(
    ({ value }) => asName(asDictionary(value)?.get('Type')) === 'EmbeddedFile',
  )
  if (embedded.length !== ATTACHMENTS.length)
    throw new CheckFailure('The file has other embedded files besides the statement and its twins.')
  return new Map(ATTACHMENTS.map(({ id }, index) => [id, files[index] ?? { type: 'null' }]))
}

async function readAttached(
  objects: Objects,
  value: PdfValue | undefined,
  { name, mediaType, relationship }: (typeof ATTACHMENTS)[number],
): Promise<Uint8Array> {
  const specification = followDictionary(objects, value)
  const embedded = followDictionary(objects, specification?.get('EF'))
  const number = asReference(embedded?.get('F'))
  const file = number === null ? undefined : objects.get(number)
  const dictionary = asDictionary(file?.value)
  if (!file?.stream || !specification || !dictionary || embedded?.size !== 1)
    throw new CheckFailure(`The attached ${name} is missing.`)
  const isDeclared =
    asName(dictionary.get('Type')) === 'EmbeddedFile' &&
    asName(dictionary.get('Subtype')) === mediaType &&
    asName(specification.get('AFRelationship')) === relationship &&
    // Readers show one of these names, and not the one in the tree.
    asText(specification.get('F')) === name &&
    asText(specification.get('UF')) === name
  if (!isDeclared) throw new CheckFailure(`${name} is not attached as a file of its kind.`)
  const what = `The attached ${name}`
  const bytes = await unpackStream(file.stream, dictionary, { what, atMost: MAX_ATTACHED_BYTES })
  if (asNumber(followDictionary(objects, dictionary.get('Params'))?.get('Size')) !== bytes.length) {
    throw new CheckFailure(`The attached ${name} does not have the size that the file gives.`)
  }
  return bytes
}

/**
 * @param options.what begins the sentences: "The attached statement.json"
 * @param options.atMost bytes, unpacked
 * @throws CheckFailure
 */
export async function unpackStream(
  stream: Uint8Array,
  dictionary: Map<string, PdfValue>,
  { what, atMost }: { what: string; atMost: number },
): Promise<Uint8Array> {
  const filter = dictionary.get('Filter')
  if (filter === undefined) return stream
  if (asName(filter) !== 'FlateDecode' || dictionary.has('DecodeParms')) {
    throw new CheckFailure(`${what} is packed in a way that this verifier does not know.`)
  }
  const unpacked = new Blob([stream.slice()]).stream().pipeThrough(new DecompressionStream('deflate'))
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = unpacked.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      size += value.length
      if (size > atMost) throw new CheckFailure(`${what} is larger than any can be.`)
      chunks.push(value)
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined)
    if (error instanceof CheckFailure) throw error
    throw new CheckFailure(`${what} is damaged and cannot be unpacked.`)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
