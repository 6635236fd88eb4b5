/** What the forms on a condition's page ask for. */
import { data } from '@remix-run/node'
import type { Member } from '#app/services/member.ts'
import { withdrawSubjectivity } from '#app/services/subjectivities.server.ts'
import {
  decisionInput,
  extensionInput,
  ResponseInput,
  SeenVersion,
  WithdrawInput,
} from '#app/services/subjectivity-input.ts'
import {
  answerSubjectivity,
  decideSubjectivity,
  extendSubjectivity,
} from '#app/services/subjectivity-replies.server.ts'
import { acting } from './faults.server.ts'
import { type FieldErrors, parseWith } from './input.server.ts'

const today = () => new Date().toISOString().slice(0, 10)

export type ReplyIntent = 'answer' | 'decide' | 'extend' | 'withdraw'

/** @param typed what was posted, as the page fills its form again */
export async function answerReply<Typed>(
  member: Member,
  subjectivityId: string,
  values: Record<string, unknown>,
  typed: Typed,
) {
  const chosen = Array.isArray(values.evidenceIds) ? values.evidenceIds.map(String) : []
  const refuse = (form: ReplyIntent, fieldErrors: FieldErrors) =>
    data({ outcome: 'invalid' as const, form, fieldErrors, typed, chosen }, { status: 400 })
  // With status 200: after any other the page would not load anew, and send the old version again.
  const saved = (form: ReplyIntent, work: () => Promise<'saved' | 'conflict'>) =>
    acting(async () =>
      (await work()) === 'conflict'
        ? { outcome: 'conflict' as const, form, typed, chosen }
        : { outcome: 'saved' as const, form },
    )

  if (values.intent === 'answer') {
    const parsed = parseWith(ResponseInput, values)
    if (!parsed.ok) return refuse('answer', parsed.fieldErrors)
    return acting(async () => {
      const reply = await answerSubjectivity(member, subjectivityId, parsed.input)
      return reply.outcome === 'same-text'
        ? { outcome: 'same-text' as const, form: 'answer' as const, alike: reply.others, typed, chosen }
        : { outcome: 'saved' as const, form: 'answer' as const }
    })
  }
  const seen = parseWith(SeenVersion, values)
  if (values.intent === 'decide') {
    const parsed = parseWith(decisionInput(today), values)
    if (!parsed.ok || !seen.ok) return refuse('decide', errorsOf(parsed, seen))
    return saved('decide', () =>
      decideSubjectivity(member, subjectivityId, seen.input.seenVersion, parsed.input),
    )
  }
  if (values.intent === 'extend') {
    const parsed = parseWith(extensionInput(today), values)
    if (!parsed.ok || !seen.ok) return refuse('extend', errorsOf(parsed, seen))
    return saved('extend', () =>
      extendSubjectivity(member, subjectivityId, seen.input.seenVersion, parsed.input),
    )
  }
  const parsed = parseWith(WithdrawInput, values)
  if (!parsed.ok || !seen.ok) return refuse('withdraw', errorsOf(parsed, seen))
  return saved('withdraw', () =>
    withdrawSubjectivity(member, subjectivityId, seen.input.seenVersion, parsed.input.reason),
  )
}

type Attempt = { ok: boolean; fieldErrors?: FieldErrors }

/** A version that is no number belongs to no field. */
function errorsOf(parsed: Attempt, seen: Attempt): FieldErrors {
  return {
    ...parsed.fieldErrors,
    ...(seen.ok ? {} : { form: 'The page is older than this form. Reload it and try again.' }),
  }
}
