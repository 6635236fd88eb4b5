/** The circumstances that an application's gates look at: live while it is a draft, frozen with the first signature. */
import { gateFactsOf } from '#app/readiness/gate-facts.ts'
import type { ReadinessInput } from '#app/readiness/status.ts'
import type { ApplicationRow } from '#db/queries/applications.server.ts'
import type { ClientRow } from '#db/queries/clients.server.ts'
import { findFactEntry } from '#evidence/facts.ts'
import { BUSINESS_CLASSES, type Circumstances } from '#questionnaires/circumstances.ts'

export function circumstancesOf(
  application: Pick<ApplicationRow, 'state' | 'circumstances'>,
  sources: Pick<ReadinessInput, 'facts' | 'evidence' | 'catalogue' | 'now'>,
): Circumstances {
  if (application.state === 'frozen') return application.circumstances
  return {
    ...application.circumstances,
    today: sources.now.toISOString().slice(0, 10),
    facts: gateFactsOf(sources),
  }
}

/** What is known of the client when an application is started; what is not known stays open. */
export function circumstancesOfClient(client: ClientRow): Circumstances {
  const { annualRevenueMinor, headcount, currency } = client
  const industry = client.industry?.trim().toLowerCase()
  const known = BUSINESS_CLASSES.find(({ id, label }) => id === industry || label.toLowerCase() === industry)
  return {
    ...(annualRevenueMinor === null ? {} : { revenue: { amountMinor: annualRevenueMinor, currency } }),
    ...(headcount === null ? {} : { headcount }),
    ...(known ? { class: known.id } : {}),
  }
}

/** A fact that a gate looks at, in words; `undefined` where no scan says anything. */
export function describeFactValue(key: string, value: number | boolean | string | undefined): string {
  const label = findFactEntry(key)?.label ?? key
  if (value === undefined) return `${label}: no current scan says`
  return `${label}: ${typeof value === 'boolean' ? (value ? 'yes' : 'no') : value}`
}
