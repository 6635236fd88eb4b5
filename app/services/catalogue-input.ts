/** What is entered about public lists. */
import { z } from 'zod'

export const CATALOGUE_KINDS = ['kev', 'epss'] as const
export type CatalogueKind = (typeof CATALOGUE_KINDS)[number]

const kind = z.enum(CATALOGUE_KINDS, 'Choose which list it is')
const mayGoBack = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on')

export const CatalogueFile = z.object({ kind, mayGoBack })
export const CatalogueFetch = z.object({ kind, mayGoBack })
export const CatalogueAddress = z.object({
  kind,
  url: z
    .url({ protocol: /^https$/, error: 'Enter an address that begins with https://' })
    .max(500, 'Enter at most 500 characters'),
})

/** Where the publishers offer them; an organisation may enter a mirror of its own. */
export const PUBLISHED_AT: Record<CatalogueKind, string> = {
  kev: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  epss: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
}
