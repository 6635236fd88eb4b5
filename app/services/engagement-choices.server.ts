/** The applications of an organisation, as they are chosen for an engagement. */
import type { Tx } from '#db/client.server.ts'
import { listClients } from '#db/queries/clients.server.ts'
import { listApplicationsOfClients } from '#db/queries/portfolio.server.ts'
import { findEditionOf } from './editions.server.ts'

export interface OfferableApplication {
  id: string
  clientId: string
  clientName: string
  formTitle: string
  /** `form/edition`, before the id of a section. */
  editionKey: string
  edition: string
  state: 'draft' | 'frozen'
  sections: { id: string; title: string }[]
}

/** By client; newest first inside one. Those whose edition is missing cannot be shown, so they cannot be offered. */
export async function listOfferable(tx: Tx, organisationId: string): Promise<OfferableApplication[]> {
  const clients = [
    ...(await listClients(tx, organisationId, 'active')),
    ...(await listClients(tx, organisationId, 'archived')),
  ]
  const rows = await listApplicationsOfClients(
    tx,
    organisationId,
    clients.map(({ id }) => id),
  )
  const offerable: OfferableApplication[] = []
  for (const client of clients) {
    for (const row of rows.filter(({ clientId }) => clientId === client.id)) {
      const edition = await findEditionOf(tx, row)
      if (!edition) continue
      offerable.push({
        id: row.id,
        clientId: client.id,
        clientName: client.legalName,
        formTitle: edition.form.title,
        editionKey: `${edition.form.code}/${edition.edition}`,
        edition: edition.edition,
        state: row.state,
        sections: edition.sections.map(({ id, title }) => ({ id, title })),
      })
    }
  }
  return offerable
}
