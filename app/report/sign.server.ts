/** Signs a report: attachment and empty fields with the first signature, then one incremental update for each. */
import { PDF, PdfArray, PdfDict, PdfName, PdfNumber, PdfRef, PdfString } from '@libpdf/core'
import { emptyPlace, fillPlace } from './container-place.server.ts'
import type { SigningIdentity } from './keys.server.ts'
import { SignError } from './sign-error.ts'
import { signBytes } from './signature.server.ts'
import type { Signer } from './statement.ts'
import { ATTACHMENTS, type AttachedTexts } from './twins/attachments.ts'
import { ARCHIVE_FIELD } from './verify/archive.ts'
import { readChain } from './verify/certificates.ts'
import { digestOf, encodeSignedAttributes, encodeSignedMessage } from './verify/signed-message.ts'

export interface SignRequest {
  pdf: Uint8Array
  /** The statement and its twins; with the first signature only. */
  attachments?: AttachedTexts
  identity: SigningIdentity
  signer: Pick<Signer, 'role' | 'name'>
  /** The signer's field; their role unless given. */
  field?: string
  /** Every field that will be signed, in the form's order; with the first signature only. */
  fields?: readonly string[]
  /** Whether a place for an archive is made, to be filled behind the last signature; with the first signature only. */
  hasArchive?: boolean
  reason: string
  at: Date
  /**
   * Asks an authority for a token over the signature value, in the form of `verify/timestamp-form.ts`; null where
   * there is none to be had: then the signature is made without.
   */
  timestamp?: (signature: Uint8Array) => Promise<Uint8Array | null>
}

const TWO_SIDES: readonly Signer['role'][] = ['technical-contributor', 'insured-officer']

// Two certificates with names of a few hundred letters stay below half of it.
const CONTAINER_BYTES = 8192
// What stands around the certificates: attributes, names and an RSA value of 512 bytes take half of it.
const AROUND_CERTIFICATES_BYTES = 2048
/** The largest token that has a place beside them; one with an RSA-4096 certificate takes about 3 kB. */
export const MOST_TOKEN_BYTES = 8000

/** A file that goes into a PDF with its first signature. */
export interface AttachedFile {
  name: string
  mediaType: string
  /** ISO 32000-2 §7.11.3 */
  relationship: string
  description: string
  text: string
}

/** What every signature of ours is made from. */
type SignatureRequest = Pick<SignRequest, 'pdf' | 'identity' | 'reason' | 'at' | 'timestamp'> & {
  signer: Pick<Signer, 'name'>
}

/**
 * PAdES B-B, or B-T with a timestamp (ETSI EN 319 142-1). The first signature allows nothing but filling in the others (DocMDP 2).
 * @throws SignError
 */
export function signReport(request: SignRequest): Promise<Uint8Array> {
  const { attachments, fields = TWO_SIDES, hasArchive = false, at } = request
  const files = attachments && ATTACHMENTS.map((file) => ({ ...file, text: attachments[file.id] }))
  return sign(request, request.field ?? request.signer.role, files && { files, fields, hasArchive, at })
}

/** A document of one page run and one signer, with files of its own; as `signReport` otherwise. @throws SignError */
export function signDocument(
  request: SignatureRequest & { field: string; files: readonly AttachedFile[] },
): Promise<Uint8Array> {
  const { field, files, at } = request
  return sign(request, field, { files, fields: [field], hasArchive: false, at })
}

/** @param preparation with the first signature only */
async function sign(
  request: SignatureRequest,
  field: string,
  preparation: Preparation | undefined,
): Promise<Uint8Array> {
  const pdf = await PDF.load(request.pdf)
  if (preparation) prepareForSigning(pdf, preparation)
  const dictionary = signatureDictionary(request)
  const reference = pdf.context.registry.register(dictionary)
  fillField(pdf, field, reference)
  if (preparation) restrictChanges(pdf, dictionary, reference)
  const saved = await pdf.save({ incremental: true })
  return fillPlace(saved, {
    from: request.pdf.length,
    containerBytes: containerBytes(request),
    make: (before, behind) => signMessage(digestOf(before, behind), request),
  })
}

interface Preparation {
  files: readonly AttachedFile[]
  fields: readonly string[]
  hasArchive: boolean
  at: Date
}

/** Statement and twins go in, and an empty field for each signature on the last page, where the declarations stand. */
function prepareForSigning(pdf: PDF, { files, fields, hasArchive, at }: Preparation): void {
  const resolve = pdf.context.registry.resolve.bind(pdf.context.registry)
  pdf.getCatalog().set('AF', PdfArray.of(...files.map((file) => attach(pdf, file, at))))

  // The catalogue names it from the start: the archive then changes an empty dictionary and not the catalogue.
  if (hasArchive)
    pdf.getCatalog().set('DSS', pdf.context.registry.register(PdfDict.of({ Type: PdfName.of('DSS') })))

  const form = pdf.getOrCreateForm()
  const page = pdf.getPages().at(-1)
  if (!page) throw new SignError('field-missing', 'A report without pages cannot be signed.')
  const annotations = page.dict.getArray('Annots', resolve) ?? new PdfArray([])
  for (const name of hasArchive ? [...fields, ARCHIVE_FIELD] : fields) {
    const field = form.createSignatureField(name)
    const dictionary = field.getDict()
    dictionary.delete('Kids')
    dictionary.set('Type', PdfName.of('Annot'))
    dictionary.set('Subtype', PdfName.of('Widget'))
    // Printed, locked, and without a size: the page itself says where to look.
    dictionary.set('F', PdfNumber.of(132))
    dictionary.set('Rect', PdfArray.of(...[0, 0, 0, 0].map((side) => PdfNumber.of(side))))
    dictionary.set('P', page.ref)
    const reference = field.getRef()
    if (reference) annotations.push(reference)
  }
  page.dict.set('Annots', annotations)
}

