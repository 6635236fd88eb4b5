/** An organisation with a ledger of so many entries, for tests that check, export or damage one. */
import { makeCheckpointNow } from '#app/services/checkpoints.server.ts'
import { recordInLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'

/** In one transaction; entries are a second apart. */
export async function addEntries({ organisationId }: Member, count: number, from = 0): Promise<void> {
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    for (let index = from; index < from + count; index += 1) {
      await recordInLedger(tx, organisationId, {
        kind: 'client.changed',
        actor: `Person ${index % 7}`,
        at: new Date(Date.UTC(2026, 0, 1) + index * 1000),
        payload: { index, text: `Änderung ${index} \u2028 "quoted"` },
      })
    }
  })
}

/** About 60 entries with two checkpoints; a few entries stand behind the second. */
export async function fillLedger(member: Member): Promise<void> {
  await addEntries(member, 25)
  await makeCheckpointNow(member)
  await addEntries(member, 25, 25)
  await makeCheckpointNow(member)
  await addEntries(member, 5, 50)
}
