/** What was promised in a re-attestation, one thing at a time: until when, and whether it was kept; pure. */
import { z } from 'zod'
import { cutText } from '#app/language/cut-text.ts'
import type { OfficerResult } from '#app/report/statement-reattestation.ts'
import { shiftDay } from '#app/schedule/zone.ts'
import { Day, optionalText } from './form-texts.ts'

export const PROMISES = ['plan', 'broker'] as const
export type PromiseKind = (typeof PROMISES)[number]

/** Policies often ask to be told within days; nobody names a day, so it is this many after the signature. */
const BROKER_DAYS = 2

interface Kept {
  keptOn: string
  note: string | null
  recordedByName: string
}

/** As it is read from the record. */
export interface Promised {
  result: {
    reportId: string
    questionId: string
    exceptions: string | null
    since: string | null
    cause: string | null
    plan: string | null
    planOwner: string | null
    planDue: string | null
    broker: string | null
  }
  report: { attestedAt: Date | null }
  planKept: Kept | null
  brokerKept: Kept | null
  /**
   * The next signed re-attestation of the same application, where there is one; without a word of its own the answer
   * was confirmed in the list.
   */
  next: { number: number | null; result: OfficerResult['result'] | null }
}

export interface OnePromise {
  promise: PromiseKind
  /** In every calendar and reminder. */
  key: string
  title: string
  /** YYYY-MM-DD. */
  dueOn: string
  owner: string | null
  kept: Kept | null
  /** Gone through again since: what was said then counts. */
  saidAgain: { number: number; result: OfficerResult['result'] } | null
  isOpen: boolean
}

/** The plan of an answer and the duty to tell the broker, as far as there are any. */
export function promisesOf({ result, report, planKept, brokerKept, next }: Promised): OnePromise[] {
  const { reportId, questionId, plan, planOwner, planDue, cause, exceptions } = result
  const saidAgain =
    next.number === null ? null : { number: next.number, result: next.result ?? ('still-true' as const) }
  const about = (promise: PromiseKind, kept: Kept | null) => ({
    ...{ promise, key: `promise:${promise}:${reportId}:${questionId}`, kept, saidAgain },
    isOpen: kept === null && saidAgain === null,
  })
  const promises: OnePromise[] = []
  if (plan !== null && planDue !== null)
    promises.push({ ...about('plan', planKept), title: cutText(plan, 120), dueOn: planDue, owner: planOwner })
  if (result.broker === 'yes' && report.attestedAt)
    promises.push({
      ...about('broker', brokerKept),
      title: `Tell the broker: ${cutText(cause ?? exceptions ?? '', 100)}`,
      dueOn: shiftDay(report.attestedAt.toISOString().slice(0, 10), BROKER_DAYS),
      owner: null,
    })
  return promises
}

/** The first day of a signature whose duty to tell the broker is due on a day or later. */
export const signedFor = (dueOn: string): string => shiftDay(dueOn, -BROKER_DAYS)

const OF_PROMISE = {
  questionId: z.string().min(1).max(120),
  promise: z.enum(PROMISES),
}

/** @param today YYYY-MM-DD */
export const keptInput = (today: string) =>
  z.object({
    ...OF_PROMISE,
    keptOn: Day.refine((day) => day <= today, { message: 'Enter a day that is not in the future' }),
    note: optionalText(1000).default(null),
  })
export type KeptInput = z.output<ReturnType<typeof keptInput>>

export const ReopenInput = z.object(OF_PROMISE)
export type ReopenInput = z.output<typeof ReopenInput>
