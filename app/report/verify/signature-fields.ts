/** Finds the signatures of a report: one field, one signature dictionary and one revision for each signer. */
import type { Signer } from '../statement.ts'
import type { ArchivePlace } from './archive.ts'
import { followDictionary, type Objects } from './attachment.ts'
import {
  asArray,
  asDictionary,
  asName,
  asNumber,
  asReference,
  asText,
  describeValue,
  type PdfString,
  type PdfValue,
} from './pdf-syntax.ts'
import { CheckFailure } from './results.ts'
import type { PdfObject, Revision } from './revisions.ts'

export interface SignatureField {
  /** The name of its field, which says whose it is. */
  slot: string
  role: Signer['role']
  fieldNumber: number
  signature: PdfObject
  /** The signature's own revision, and where that ends. */
  revision: number
  end: number
  contents: PdfString
  byteRange: number[]
  /** Who, why and when, as the signature dictionary says. */
  name: string
  at: Date
}

/** Whose field should stand there. */
interface NamedField {
  id: string
  signer: Pick<Signer, 'role'>
}

const KEYS = ['ByteRange', 'Contents', 'Filter', 'M', 'Name', 'Reason', 'SubFilter', 'Type']

/**
 * The signatures in the order in which they were made. The form names their fields in the statement's order; who signs
 * between the first and the last did so in any order.
 * @throws CheckFailure
 */
export function findSignatures(
  revisions: readonly Revision[],
  objects: Objects,
  catalog: Map<string, PdfValue>,
  { slots, archive }: { slots: readonly NamedField[]; archive: ArchivePlace | null },
): SignatureField[] {
  const inForm = asArray(followDictionary(objects, catalog.get('AcroForm'))?.get('Fields')) ?? []
  const fields = archive ? inForm.slice(0, -1) : inForm
  if (fields.length !== slots.length) {
    throw new CheckFailure(
      `The file has ${count(fields.length, 'signature field')}; the statement names ${count(slots.length, 'signer')}.`,
    )
  }
  const signatures = fields.map((field, index) =>
    readField(field, slots[index], { position: index + 1, fields: fields.length, revisions, objects }),
  )
  const isArchived = archive !== null && archive.timestampNumber !== null
  const expected = slots.length + (isArchived ? 2 : 1)
  if (revisions.length !== expected) {
    const what =
      revisions.length > expected ? 'Something was added after it was signed' : 'A part of it is missing'
    throw new CheckFailure(
      `The file has ${count(revisions.length, 'revision')}; a report with ${count(slots.length, 'signature')}${isArchived ? ' and an archive timestamp' : ''} has ${expected}. ${what}.`,
    )
  }
  const known = new Set([
    ...signatures.flatMap(({ signature, fieldNumber }) => [signature.number, fieldNumber]),
    ...(archive ? [archive.fieldNumber, archive.timestampNumber] : []),
  ])
  const others = [...objects.values()].filter(({ number, value }) => {
    const type = asName(asDictionary(value)?.get('Type'))
    const isField = asName(asDictionary(value)?.get('FT')) !== null
    return !known.has(number) && (type === 'Sig' || type === 'DocTimeStamp' || isField)
  })
  if (others.length > 0)
    throw new CheckFailure('The file holds signatures or form fields that belong to no signer.')
  return signatures.sort((a, b) => a.revision - b.revision)
}

interface FieldPlace {
  /** From 1, in the form. */
  position: number
  fields: number
  revisions: readonly Revision[]
  objects: Objects
}

/** The first and the last to sign stand first and last in the form as well. */
function revisionOf(number: number, { position, fields, revisions }: FieldPlace): number {
  if (position === 1 || position === fields) return position
  return revisions.findIndex(({ objects }, index) => index > 1 && index < fields && objects.has(number))
}

function readField(field: PdfValue, named: NamedField | undefined, place: FieldPlace): SignatureField {
  const { revisions, objects } = place
  const fieldNumber = asReference(field)
  const entries = followDictionary(objects, field)
  const isNamed = named && asText(entries?.get('T')) === named.id && asName(entries?.get('FT')) === 'Sig'
  if (fieldNumber === null || !entries || !isNamed) {
    throw new CheckFailure(`Signature ${place.position} should be that of the ${words(named?.id)}.`)
  }
  const slot = named.id
  const { role } = named.signer
  const number = asReference(entries.get('V'))
  if (number === null) throw new CheckFailure(`The ${words(slot)} has not signed.`)
  const revision = revisionOf(number, place)
  const signature = revisions[revision]?.objects.get(number)
  const dictionary = asDictionary(signature?.value)
  const end = revisions[revision]?.end
  if (!signature || !dictionary || end === undefined) {
    throw new CheckFailure(`The signature of the ${words(slot)} does not stand in its own part of the file.`)
  }
  return { slot, role, fieldNumber, signature, revision, end, ...readDictionary(dictionary, slot, revision) }
}

function readDictionary(dictionary: Map<string, PdfValue>, slot: string, revision: number) {
  const keys = [...dictionary.keys()].filter((key) => key !== 'Reference' || revision > 1).sort()
  const isOurs =
    keys.join() === KEYS.join() &&
    asName(dictionary.get('Type')) === 'Sig' &&
    asName(dictionary.get('Filter')) === 'Adobe.PPKLite' &&
    asName(dictionary.get('SubFilter')) === 'ETSI.CAdES.detached' &&
    (revision > 1 || describeValue(dictionary.get('Reference') ?? { type: 'null' }) === CERTIFICATION)
  if (!isOurs)
    throw new CheckFailure(
      `The signature of the ${words(slot)} is of a kind that this verifier does not know.`,
    )
  const contents = dictionary.get('Contents')
  const byteRange = asArray(dictionary.get('ByteRange'))?.map(asNumber) ?? []
  const name = asText(dictionary.get('Name'))
  const at = readTime(asText(dictionary.get('M')))
  if (contents?.type !== 'string' || name === null || !at || !byteRange.every((number) => number !== null)) {
    throw new CheckFailure(`The signature of the ${words(slot)} is incomplete.`)
  }
  return { contents, byteRange, name, at }
}

// The first signature lets readers refuse every change but further signatures.
const CERTIFICATION =
  '[<</TransformMethod /DocMDP /TransformParams <</P 2 /Type /TransformParams /V /1.2>> /Type /SigRef>>]'

function readTime(text: string | null): Date | null {
  const parts = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '')
  if (!parts) return null
  const [, year, month, day, hour, minute, second] = parts
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(at.getTime()) ? null : at
}

/** The name of a field as it is said. */
export const words = (slot: string | undefined) => (slot ?? 'signer').replaceAll('-', ' ')

const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`
