/** Finds the signatures of a report: one field, one signature dictionary and one revision for each signer. */
import { Signer } from '../statement.ts'
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

const KEYS = ['ByteRange', 'Contents', 'Filter', 'M', 'Name', 'Reason', 'SubFilter', 'Type']

/**
 * Signature fields in the order of the form, which is the order of signing.
 * @throws CheckFailure
 */
export function findSignatures(
  revisions: readonly Revision[],
  objects: Objects,
  catalog: Map<string, PdfValue>,
  roles: readonly Signer['role'][],
): SignatureField[] {
  const fields = asArray(followDictionary(objects, catalog.get('AcroForm'))?.get('Fields')) ?? []
  if (fields.length !== roles.length) {
    throw new CheckFailure(
      `The file has ${count(fields.length, 'signature field')}; the statement names ${count(roles.length, 'signer')}.`,
    )
  }
  const signatures = fields.map((field, index) =>
    readField(field, roles[index], index + 1, revisions, objects),
  )
  if (revisions.length !== roles.length + 1) {
    const what =
      revisions.length > roles.length + 1
        ? 'Something was added after it was signed'
        : 'A part of it is missing'
    throw new CheckFailure(
      `The file has ${count(revisions.length, 'revision')}; a report with ${count(roles.length, 'signature')} has ${roles.length + 1}. ${what}.`,
    )
  }
  const others = [...objects.values()].filter(({ number, value }) => {
    const type = asName(asDictionary(value)?.get('Type'))
    const isField = asName(asDictionary(value)?.get('FT')) !== null
    const isKnown = signatures.some(
      ({ signature, fieldNumber }) => number === signature.number || number === fieldNumber,
    )
    return !isKnown && (type === 'Sig' || type === 'DocTimeStamp' || isField)
  })
  if (others.length > 0)
    throw new CheckFailure('The file holds signatures or form fields that belong to no signer.')
  return signatures
}

function readField(
  field: PdfValue,
  role: Signer['role'] | undefined,
  revision: number,
  revisions: readonly Revision[],
  objects: Objects,
): SignatureField {
  const fieldNumber = asReference(field)
  const entries = followDictionary(objects, field)
  const found = Signer.shape.role.safeParse(asText(entries?.get('T')))
  if (
    fieldNumber === null ||
    !entries ||
    !role ||
    found.data !== role ||
    asName(entries.get('FT')) !== 'Sig'
  ) {
    throw new CheckFailure(`Signature ${revision} should be that of the ${words(role)}.`)
  }
  const number = asReference(entries.get('V'))
  if (number === null) throw new CheckFailure(`The ${words(role)} has not signed.`)
  const signature = revisions[revision]?.objects.get(number)
  const dictionary = asDictionary(signature?.value)
  const end = revisions[revision]?.end
  if (!signature || !dictionary || end === undefined) {
    throw new CheckFailure(`The signature of the ${words(role)} does not stand in its own part of the file.`)
  }
  return { role, fieldNumber, signature, revision, end, ...readDictionary(dictionary, role, revision) }
}

function readDictionary(dictionary: Map<string, PdfValue>, role: Signer['role'], revision: number) {
  const keys = [...dictionary.keys()].filter((key) => key !== 'Reference' || revision > 1).sort()
  const isOurs =
    keys.join() === KEYS.join() &&
    asName(dictionary.get('Type')) === 'Sig' &&
    asName(dictionary.get('Filter')) === 'Adobe.PPKLite' &&
    asName(dictionary.get('SubFilter')) === 'ETSI.CAdES.detached' &&
    (revision > 1 || describeValue(dictionary.get('Reference') ?? { type: 'null' }) === CERTIFICATION)
  if (!isOurs)
    throw new CheckFailure(
      `The signature of the ${words(role)} is of a kind that this verifier does not know.`,
    )
  const contents = dictionary.get('Contents')
  const byteRange = asArray(dictionary.get('ByteRange'))?.map(asNumber) ?? []
  const name = asText(dictionary.get('Name'))
  const at = readTime(asText(dictionary.get('M')))
  if (contents?.type !== 'string' || name === null || !at || !byteRange.every((number) => number !== null)) {
    throw new CheckFailure(`The signature of the ${words(role)} is incomplete.`)
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

export const words = (role: Signer['role'] | undefined) => (role ?? 'signer').replaceAll('-', ' ')

const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`
