/** The demo workspace: built once, entered without a password while it is offered. */
import * as accounts from '#db/queries/accounts.server.ts'
import * as clients from '#db/queries/clients.server.ts'
import { isDemoOffered } from './accounts.server.ts'
import { buildDemoWorkspace, createDemoOwner } from './demo/build-workspace.server.ts'
import { RefusedError } from './errors.ts'
import { getRuntime } from './runtime.server.ts'
import { type Caller, openSession } from './sessions.server.ts'

const CLIENTS_WHEN_COMPLETE = 4

let building: Promise<string> | undefined

/**
 * @param origin where browsers reach us, without a slash at the end: links of the mails in its outbox lead there
 * @throws RefusedError `not-offered` once a real organisation works here.
 */
export async function openDemoWorkspace(caller: Caller, origin: string): Promise<{ cookie: string }> {
  if (!(await isDemoOffered())) {
    throw new RefusedError(
      'not-offered',
      'The demo workspace is closed here because a real organisation is in use.',
    )
  }
  const userId = (await findCompleteDemo()) ?? (await buildOnce(origin))
  return { cookie: await openSession(userId, caller) }
}

/** The owner of a demo that was built to its end; one cut off by a crash is left behind. */
async function findCompleteDemo(): Promise<string | null> {
  const { database } = getRuntime()
  for (const demo of await database.forSignIn((tx) => accounts.listDemoOrganisations(tx))) {
    const held = await database.inOrganisation(demo.organisationId, (tx) =>
      clients.listClients(tx, demo.organisationId, 'active'),
    )
    if (held.length >= CLIENTS_WHEN_COMPLETE) return demo.userId
  }
  return null
}

/** Two visitors at once wait for the same workspace. */
function buildOnce(origin: string): Promise<string> {
  building ??= (async () => {
    const owner = await createDemoOwner()
    await buildDemoWorkspace(owner, origin, () => undefined)
    return owner.userId
  })().finally(() => {
    building = undefined
  })
  return building
}
