/** Where a policy stands today, and which of several is the one that counts; pure. */
import { localTime } from '#app/schedule/zone.ts'

export type PolicyStanding = 'upcoming' | 'in-force' | 'expired'
export const POLICY_STANDING_WORDS: Record<PolicyStanding, string> = {
  upcoming: 'Not begun',
  'in-force': 'In force',
  expired: 'Expired',
}

interface Period {
  inceptionOn: string
  expiresOn: string
  timeZone: string
}

/** Cover begins and ends at this time where the named insured is. */
export const COVER_TIME = '00:01'
const COVER_TIME_MS = 60_000

export function policyStanding({ inceptionOn, expiresOn, timeZone }: Period, now: Date): PolicyStanding {
  const { day } = localTime(new Date(now.getTime() - COVER_TIME_MS), timeZone)
  if (day < inceptionOn) return 'upcoming'
  return day < expiresOn ? 'in-force' : 'expired'
}

/** In force; else the next to begin; else the last that was. @param policies the latest to begin first */
export function pickPolicy<Policy>(
  policies: readonly Policy[],
  periodOf: (policy: Policy) => Period,
  now: Date,
): Policy | null {
  const of = (wanted: PolicyStanding) =>
    policies.filter((policy) => policyStanding(periodOf(policy), now) === wanted)
  return of('in-force')[0] ?? of('upcoming').at(-1) ?? of('expired')[0] ?? null
}