/** @returns the reference of the file's specification */
function attach(pdf: PDF, file: AttachedFile, at: Date): PdfRef {
  pdf.addAttachment(file.name, new TextEncoder().encode(file.text), {
    description: file.description,
    mimeType: file.mediaType,
    createdAt: at,
    modifiedAt: at,
  })
  const resolve = pdf.context.registry.resolve.bind(pdf.context.registry)
  const names = pdf
    .getCatalog()
    .getDict('Names', resolve)
    ?.getDict('EmbeddedFiles', resolve)
    ?.getArray('Names', resolve)
  // The tree holds each name before its file; files go in by the order of their names, so the last one is this.
  const reference = names?.at(names.length - 1)
  const specification = reference instanceof PdfRef ? resolve(reference) : null
  if (!(reference instanceof PdfRef) || !(specification instanceof PdfDict))
    throw new SignError('attachment-missing', `${file.name} could not be attached.`)
  specification.set('AFRelationship', PdfName.of(file.relationship))
  // The library (0.4) escapes the slash of a media type twice.
  const embedded = specification.getDict('EF', resolve)?.get('F')
  const stream = embedded instanceof PdfRef ? resolve(embedded) : null
  if (!(stream instanceof PdfDict))
    throw new SignError('attachment-missing', `${file.name} could not be attached.`)
  stream.set('Subtype', PdfName.of(file.mediaType))
  return reference
}

/** An own certificate brings up to six, each of one or two kB: its container grows in steps, ours stays as it is. */
function messageBytes({ identity }: SignatureRequest): number {
  const chain = chainOf(identity).reduce((sum, { length }) => sum + length, AROUND_CERTIFICATES_BYTES)
  return CONTAINER_BYTES * Math.ceil(chain / CONTAINER_BYTES)
}

const containerBytes = (request: SignatureRequest) =>
  messageBytes(request) + (request.timestamp ? CONTAINER_BYTES : 0)

const chainOf = ({ certificatePem, chainPem }: SigningIdentity) => readChain(certificatePem + chainPem)

function signatureDictionary(request: SignatureRequest): PdfDict {
  const { signer, reason, at } = request
  return PdfDict.of({
    Type: PdfName.of('Sig'),
    Filter: PdfName.of('Adobe.PPKLite'),
    SubFilter: PdfName.of('ETSI.CAdES.detached'),
    ...emptyPlace(containerBytes(request)),
    Name: textString(signer.name),
    Reason: textString(reason),
    M: PdfString.fromString(`D:${at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`),
  })
}

/** ASCII as it is, everything else as UTF-16 with its mark: the two forms that every reader knows. */
function textString(text: string): PdfString {
  if (/^[\x20-\x7e]*$/.test(text)) return PdfString.fromString(text)
  return new PdfString(Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'hex')
}

/** @throws SignError `field-missing`, `field-signed` */
export function fillField(pdf: PDF, id: string, signature: PdfRef): void {
  const field = pdf
    .getForm()
    ?.getFields()
    .find(({ name }) => name === id)
  if (!field)
    throw new SignError(
      'field-missing',
      `The report has no signature field “${id}”. Sign as the first person first.`,
    )
  const dictionary = field.acroField()
  if (dictionary.has('V'))
    throw new SignError('field-signed', `The field “${id}” of this report is signed already.`)
  dictionary.set('V', signature)
}

function restrictChanges(pdf: PDF, dictionary: PdfDict, reference: PdfRef): void {
  const parameters = PdfDict.of({
    Type: PdfName.of('TransformParams'),
    P: PdfNumber.of(2),
    V: PdfName.of('1.2'),
  })
  const transform = PdfDict.of({
    Type: PdfName.of('SigRef'),
    TransformMethod: PdfName.of('DocMDP'),
    TransformParams: parameters,
  })
  dictionary.set('Reference', PdfArray.of(transform))
  pdf.getCatalog().set('Perms', PdfDict.of({ DocMDP: reference }))
}

function assertFits(message: Uint8Array, request: SignatureRequest): void {
  if (message.length > messageBytes(request)) {
    throw new SignError(
      'signature-too-large',
      'The names in the certificates are too long to sign. Shorten the names of signer and organisation.',
    )
  }
}

async function signMessage(messageDigest: Uint8Array, request: SignatureRequest): Promise<Uint8Array> {
  const { identity, timestamp } = request
  const certificates = chainOf(identity)
  const certificateDigest = digestOf(certificates[0])
  const attributes = encodeSignedAttributes({ messageDigest, certificateDigest })
  const signature = await signBytes(attributes, identity)
  const message = { certificates, messageDigest, certificateDigest, signature }
  const plain = encodeSignedMessage(message)
  assertFits(plain, request)
  const token = await timestamp?.(signature)
  return token && token.length <= MOST_TOKEN_BYTES
    ? encodeSignedMessage({ ...message, timestamp: token })
    : plain
}
