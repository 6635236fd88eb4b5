/** Files of a client, and what they show as a scan or a table would have told. */
import { registerEvidence, storeFile } from '#app/services/evidence.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { insertFacts } from '#db/queries/scans.server.ts'
import type { Fact } from '#evidence/facts.ts'

async function* bytes(text: string) {
  yield new TextEncoder().encode(text)
}

export async function addEvidence(member: Member, clientId: string, observedOn: string) {
  const held = await registerEvidence(
    member,
    clientId,
    await storeFile(member, bytes(crypto.randomUUID())),
    'backup.txt',
    {
      kind: 'vuln-scan-summary',
      title: 'Backup settings',
      observedOn,
      validUntil: null,
      collector: 'Quinn',
      controlIds: [],
      questionRefs: [],
      viewpoint: 'internal',
    },
  )
  if (held.outcome !== 'received') throw new Error(held.outcome)
  return held
}

export async function tell(
  member: Member,
  clientId: string,
  revisionId: string,
  key: Fact['key'],
  value: Fact['value'],
) {
  const { clock, newId, database } = getRuntime()
  const now = clock()
  const { organisationId } = member
  const observedAt = new Date(now.getTime() - 3_600_000)
  const fact = {
    key,
    value,
    observedAt: observedAt.toISOString(),
    scope: { viewpoint: 'external', subject: 'all' },
    completeness: 'complete',
    collector: 'Quinn',
  } as Fact
  await database.inOrganisation(organisationId, (tx) =>
    insertFacts(tx, [
      {
        organisationId,
        id: newId(),
        clientId,
        revisionId,
        importId: null,
        key,
        fact,
        observedAt,
        recordedAt: now,
      },
    ]),
  )
}
