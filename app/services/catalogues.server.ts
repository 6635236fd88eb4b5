/** Public lists of exploited weaknesses: taken from a file or an address, whole or not at all, never silently older. */
import { cutText } from '#app/language/cut-text.ts'
import type { Tx } from '#db/client.server.ts'
import * as rows from '#db/queries/catalogues.server.ts'
import { listClients } from '#db/queries/clients.server.ts'
import { lockRegister } from '#db/queries/register.server.ts'
import * as imports from '#db/queries/register-imports.server.ts'
import { readEpss, readKev } from '#evidence/catalogues.server.ts'
import { CatalogueError, type CatalogueSummary, type EpssEntry, type KevEntry } from '#evidence/catalogues.ts'
import { type StoredFile, StoreError } from '#evidence/store/store.ts'
import { CATALOGUE_KINDS, type CatalogueKind, PUBLISHED_AT } from './catalogue-input.ts'
import { catalogueInForce, catalogueLoadsInForce } from './catalogue-state.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { fetchList } from './fetch-list.server.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { countExploitedFacts } from './register-facts.server.ts'
import { countRegister } from './register-summary.server.ts'
import { getRuntime, networkOf } from './runtime.server.ts'

const MAXIMUM_BYTES = 64 * 1024 * 1024
const BATCH = 5000

export async function listCatalogues(member: Member) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const sources = await rows.listSources(tx, organisationId)
    const inForce = await Promise.all(
      CATALOGUE_KINDS.map((kind) => catalogueInForce(tx, organisationId, kind)),
    )
    return {
      loads: await rows.listLoads(tx, organisationId, 20),
      lists: CATALOGUE_KINDS.map((kind, index) => ({
        kind,
        inForce: inForce[index] ?? null,
        url: sources.find((source) => source.kind === kind)?.url ?? PUBLISHED_AT[kind],
      })),
    }
  })
}

export async function saveCatalogueAddress(member: Member, kind: CatalogueKind, url: string): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    await rows.saveSource(tx, organisationId, { kind, url, changedByName: member.name, changedAt: at })
    await recordInLedger(tx, organisationId, {
      kind: 'catalogue.source-changed',
      actor: actorOf(member),
      at,
      payload: { kind, url },
    })
  })
}

/** Queues the loading of an uploaded file. */
export async function loadCatalogueFile(
  member: Member,
  stored: StoredFile,
  fileName: string,
  { kind, mayGoBack }: { kind: CatalogueKind; mayGoBack: boolean },
): Promise<string> {
  return request(member, { kind, mayGoBack, source: cutText(fileName, 300), sha256: stored.sha256 })
}

/** Queues the fetching of the list from the address that the organisation has for it. */
export async function fetchCatalogue(
  member: Member,
  kind: CatalogueKind,
  mayGoBack: boolean,
): Promise<string> {
  const { lists } = await listCatalogues(member)
  const source = lists.find((list) => list.kind === kind)?.url ?? PUBLISHED_AT[kind]
  return request(member, { kind, mayGoBack, source, sha256: null })
}

async function request(
  member: Member,
  load: { kind: CatalogueKind; mayGoBack: boolean; source: string; sha256: string | null },
): Promise<string> {
  const { database, clock, newId, jobs } = getRuntime()
  const { organisationId } = member
  const id = newId()
  await database.inOrganisation(organisationId, async (tx) => {
    await rows.insertLoad(tx, {
      organisationId,
      id,
      ...load,
      state: 'queued',
      requestedByName: member.name,
      requestedAt: clock(),
    })
    // Before the commit: a crash between the two would leave a load that nobody works on.
    await jobs.enqueue({ name: 'load-catalogue', organisationId, loadId: id })
  })
  return id
}

/** Does nothing when it was done before. A list that cannot be taken leaves everything as it was, with the reason. */
export async function loadCatalogueJob(organisationId: string, loadId: string): Promise<void> {
  const { database } = getRuntime()
  try {
    const queued = await database.inOrganisation(organisationId, (tx) =>
      rows.lockLoad(tx, organisationId, loadId),
    )
    if (!queued) throw new NotFoundError('No such load yet')
    if (queued.state !== 'queued') return
    const sha256 = queued.sha256 ?? (await fetchIntoStore(organisationId, queued.source))
    await database.inOrganisation(organisationId, (tx) => takeOver(tx, organisationId, loadId, sha256))
  } catch (error) {
    if (!(error instanceof CatalogueError || error instanceof RefusedError || error instanceof StoreError))
      throw error
    await failCatalogueLoad(organisationId, loadId, error.message)
  }
}

