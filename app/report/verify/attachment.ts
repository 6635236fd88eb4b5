/** Takes the attached statement out of a report, and makes sure that it is the only attachment. */
import { asArray, asDictionary, asName, asNumber, asReference, asText, type PdfValue } from './pdf-syntax.ts'
import { CheckFailure } from './results.ts'
import type { PdfObject } from './revisions.ts'

// The statement of a thousand questions has about five megabytes.
const MAX_STATEMENT_BYTES = 64 * 1024 * 1024

export type Objects = ReadonlyMap<number, PdfObject>

/** The dictionary that a value is or refers to. */
export function followDictionary(
  objects: Objects,
  value: PdfValue | undefined,
): Map<string, PdfValue> | null {
  const number = asReference(value)
  return asDictionary(number === null ? value : objects.get(number)?.value)
}

/** @throws CheckFailure when there is no attachment, another one beside it, or it cannot be unpacked */
export async function readAttachedStatement(
  objects: Objects,
  catalog: Map<string, PdfValue>,
): Promise<Uint8Array> {
  const tree = followDictionary(
    objects,
    followDictionary(objects, catalog.get('Names'))?.get('EmbeddedFiles'),
  )
  const names = asArray(tree?.get('Names'))
  if (!tree || !names) throw new CheckFailure('The file has no attachment.')
  if (names.length !== 2 || tree.size !== 1)
    throw new CheckFailure('The file has other attachments besides the statement.')
  if (asText(names[0]) !== 'statement.json')
    throw new CheckFailure('The attachment is not called statement.json.')
  const specification = followDictionary(objects, names[1])
  const number = asReference(followDictionary(objects, specification?.get('EF'))?.get('F'))
  const file = number === null ? undefined : objects.get(number)
  const dictionary = asDictionary(file?.value)
  if (!file?.stream || !dictionary) throw new CheckFailure('The attached statement is missing.')
  if (asName(dictionary.get('Type')) !== 'EmbeddedFile')
    throw new CheckFailure('The attachment is not an embedded file.')
  const embedded = [...objects.values()].filter(
    ({ value }) => asName(asDictionary(value)?.get('Type')) === 'EmbeddedFile',
  )
  if (embedded.length !== 1)
    throw new CheckFailure('The file has other embedded files besides the statement.')
  const bytes = await unpack(file.stream, dictionary)
  if (asNumber(followDictionary(objects, dictionary.get('Params'))?.get('Size')) !== bytes.length) {
    throw new CheckFailure('The attached statement does not have the size that the file gives.')
  }
  return bytes
}

async function unpack(stream: Uint8Array, dictionary: Map<string, PdfValue>): Promise<Uint8Array> {
  const filter = dictionary.get('Filter')
  if (filter === undefined) return stream
  if (asName(filter) !== 'FlateDecode' || dictionary.has('DecodeParms')) {
    throw new CheckFailure('The attached statement is packed in a way that this verifier does not know.')
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
      if (size > MAX_STATEMENT_BYTES)
        throw new CheckFailure('The attached statement is larger than any statement can be.')
      chunks.push(value)
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined)
    if (error instanceof CheckFailure) throw error
    throw new CheckFailure('The attached statement is damaged and cannot be unpacked.')
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
