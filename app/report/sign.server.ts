/** Signs a report: attachment and empty fields with the first signature, then one incremental update for each. */
import { webcrypto } from 'node:crypto'
import { PDF, PdfArray, PdfDict, PdfName, PdfNumber, PdfRef, PdfString, parsePem } from '@libpdf/core'
import type { SigningIdentity } from './keys.server.ts'
import type { Signer } from './statement.ts'
import { ATTACHMENTS, type AttachedTexts } from './twins/attachments.ts'
import {
  digestOf,
  encodeSignature,
  encodeSignedAttributes,
  encodeSignedMessage,
  lowerSignature,
} from './verify/signed-message.ts'

export class SignError extends Error {
  override name = 'SignError'
  constructor(
    readonly code:
      | 'attachment-missing'
      | 'field-missing'
      | 'field-signed'
      | 'placeholder-missing'
      | 'signature-too-large',
    message: string,
  ) {
    super(message)
  }
}

export interface SignRequest {
  pdf: Uint8Array
  /** The statement and its twins; with the first signature only. */
  attachments?: AttachedTexts
  identity: SigningIdentity
  signer: Pick<Signer, 'role' | 'name'>
  reason: string
  at: Date
  /**
   * Asks an authority for a token over the signature value, in the form of `verify/timestamp-form.ts`; null where
   * there is none to be had: then the signature is made without.
   */
  timestamp?: (signature: Uint8Array) => Promise<Uint8Array | null>
}

const ROLES = ['technical-contributor', 'insured-officer'] as const satisfies readonly Signer['role'][]

// Two certificates with names of a few hundred letters stay below half of it.
const CONTAINER_BYTES = 8192
/** The largest token that has a place beside them; one with an RSA-4096 certificate takes about 3 kB. */
export const MOST_TOKEN_BYTES = 8000
const STAMPED_CONTAINER_BYTES = 16_384
const PLACEHOLDER = 9_999_999_999

/**
 * PAdES B-B, or B-T with a timestamp (ETSI EN 319 142-1). The first signature allows nothing but filling in the second one (DocMDP 2).
 * @throws SignError `attachment-missing`, `field-missing`, `field-signed`, `signature-too-large`
 */
export async function signReport(request: SignRequest): Promise<Uint8Array> {
  const pdf = await PDF.load(request.pdf)
  if (request.attachments) prepareForSigning(pdf, request.attachments, request.at)
  const dictionary = signatureDictionary(request)
  const reference = pdf.context.registry.register(dictionary)
  fillField(pdf, request.signer.role, reference)
  if (request.attachments) restrictChanges(pdf, dictionary, reference)
  const saved = await pdf.save({ incremental: true })
  return embedSignature(saved, request)
}

/** Statement and twins go in, and an empty field for each signature on the last page, where the declarations stand. */
function prepareForSigning(pdf: PDF, texts: AttachedTexts, at: Date): void {
  const resolve = pdf.context.registry.resolve.bind(pdf.context.registry)
  pdf.getCatalog().set('AF', PdfArray.of(...ATTACHMENTS.map((file) => attach(pdf, file, texts[file.id], at))))

  const form = pdf.getOrCreateForm()
  const page = pdf.getPages().at(-1)
  if (!page) throw new SignError('field-missing', 'A report without pages cannot be signed.')
  const annotations = page.dict.getArray('Annots', resolve) ?? new PdfArray([])
  for (const role of ROLES) {
    const field = form.createSignatureField(role)
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
function attach(pdf: PDF, file: (typeof ATTACHMENTS)[number], text: string, at: Date): PdfRef {
  pdf.addAttachment(file.name, new TextEncoder().encode(text), {
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

const containerBytes = ({ timestamp }: SignRequest) => (timestamp ? STAMPED_CONTAINER_BYTES : CONTAINER_BYTES)

function signatureDictionary(request: SignRequest): PdfDict {
  const { signer, reason, at } = request
  return PdfDict.of({
    Type: PdfName.of('Sig'),
    Filter: PdfName.of('Adobe.PPKLite'),
    SubFilter: PdfName.of('ETSI.CAdES.detached'),
    ByteRange: PdfArray.of(PdfNumber.of(0), ...[1, 2, 3].map(() => PdfNumber.of(PLACEHOLDER))),
    Contents: new PdfString(new Uint8Array(containerBytes(request)), 'hex'),
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

function fillField(pdf: PDF, role: Signer['role'], signature: PdfRef): void {
  const field = pdf
    .getForm()
    ?.getFields()
    .find(({ name }) => name === role)
  if (!field)
    throw new SignError(
      'field-missing',
      `The report has no signature field for the ${role}. Sign as the first person first.`,
    )
  const dictionary = field.acroField()
  if (dictionary.has('V')) throw new SignError('field-signed', `The ${role} has already signed this report.`)
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

async function embedSignature(saved: Uint8Array, request: SignRequest): Promise<Uint8Array> {
  const bytes = Buffer.from(saved)
  const from = request.pdf.length
  const { start, end } = findContents(bytes, from, containerBytes(request))
  const range = `[0 ${PLACEHOLDER} ${PLACEHOLDER} ${PLACEHOLDER}]`
  const rangeAt = bytes.indexOf(range, from, 'latin1')
  if (rangeAt === -1) throw new SignError('placeholder-missing', 'The place of the signature was not found.')
  bytes.write(`[0 ${start} ${end} ${bytes.length - end}]`.padEnd(range.length, ' '), rangeAt, 'latin1')
  const message = await signMessage(digestOf(bytes.subarray(0, start), bytes.subarray(end)), request)
  bytes.write(Buffer.from(message).toString('hex'), start + 1, 'latin1')
  return new Uint8Array(bytes)
}

function assertFits(message: Uint8Array): void {
  if (message.length > CONTAINER_BYTES) {
    throw new SignError(
      'signature-too-large',
      'The names in the certificates are too long to sign. Shorten the names of signer and organisation.',
    )
  }
}

/** From the opening to behind the closing angle bracket. */
function findContents(bytes: Buffer, from: number, size: number): { start: number; end: number } {
  const empty = `<${'0'.repeat(size * 2)}>`
  const start = bytes.indexOf(empty, from, 'latin1')
  if (start === -1) throw new SignError('placeholder-missing', 'The place of the signature was not found.')
  return { start, end: start + empty.length }
}

async function signMessage(
  messageDigest: Uint8Array,
  { identity, timestamp }: SignRequest,
): Promise<Uint8Array> {
  const signerCertificate = certificateBytes(identity.certificatePem)
  const certificateDigest = digestOf(signerCertificate)
  const attributes = encodeSignedAttributes({ messageDigest, certificateDigest })
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
  const signature = new Uint8Array(await webcrypto.subtle.sign(algorithm, identity.privateKey, attributes))
  const message = {
    signerCertificate,
    authorityCertificate: certificateBytes(identity.chainPem),
    messageDigest,
    certificateDigest,
    signature: lowerSignature(signature),
  }
  const plain = encodeSignedMessage(message)
  assertFits(plain)
  const token = await timestamp?.(encodeSignature(message.signature))
  return token && token.length <= MOST_TOKEN_BYTES
    ? encodeSignedMessage({ ...message, timestamp: token })
    : plain
}

function certificateBytes(pem: string): Uint8Array {
  const [block] = parsePem(pem)
  if (block?.label !== 'CERTIFICATE') throw new Error('A certificate was expected')
  return block.der
}
