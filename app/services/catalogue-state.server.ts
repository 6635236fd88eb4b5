/** Which public lists an organisation holds its findings against. */
import type { Tx } from '#db/client.server.ts'
import { type CatalogueKind, type CatalogueLoadRow, findLoadInForce } from '#db/queries/catalogues.server.ts'

export async function catalogueInForce(
  tx: Tx,
  organisationId: string,
  kind: CatalogueKind,
): Promise<CatalogueLoadRow | null> {
  return findLoadInForce(tx, organisationId, kind)
}

export async function catalogueLoadsInForce(tx: Tx, organisationId: string) {
  const kev = await catalogueInForce(tx, organisationId, 'kev')
  const epss = await catalogueInForce(tx, organisationId, 'epss')
  return { kev: kev?.id ?? null, epss: epss?.id ?? null }
}

/** The lists' own dates, which stand wherever they are used; null where none is loaded. */
export async function catalogueDates(tx: Tx, organisationId: string) {
  const kev = await catalogueInForce(tx, organisationId, 'kev')
  const epss = await catalogueInForce(tx, organisationId, 'epss')
  return {
    kev: kev?.releasedAt?.toISOString() ?? null,
    epss: epss?.releasedAt?.toISOString() ?? null,
  }
}