export async function failCatalogueLoad(
  organisationId: string,
  loadId: string,
  failure: string,
): Promise<void> {
  const { database, clock } = getRuntime()
  await database.inOrganisation(organisationId, async (tx) => {
    const load = await rows.lockLoad(tx, organisationId, loadId)
    if (load?.state !== 'queued') return
    await rows.updateLoad(tx, organisationId, loadId, { state: 'failed', failure, finishedAt: clock() })
  })
}

async function fetchIntoStore(organisationId: string, url: string): Promise<string> {
  const runtime = getRuntime()
  try {
    const list = fetchList(url, { network: networkOf(runtime) })
    const { sha256 } = await runtime.store.put(organisationId, list, { maxBytes: MAXIMUM_BYTES })
    return sha256
  } catch (error) {
    // The store says only that its source ended; why it did is told by the source.
    throw error instanceof StoreError && error.cause instanceof RefusedError ? error.cause : error
  }
}

async function takeOver(tx: Tx, organisationId: string, loadId: string, sha256: string): Promise<void> {
  const { store, clock } = getRuntime()
  const load = await rows.lockLoad(tx, organisationId, loadId)
  if (load?.state !== 'queued') return
  const bytes = store.open(organisationId, sha256)
  const summary =
    load.kind === 'kev'
      ? await saveEntries(readKev(bytes), (entries) =>
          rows.saveExploited(tx, organisationId, loadId, entries),
        )
      : await saveEntries(readEpss(bytes), (entries) => rows.saveScores(tx, organisationId, loadId, entries))
  const earlier = await catalogueInForce(tx, organisationId, load.kind)
  const releasedAt = new Date(summary.releasedAt)
  if (earlier?.releasedAt && releasedAt < earlier.releasedAt && !load.mayGoBack) {
    throw new RefusedError(
      'older-list',
      `This list is of ${dayOf(releasedAt)}, older than the one in use of ${dayOf(earlier.releasedAt)}. Load a newer one, or tick “Use it although it is older”.`,
    )
  }
  const outcome = {
    sha256,
    version: summary.version,
    releasedAt,
    entryCount: summary.rows,
    declaredCount: summary.declaredCount,
  }
  const at = clock()
  await rows.updateLoad(tx, organisationId, loadId, { ...outcome, state: 'done', finishedAt: at })
  const facts = await applyLists(tx, organisationId)
  await recordInLedger(tx, organisationId, {
    kind: 'catalogue.loaded',
    actor: load.requestedByName,
    at,
    payload: {
      loadId,
      kind: load.kind,
      source: load.source,
      ...outcome,
      releasedAt: summary.releasedAt,
      replaced: earlier?.id ?? null,
      facts,
    },
  })
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10)

/** What the lists say about the findings of every client, and the facts that follow from it. */
async function applyLists(tx: Tx, organisationId: string) {
  const loads = await catalogueLoadsInForce(tx, organisationId)
  const clients = [
    ...(await listClients(tx, organisationId, 'active')),
    ...(await listClients(tx, organisationId, 'archived')),
  ]
  const facts = []
  for (const { id: clientId } of clients) {
    if (!(await imports.isRegistered(tx, organisationId, clientId))) continue
    await lockRegister(tx, organisationId, clientId)
    await imports.markExploited(tx, organisationId, clientId, loads)
    const newest = await imports.listNewestImports(tx, organisationId, clientId)
    for (const fact of await countExploitedFacts(tx, organisationId, newest))
      facts.push({ clientId, ...fact })
    await countRegister(tx, organisationId, clientId)
  }
  return facts
}

/** One entry for a CVE in each batch; of several the last one stays. */
async function saveEntries<Entry extends KevEntry | EpssEntry>(
  reading: AsyncGenerator<Entry, CatalogueSummary>,
  save: (entries: Entry[]) => Promise<void>,
): Promise<CatalogueSummary> {
  let batch = new Map<string, Entry>()
  let step = await reading.next()
  for (; !step.done; step = await reading.next()) {
    batch.set(step.value.cve, step.value)
    if (batch.size < BATCH) continue
    await save([...batch.values()])
    batch = new Map()
  }
  if (batch.size > 0) await save([...batch.values()])
  return step.value
}
