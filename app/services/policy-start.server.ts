/** What a policy's form offers and starts from: nothing, a bound quote, the policy before it, or what is recorded. */
import { DateTime } from 'luxon'
import { listTimeZones } from '#app/schedule/zone.ts'
import type { Tx } from '#db/client.server.ts'
import { listApplications } from '#db/queries/applications.server.ts'
import { findBinding } from '#db/queries/bindings.server.ts'
import { listPolicies, type PolicyVersionRow } from '#db/queries/policies.server.ts'
import { listReportsOfApplication } from '#db/queries/reports.server.ts'
import { listCitable } from './cited-evidence.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError } from './errors.ts'
import type { Member } from './member.ts'
import { reportOfPolicy } from './policy-concerns.ts'
import { titlesOf } from './policy-page.server.ts'
import { getRuntime } from './runtime.server.ts'
import { listControlGroups } from './waiver-controls.server.ts'

/** Of the 29th of February the 28th: as insurers' systems count, a period never grows into the next month. */
export function yearAfter(day: string): string {
  const moved = DateTime.fromISO(day, { zone: 'utc' }).plus({ years: 1 }).toISODate()
  if (moved === null) throw new Error(`Not a day: ${day}`)
  return moved
}

type Start = Partial<Omit<PolicyVersionRow, 'terms'>> & { terms?: Partial<PolicyVersionRow['terms']> }

export interface StartFrom {
  /** The application whose bound quote becomes a policy. */
  boundApplicationId: string | null
  /** The policy that this one follows. */
  earlierPolicyId: string | null
}

/** @throws NotFoundError also where what it starts from is not this client's */
export async function getPolicyStart(member: Member, clientId: string, from: StartFrom) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    const earlier = await listPolicies(tx, organisationId, { clientId })
    const before = from.earlierPolicyId
      ? earlier.find(({ policy }) => policy.id === from.earlierPolicyId)
      : undefined
    if (from.earlierPolicyId && !before) throw new NotFoundError('No such policy')
    const followed = before ?? (from.boundApplicationId ? earlier[0] : undefined)
    const start: Start = {
      timeZone: earlier[0]?.current.timeZone,
      ...(followed ? following(followed.current) : datesOf(client)),
    }
    return {
      client,
      start: from.boundApplicationId
        ? await withBound(tx, organisationId, clientId, from.boundApplicationId, start)
        : { ...start, terms: { currency: client.currency, ...start.terms } },
      options: await loadOptions(tx, organisationId, clientId),
    }
  })
}

/** What is recorded, to be changed. @throws NotFoundError */
export async function getPolicyEdit(member: Member, policyId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const [held] = await listPolicies(tx, organisationId, { id: policyId })
    if (!held) throw new NotFoundError('No such policy')
    return { ...held, options: await loadOptions(tx, organisationId, held.policy.clientId) }
  })
}

const datesOf = (client: { policyInceptionOn: string | null; policyRenewalOn: string | null }): Start => ({
  inceptionOn: client.policyInceptionOn ?? undefined,
  expiresOn:
    client.policyRenewalOn ?? (client.policyInceptionOn ? yearAfter(client.policyInceptionOn) : undefined),
})

/** The next policy repeats the last one but for its number, its period and what it was written on. */
function following({ insurer, expiresOn, timeZone, terms }: PolicyVersionRow): Start {
  return {
    ...{ insurer, timeZone, inceptionOn: expiresOn, expiresOn: yearAfter(expiresOn) },
    terms: { ...terms, applicationId: null, quoteReference: null, documents: [] },
  }
}

/** The insurer, the quote and the application are those of the bind; cover begins when the signed report says so. */
async function withBound(
  tx: Tx,
  organisationId: string,
  clientId: string,
  applicationId: string,
  start: Start,
): Promise<Start> {
  const applications = await listApplications(tx, organisationId, clientId)
  const binding = await findBinding(tx, organisationId, applicationId)
  if (!binding?.boundOn || !applications.some(({ id }) => id === applicationId))
    throw new NotFoundError('No bound quote of this application')
  const { currency } = await getClientRow(tx, organisationId, clientId)
  const report = reportOfPolicy(await listReportsOfApplication(tx, organisationId, applicationId))
  const inceptionOn = report?.coversFrom ?? start.inceptionOn ?? binding.boundOn
  // Of another insurer neither contacts nor terms are taken along.
  const terms = start.insurer === binding.insurer ? start.terms : { currency: start.terms?.currency }
  return {
    ...{ insurer: binding.insurer, timeZone: start.timeZone, inceptionOn, expiresOn: yearAfter(inceptionOn) },
    terms: { currency, ...terms, applicationId, quoteReference: binding.quoteReference },
  }
}

async function loadOptions(tx: Tx, organisationId: string, clientId: string) {
  const titles = await titlesOf(tx, await listApplications(tx, organisationId, clientId))
  return {
    applications: [...titles].map(([id, title]) => ({ id, title })),
    evidence: (await listCitable(tx, organisationId, clientId)).map(({ id, title }) => ({ id, title })),
    controlGroups: listControlGroups(),
    timeZones: listTimeZones(),
  }
}
