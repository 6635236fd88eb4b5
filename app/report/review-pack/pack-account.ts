/** What a review pack tells of a client and a period; plain data, so that the page and a worker draw the same. */
import { z } from 'zod'
import { LANGUAGES } from '#app/language/languages.ts'
import { SEVERITIES } from '#evidence/severity.ts'
import { Brand } from '../statement-parts.ts'

/** As bars run, the best first. */
export const COVERS = ['proved', 'unproved', 'contradicted', 'excepted', 'not-claimed', 'unrecorded'] as const

/** Of things that are due; those of the calendar among them. */
export const DUE_KINDS = [
  'policy',
  'renewal-step',
  'evidence',
  'request',
  'subjectivity',
  'exception',
  'waiver',
  'promise',
  'meeting',
  'schedule',
  're-attestation',
] as const

const Count = z.number().int().nonnegative()
const Covers = z.record(z.enum(COVERS), Count)
/** YYYY-MM-DD. */
const Day = z.string()
const Period = z.strictObject({ first: Day, last: Day })

const Change = z.strictObject({
  form: z.string(),
  item: z.string(),
  prompt: z.string(),
  before: z.enum(COVERS),
  now: z.enum(COVERS),
  reasons: z.array(z.string()),
})

export const PackAccount = z.strictObject({
  language: z.enum(LANGUAGES),
  madeAt: z.string(),
  organisation: z.string(),
  brand: Brand.nullable(),
  client: z.string(),
  period: Period,
  next: Period,
  /** Applications that count at the end. */
  forms: z.array(z.strictObject({ title: z.string(), edition: z.string(), isSigned: z.boolean() })),
  /** Controls of each domain by what the record shows, on the day before the period and on its last. */
  domains: z.array(z.strictObject({ title: z.string(), before: Covers, now: Covers })),
  improved: z.array(Change),
  drifted: z.array(Change),
  contradictions: z.strictObject({ opened: Count, closed: Count, left: Count }),
  /** Answers to what nothing was on record for when the period began: neither progress nor drift. */
  firstAnswered: z.strictObject({ count: Count, contradicted: Count }),
  /** Worst first; null while the client has no register of findings. */
  findings: z
    .array(z.strictObject({ severity: z.enum(SEVERITIES), opened: Count, fixed: Count, open: Count }))
    .nullable(),
  evidence: z.array(
    z.strictObject({ title: z.string(), state: z.enum(['new', 'renewed', 'expired']), day: Day }),
  ),
  requests: z.array(
    z.strictObject({ title: z.string(), recipient: z.string(), dueOn: Day, isLate: z.boolean() }),
  ),
  /** Exceptions and waivers whose day comes in the period or in the next three months. */
  ending: z.array(
    z.strictObject({
      kind: z.enum(['exception', 'waiver']),
      title: z.string(),
      owner: z.string(),
      day: Day,
      isOver: z.boolean(),
    }),
  ),
  subjectivities: z.array(
    z.strictObject({ title: z.string(), owner: z.string(), dueOn: Day.nullable(), isLapsed: z.boolean() }),
  ),
  attested: z.array(
    z.strictObject({
      form: z.string(),
      lastOn: Day,
      isApplication: z.boolean(),
      next: Period.nullable(),
      nextOn: Day,
    }),
  ),
  due: z.array(
    z.strictObject({ day: Day, kind: z.enum(DUE_KINDS), title: z.string(), owner: z.string().nullable() }),
  ),
  actions: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('fix'), title: z.string(), findings: Count, assets: Count }),
      z.strictObject({ kind: z.literal('remedy'), title: z.string(), answers: Count }),
    ]),
  ),
})
export type PackAccount = z.infer<typeof PackAccount>
export type PackChange = z.infer<typeof Change>
export type Covers = z.infer<typeof Covers>
