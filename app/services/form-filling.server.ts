/** Fills an insurer's own form with the answers of an application, and keeps in the ledger what left the house. */
import { join } from 'node:path'
import { DocumentError, DocumentMapping, type FilledDocument } from '#app/documents/carrier-document.ts'
import { fillDocument } from '#app/documents/documents.server.ts'
import { WorkbookError } from '#app/documents/workbook-error.ts'
import * as documents from '#db/queries/documents.server.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { getDocumentRow, onDisk } from './carrier-documents.server.ts'
import { RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { loadReadiness } from './readiness.server.ts'
import { getRuntime } from './runtime.server.ts'
import { copyStored, readWhole, withFolder } from './temporary-files.server.ts'

/** Documents that are mapped to the edition of this application. */
export async function listFillable(member: Member, applicationId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const { application } = await loadReadiness(tx, organisationId, applicationId, clock())
    const mappings = await documents.listMappings(tx, organisationId)
    const rows = await documents.listCarrierDocuments(tx, organisationId)
    return rows.map(({ id, fileName }) => ({
      id,
      fileName,
      isMapped: mappings.some(
        (mapping) =>
          mapping.documentId === id &&
          mapping.formCode === application.formCode &&
          mapping.edition === application.edition,
      ),
    }))
  })
}

export interface FilledForm {
  fileName: string
  mediaType: string
  bytes: Buffer
  report: FilledDocument
  clientName: string
  documentName: string
}

/**
 * Fills a mapped document with the answers of an application; what is only proposed is left empty.
 * @throws RefusedError `not-mapped`
 */
export async function fillForm(
  member: Member,
  applicationId: string,
  documentId: string,
): Promise<FilledForm> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const loaded = await database.inOrganisation(organisationId, async (tx) => {
    const document = await getDocumentRow(tx, organisationId, documentId)
    const readiness = await loadReadiness(tx, organisationId, applicationId, clock())
    const { formCode, edition } = readiness.application
    const row = await documents.findMapping(tx, organisationId, { documentId, formCode, edition })
    if (!row) {
      throw new RefusedError(
        'not-mapped',
        'This form is not mapped to this edition yet. Map its fields first.',
      )
    }
    return { document, readiness, mapping: DocumentMapping.parse(row.mapping) }
  })
  const { document, mapping, readiness } = loaded
  const { client, edition, input } = readiness
  return withFolder(async (folder) => {
    const name = onDisk(document.fileName)
    const path = await copyStored(folder, organisationId, { sha256: document.sha256, name })
    const outPath = join(folder, `filled-${name}`)
    const report = await fillOrRefuse({
      path,
      outPath,
      reading: document.reading,
      mapping,
      edition,
      answers: input.answers,
      circumstances: input.circumstances,
      client: {
        legalName: client.legalName,
        tradingName: client.tradingName,
        headcount: client.headcount,
        annualRevenueMinor: client.annualRevenueMinor,
        currency: client.currency,
        domains: client.domains,
        contactName: client.contactName,
        contactEmail: client.contactEmail,
        contactTitle: client.contactTitle,
      },
      today: clock().toISOString().slice(0, 10),
    })
    return {
      fileName: `${client.legalName} - ${document.fileName}`,
      mediaType: document.reading.kind === 'pdf' ? 'application/pdf' : XLSX,
      bytes: await readWhole(outPath),
      report,
      clientName: client.legalName,
      documentName: document.fileName,
    }
  })
}

/** A form that was read once can still be refused: it takes too long, or the library cannot write it. */
async function fillOrRefuse(input: Parameters<typeof fillDocument>[0]): Promise<FilledDocument> {
  try {
    return await fillDocument(input)
  } catch (error) {
    if (error instanceof DocumentError || error instanceof WorkbookError) {
      throw new RefusedError(error.code, error.message)
    }
    throw error
  }
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** As fillForm, and keeps in the ledger that and with which content the form left the house. */
export async function handOutForm(member: Member, applicationId: string, documentId: string) {
  const filled = await fillForm(member, applicationId, documentId)
  const { database, clock } = getRuntime()
  const { organisationId } = member
  await database.inOrganisation(organisationId, (tx) =>
    recordInLedger(tx, organisationId, {
      kind: 'document.filled',
      actor: actorOf(member),
      at: clock(),
      payload: {
        applicationId,
        documentId,
        sha256: sha256Hex(filled.bytes),
        filled: filled.report.filled.length,
      },
    }),
  )
  return filled
}
