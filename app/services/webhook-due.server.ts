/**
 * What comes with time instead of with somebody's act: each hour the webhooks that want it are told what is due, what
 * expires, and which answers evidence contradicts by now. Each is told once, whoever looks.
 */

import { listClients } from '#db/queries/clients.server.ts'
import { listWebhooks } from '#db/queries/webhooks.server.ts'
import { listLedgers } from './ledger-check.server.ts'
import { getRuntime } from './runtime.server.ts'
import { findContradictions } from './webhook-contradictions.server.ts'
import {
  findDueRequests,
  findDueSubjectivities,
  findExpiringEvidence,
  type Look,
} from './webhook-dues.server.ts'
import { emitEvents } from './webhook-emitting.server.ts'
import type { WebhookEventKind } from './webhook-events.ts'

/** For all organisations: what fails in one keeps no other from hearing of its own. */
export async function lookForDue(): Promise<void> {
  for (const organisationId of await listLedgers(getRuntime().database)) {
    try {
      await tellWhatIsDue(organisationId)
    } catch (error) {
      // The next look finds the same.
      console.error(`Webhooks of organisation ${organisationId} were not told all that is due`, error)
    }
  }
}

const LOOKS = {
  'request.due': once(findDueRequests),
  'subjectivity.due': once(findDueSubjectivities),
  'evidence.expiring': once(findExpiringEvidence),
  'answer.contradicted': eachClient(findContradictions),
} as const satisfies Partial<Record<WebhookEventKind, (organisationId: string) => Promise<Look[]>>>

function once(look: Look) {
  return async () => [look]
}

/** Judging a client's applications takes its time, so no transaction holds more than one. */
function eachClient(look: (clientId: string) => Look) {
  return async (organisationId: string) => {
    const clients = await getRuntime().database.inOrganisation(organisationId, (tx) =>
      listClients(tx, organisationId, 'active'),
    )
    return clients.map(({ id }) => look(id))
  }
}

/** So many are told in one transaction. */
const AT_ONCE = 200

/** @throws AggregateError after everything else was told */
export async function tellWhatIsDue(organisationId: string): Promise<void> {
  const { database } = getRuntime()
  const wanted = await database.inOrganisation(organisationId, async (tx) =>
    (await listWebhooks(tx, organisationId)).flatMap(({ state, events }) => (state === 'on' ? events : [])),
  )
  const faults: unknown[] = []
  for (const [kind, listLooks] of Object.entries(LOOKS)) {
    if (!wanted.includes(kind)) continue
    for (const look of await listLooks(organisationId)) {
      await tellFound(organisationId, kind as keyof typeof LOOKS, look).catch((error) => faults.push(error))
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} looks failed`)
}

async function tellFound(organisationId: string, kind: WebhookEventKind, look: Look): Promise<void> {
  const { database, clock } = getRuntime()
  const found = await database.inOrganisation(organisationId, (tx) => look(tx, organisationId, clock()))
  for (let from = 0; from < found.length; from += AT_ONCE) {
    const some = found.slice(from, from + AT_ONCE)
    await database.inOrganisation(organisationId, (tx) => emitEvents(tx, organisationId, kind, some))
  }
}
