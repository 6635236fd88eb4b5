/** What is sent about a re-attestation: by the preparer, and by the officer from their link. */
import { z } from 'zod'
import type { Language } from '#app/language/languages.ts'
import { reattestWords } from '#app/report/language/reattestation/words.ts'
import { BROKER, type OfficerResult } from '#app/report/statement-reattestation.ts'

const person = (what: string) => z.string().trim().min(2, what).max(120)

export const StartReattestation = z.object({ applicationId: z.uuid('Choose an application') })

export const HandOverInput = z.object({
  contributorTitle: person('Enter your title, for instance “Lead technician”'),
  officerName: person('Enter the name of the officer who attests for the insured'),
  officerTitle: person('Enter the officer’s title'),
  officerEmail: z.string().trim().toLowerCase().pipe(z.email('Enter the officer’s e-mail address')),
  certify: z.literal('on', { error: 'Confirm that you certify the comparison' }),
})
export type HandOverInput = z.infer<typeof HandOverInput>

export const DiscardInput = z.object({
  reason: z.string().trim().min(10, 'Say why, in a sentence').max(1000, 'Say it in at most 1,000 characters'),
})
export type DiscardInput = z.infer<typeof DiscardInput>

const FIELDS = {
  questionId: z.string().min(1).max(120),
  /** From 1; where the officer goes on is the next one. 0 where it came from the list. */
  step: z.coerce.number().int().min(0).max(10_000).default(0),
}

/**
 * What the officer says of one answer; what is wrong with it is said in the language of the report.
 * @param today the last day that something can have happened on and the first that it can be promised for, YYYY-MM-DD
 */
export function resultInput(language: Language, today: string) {
  const { say } = reattestWords(language)
  const text = (missing: string, most = 2000) => z.string().trim().min(3, missing).max(most)
  const past = (missing: string) =>
    z.iso.date(missing).refine((day) => day <= today, { message: say('wrong.future') })
  const ahead = (missing: string) =>
    z.iso.date(missing).refine((day) => day >= today, { message: say('wrong.due-past') })
  const broker = {
    broker: z.enum(BROKER, say('wrong.broker')),
    brokerOn: z.union([z.literal(''), past(say('wrong.broker-on'))]).default(''),
  }
  const told = <T extends { broker: string; brokerOn: string }>({ broker: tell, brokerOn }: T) =>
    tell !== 'told' || brokerOn !== ''
  const missingDay = { path: ['brokerOn'], message: say('wrong.broker-on') }
  const byResult = z.discriminatedUnion(
    'result',
    [
      z.object({ ...FIELDS, result: z.literal('still-true') }),
      z
        .object({
          ...FIELDS,
          result: z.literal('with-exceptions'),
          exceptions: text(say('wrong.exceptions')),
          ...broker,
        })
        .refine(told, missingDay),
      z
        .object({
          ...FIELDS,
          result: z.literal('no-longer-true'),
          since: past(say('wrong.since')),
          cause: text(say('wrong.cause')),
          plan: text(say('wrong.plan')),
          planOwner: z.string().trim().min(2, say('wrong.owner')).max(120),
          planDue: ahead(say('wrong.due')),
          ...broker,
        })
        .refine(told, missingDay),
    ],
    say('wrong.result'),
  )
  return byResult
}
export type ResultInput = z.infer<ReturnType<typeof resultInput>>

/** As it is signed. */
export function resultOf(row: {
  result: OfficerResult['result']
  exceptions: string | null
  since: string | null
  cause: string | null
  plan: string | null
  planOwner: string | null
  planDue: string | null
  broker: (typeof BROKER)[number] | null
  brokerOn: string | null
}): OfficerResult {
  const broker = { tell: row.broker ?? 'no', ...(row.brokerOn ? { on: row.brokerOn } : {}) }
  if (row.result === 'still-true') return { result: 'still-true', confirmed: 'alone' }
  if (row.result === 'with-exceptions')
    return { result: 'with-exceptions', exceptions: row.exceptions ?? '', broker }
  return {
    result: 'no-longer-true',
    since: row.since ?? '',
    cause: row.cause ?? '',
    plan: { what: row.plan ?? '', owner: row.planOwner ?? '', due: row.planDue ?? '' },
    broker,
  }
}
