/** What the cover of a claim pack tells; plain data, so that it can be drawn in a worker. */
import { z } from 'zod'
import { LANGUAGES } from '#app/language/languages.ts'

const Counts = z.strictObject({
  supported: z.int(),
  unsupported: z.int(),
  stale: z.int(),
  contradicted: z.int(),
  /** Of the contradicted ones, those that an exception covered. */
  excepted: z.int(),
  'not-claimed': z.int(),
  unanswered: z.int(),
})

export const ClaimCoverAccount = z.strictObject({
  /** That of the report inside; English where there is none. */
  language: z.enum(LANGUAGES),
  packId: z.uuid(),
  madeAt: z.string(),
  asOf: z.string(),
  knownOn: z.string(),
  organisation: z.string(),
  requestedBy: z.string(),
  client: z.string(),
  incident: z.strictObject({
    kind: z.string(),
    title: z.string(),
    description: z.string(),
    occurredFrom: z.string(),
    occurredUntil: z.string(),
    discoveredAt: z.string(),
    reportedOn: z.string().nullable(),
    policyNumber: z.string().nullable(),
    noticeReference: z.string().nullable(),
    assets: z.array(z.string()),
  }),
  /** Null where the client had no application on the day. */
  application: z
    .strictObject({
      title: z.string(),
      edition: z.string(),
      attestedAt: z.string().nullable(),
      hasReport: z.boolean(),
    })
    .nullable(),
  asIs: Counts,
  asKnown: Counts,
  contents: z.array(z.strictObject({ path: z.string(), about: z.string(), count: z.int() })),
  evidence: z.array(z.strictObject({ path: z.string(), title: z.string(), observedAt: z.string() })),
  /** Services that were declined in writing by the day; `path` is null for one that has no file here. */
  waivers: z.array(
    z.strictObject({
      service: z.string(),
      signedBy: z.string(),
      signedAt: z.string(),
      heldOnTheDay: z.boolean(),
      path: z.string().nullable(),
    }),
  ),
  missing: z.array(z.strictObject({ title: z.string(), reason: z.enum(['lost', 'damaged']) })),
  checkpoint: z.strictObject({ number: z.int(), size: z.int(), createdAt: z.string() }),
  /** SHA-256 of the authority's certificate, "AB:CD:…". */
  authorityFingerprint: z.string(),
})
export type ClaimCoverAccount = z.infer<typeof ClaimCoverAccount>
export type CoverCounts = z.infer<typeof Counts>
