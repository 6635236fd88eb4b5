/** Archives a signed report: what is needed to judge it later, and a timestamp over everything (PAdES B-LTA). */
import { PDF, PdfArray, PdfDict, PdfName, type PdfRef, PdfStream } from '@libpdf/core'
import { emptyPlace, fillPlace } from './container-place.server.ts'
import { fillField, MOST_TOKEN_BYTES } from './sign.server.ts'
import { SignError } from './sign-error.ts'
import { ARCHIVE_FIELD } from './verify/archive.ts'

/** What `verify/archive-contents.ts` accepts, chosen by `archive-contents.server.ts`. */
export interface ArchiveContents {
  /** Of issuers of the report's timestamps, DER. */
  certificates: readonly Uint8Array[]
  /** DER. */
  revocationLists: readonly Uint8Array[]
}

export interface ArchiveRequest {
  /** A report with all its signatures, whose place for an archive is empty. */
  pdf: Uint8Array
  contents: ArchiveContents
  /** Asks an authority for a token over these two parts of the file, in the form of `verify/timestamp-form.ts`. */
  timestamp: (covered: [Uint8Array, Uint8Array]) => Promise<Uint8Array>
}

/** @throws SignError `field-missing`, `field-signed`, and what `timestamp` throws */
export async function archiveReport(request: ArchiveRequest): Promise<Uint8Array> {
  const pdf = await PDF.load(request.pdf)
  const { registry } = pdf.context
  const reference = pdf.getCatalog().get('DSS')
  const store = reference?.type === 'ref' ? registry.resolve(reference) : null
  if (!(store instanceof PdfDict))
    throw new SignError('field-missing', 'The report has no place for an archive timestamp.')
  const timestamp = registry.register(
    PdfDict.of({
      Type: PdfName.of('DocTimeStamp'),
      Filter: PdfName.of('Adobe.PPKLite'),
      SubFilter: PdfName.of('ETSI.RFC3161'),
      ...emptyPlace(MOST_TOKEN_BYTES),
    }),
  )
  const keep = (files: readonly Uint8Array[]) =>
    PdfArray.of(...files.map((bytes): PdfRef => registry.register(PdfStream.fromDict({}, bytes))))
  store.set('Certs', keep(request.contents.certificates))
  store.set('CRLs', keep(request.contents.revocationLists))
  fillField(pdf, ARCHIVE_FIELD, timestamp)
  return fillPlace(await pdf.save({ incremental: true }), {
    from: request.pdf.length,
    containerBytes: MOST_TOKEN_BYTES,
    make: (before, behind) => request.timestamp([before, behind]),
  })
}
