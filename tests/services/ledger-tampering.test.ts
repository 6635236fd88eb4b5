/**
 * Random tamperings, each of which the check must find, a thousand in the whole campaign: a fifth in the database itself,
 * as a superuser with the triggers off, in transactions that are rolled back; the others on the same rows in memory,
 * given to the function that the check of the database ends in.
 */
import { drizzle } from 'drizzle-orm/postgres-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkOrganisationLedger } from '#app/services/ledger-check.server.ts'
import { orderRecords } from '#app/services/ledger-reading.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import type { Database, Tx } from '#db/client.server.ts'
import { connectTo } from '#db/connection.server.ts'
import { type CheckpointRow, listCheckpointsAfter } from '#db/queries/checkpoints.server.ts'
import { findHead, listEntriesAfter } from '#db/queries/ledger.server.ts'
import * as schema from '#db/schema/index.ts'
import { hashEntry, type LedgerEntry } from '#evidence/ledger.ts'
import { deriveHeadKey, type LedgerHead } from '#evidence/ledger-head.server.ts'
import { verifySealedLedger } from '#evidence/verify-ledger.server.ts'
import { campaign } from '../support/campaign.ts'
import { openWorld, type World } from '../support/world.ts'
import { fillLedger } from './ledger-world.ts'

const IN_DATABASE = campaign(40, 200)
const IN_MEMORY = campaign(160, 800)

let world: World
let member: Member
let strangerId: string
let rows: Rows
let strangerHead: LedgerHead

interface Rows {
  entries: LedgerEntry[]
  checkpoints: CheckpointRow[]
  head: LedgerHead | null
}

beforeAll(async () => {
  world = await openWorld()
  member = (await world.signUpMember('Tara Tampered')).member
  const stranger = (await world.signUpMember('Sam Stranger')).member
  strangerId = stranger.organisationId
  await fillLedger(member)
  rows = await readRows(member.organisationId)
  strangerHead = (await readRows(strangerId)).head as LedgerHead
})
afterAll(() => world?.close())

async function readRows(organisationId: string): Promise<Rows> {
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const head = await findHead(tx, organisationId)
    const entries = await listEntriesAfter(tx, organisationId, { after: 0, upTo: 9999, limit: 9999 })
    return {
      entries: entries.map((row) => ({ ...row, at: row.at.toISOString() })),
      checkpoints: await listCheckpointsAfter(tx, organisationId, { after: 0, limit: 99 }),
      head: head && { ...head, at: head.at.toISOString() },
    }
  })
}

/** Seeded, so that a failing run can be repeated. */
function randomOf(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return Math.floor((state / 2 ** 32) * below)
  }
}
type Random = ReturnType<typeof randomOf>

const pick = <T>(list: readonly T[], random: Random): T => list[random(list.length)] as T

function changedText(text: string, random: Random): string {
  const at = random(text.length)
  const other = text[at] === '7' ? '8' : '7'
  return text.slice(0, at) + other + text.slice(at + 1)
}

const changedHash = (hash: string, random: Random) => {
  const at = random(64)
  return hash.slice(0, at) + (hash[at] === 'a' ? 'b' : 'a') + hash.slice(at + 1)
}

const later = (at: string, random: Random) => new Date(Date.parse(at) + 1 + random(90_000)).toISOString()

const flipBase64 = (text: string, random: Random) => {
  const bytes = Buffer.from(text, 'base64')
  const at = random(bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
  return bytes.toString('base64')
}

const TEXT_COLUMNS = ['kind', 'payload', 'actor'] as const
const HASH_COLUMNS = ['previousHash', 'hash'] as const

/** What can be done to the rows; each returns its name and the rows afterwards. */
const TAMPERINGS: Record<string, (held: Rows, random: Random) => Rows> = {
  'edit a text of an entry': (held, random) =>
    editEntry(held, random, (entry) => {
      const column = pick(TEXT_COLUMNS, random)
      return { ...entry, [column]: changedText(entry[column], random) }
    }),
  'edit a hash of an entry': (held, random) =>
    editEntry(held, random, (entry) => {
      const column = pick(HASH_COLUMNS, random)
      return { ...entry, [column]: changedHash(entry[column], random) }
    }),
  'edit the time of an entry': (held, random) =>
    editEntry(held, random, (entry) => ({ ...entry, at: later(entry.at, random) })),
  'edit an entry and hash it anew': (held, random) =>
    editEntry(held, random, (entry) => {
      const edited = { ...entry, actor: changedText(entry.actor, random) }
      return { ...edited, hash: hashEntry(edited) }
    }),
  'rewrite everything from an entry on': (held, random) => {
    const from = random(held.entries.length)
    let previousHash = held.entries[from - 1]?.hash ?? '0'.repeat(64)
    const entries = held.entries.map((entry, index) => {
      if (index < from) return entry
      const edited = { ...entry, previousHash, actor: index === from ? 'A forger' : entry.actor }
      previousHash = hashEntry(edited)
      return { ...edited, hash: previousHash }
    })
    return { ...held, entries }
  },
  'number an entry differently': (held, random) =>
    editEntry(held, random, (entry) => ({ ...entry, sequence: pick([0, -1, 1000 + random(9)], random) })),
  'give an entry to another organisation': (held, random) =>
    editEntry(held, random, (entry) => ({ ...entry, organisationId: strangerId })),
  'delete an entry': (held, random) => {
    const at = random(held.entries.length)
    return { ...held, entries: held.entries.filter((_, index) => index !== at) }
  },
  'cut the end off': (held, random) => ({
    ...held,
    entries: held.entries.slice(0, random(held.entries.length)),
  }),
  'cut the end off, checkpoints too': (held, random) => {
    const length = random(held.entries.length)
    return {
      ...held,
      entries: held.entries.slice(0, length),
      checkpoints: held.checkpoints.filter(({ size }) => size <= length),
    }
  },
  'cut the end off and remove the head': (held, random) => ({
    head: null,
    checkpoints: [],
    entries: held.entries.slice(0, 1 + random(held.entries.length - 1)),
  }),
  'swap two entries': (held, random) => {
    const a = random(held.entries.length)
    const b = (a + 1 + random(held.entries.length - 1)) % held.entries.length
    const [first, second] = [held.entries[a] as LedgerEntry, held.entries[b] as LedgerEntry]
    const entries = held.entries
      .with(a, { ...second, sequence: first.sequence })
      .with(b, { ...first, sequence: second.sequence })
    return { ...held, entries }
  },
  'add an entry twice': (held, random) => {
    const copy = pick(held.entries, random)
    return { ...held, entries: [...held.entries, { ...copy, sequence: held.entries.length + 1 }] }
  },
  'append a well-made entry': (held) => {
    const last = held.entries.at(-1) as LedgerEntry
    const next = { ...last, sequence: last.sequence + 1, previousHash: last.hash, actor: 'A forger' }
    return { ...held, entries: [...held.entries, { ...next, hash: hashEntry(next) }] }
  },
  'edit a number of a checkpoint': (held, random) =>
    editCheckpoint(held, random, (row) =>
      pick(
        [
          { ...row, number: row.number + 5 },
          { ...row, size: row.size + 1 + random(20) },
        ],
        random,
      ),
    ),
  'edit a hash of a checkpoint': (held, random) =>
    editCheckpoint(held, random, (row) => {
      const column = pick(['rootHash', 'headHash'] as const, random)
      return { ...row, [column]: changedHash(row[column], random) }
    }),
  'edit the time of a checkpoint': (held, random) =>
    editCheckpoint(held, random, (row) => ({
      ...row,
      createdAt: new Date(row.createdAt.getTime() + 1 + random(9999)),
    })),
  'edit a text of a checkpoint': (held, random) =>
    editCheckpoint(held, random, (row) => {
      const column = pick(['body', 'certificates'] as const, random)
      return { ...row, [column]: changedText(row[column], random) }
    }),
  'edit the signature of a checkpoint': (held, random) =>
    editCheckpoint(held, random, (row) => ({ ...row, signature: flipBase64(row.signature, random) })),
  'exchange what two checkpoints say': (held) => {
    const [first, second] = held.checkpoints as [CheckpointRow, CheckpointRow]
    const swapped = [
      { ...second, number: first.number, size: first.size },
      { ...first, number: second.number, size: second.size },
    ]
    return { ...held, checkpoints: swapped }
  },
  'give a checkpoint a timestamp of one’s own': (held, random) =>
    editCheckpoint(held, random, (row) => ({ ...row, timestampToken: row.signature, timestampEntry: 3 })),
  'delete a checkpoint': (held, random) => {
    const at = random(held.checkpoints.length)
    return { ...held, checkpoints: held.checkpoints.filter((_, index) => index !== at) }
  },
  'remove the head': (held) => ({ ...held, head: null }),
  'edit the head': (held, random) => {
    const head = held.head as LedgerHead
    return {
      ...held,
      head: pick(
        [
          { ...head, sequence: 1 + random(head.sequence - 1) },
          { ...head, sequence: head.sequence + 1 + random(5) },
          { ...head, hash: changedHash(head.hash, random) },
          { ...head, mac: changedHash(head.mac, random) },
          { ...head, at: later(head.at, random) },
        ],
        random,
      ),
    }
  },
  'cut the end off and move the head back': (held, random) => {
    const length = 1 + random(held.entries.length - 1)
    const last = held.entries[length - 1] as LedgerEntry
    const head = { ...(held.head as LedgerHead), sequence: length, hash: last.hash, at: last.at }
    const checkpoints = held.checkpoints.filter(({ size }) => size < length)
    return { entries: held.entries.slice(0, length), checkpoints, head }
  },
  'take the head of another organisation': (held) => ({
    ...held,
    head: { ...strangerHead, organisationId: member.organisationId },
  }),
}
const NAMES = Object.keys(TAMPERINGS)

function editEntry(held: Rows, random: Random, edit: (entry: LedgerEntry) => LedgerEntry): Rows {
  const at = random(held.entries.length)
  return { ...held, entries: held.entries.with(at, edit(held.entries[at] as LedgerEntry)) }
}

function editCheckpoint(held: Rows, random: Random, edit: (row: CheckpointRow) => CheckpointRow): Rows {
  const at = random(held.checkpoints.length)
  return { ...held, checkpoints: held.checkpoints.with(at, edit(held.checkpoints[at] as CheckpointRow)) }
}

/** Ordered as the database orders them, and without what belongs to somebody else. */
async function judgeInMemory(held: Rows) {
  const { organisationId } = member
  const entries = held.entries
    .filter((entry) => entry.organisationId === organisationId)
    .sort((a, b) => a.sequence - b.sequence)
  const checkpoints = [...held.checkpoints].sort((a, b) => a.number - b.number)
  const last = entries.at(-1) ?? null
  async function* each<T>(list: T[]) {
    yield* list
  }
  const records = orderRecords(each(entries), each(checkpoints), last?.sequence ?? 0)
  const headKey = deriveHeadKey(getRuntime().settings.secret, organisationId)
  return verifySealedLedger(records, { head: held.head, last }, { organisationId, headKey })
}

/** Puts `held` in the place of the organisation's rows, checks, and rolls back. */
async function judgeInDatabase(admin: ReturnType<typeof connectTo>, held: Rows) {
  const { organisationId } = member
  let verdict: Awaited<ReturnType<typeof judgeInMemory>> | undefined
  const handle = drizzle(admin, { schema })
  const rollBack = new Error('roll back')
  await handle
    .transaction(async (tx) => {
      await putRows(tx as unknown as Tx, held)
      // Only this transaction sees what was done.
      const database = {
        inOrganisation: (_id: string, work: (tx: Tx) => Promise<unknown>) => work(tx as unknown as Tx),
      } as unknown as Database
      const { secret } = getRuntime().settings
      verdict = (await checkOrganisationLedger(database, organisationId, secret)).verdict
      throw rollBack
    })
    .catch((error) => {
      if (error !== rollBack) throw error
    })
  return verdict
}

async function putRows(tx: Tx, held: Rows) {
  const { organisationId } = member
  for (const table of ['ledger_entry', 'ledger_checkpoint', 'ledger_head']) {
    await tx.execute(`alter table ${table} disable trigger user`)
    await tx.execute(`delete from ${table} where organisation_id = '${organisationId}'`)
  }
  const entries = held.entries
    .filter((entry) => entry.organisationId === organisationId)
    .map((entry) => ({ ...entry, at: new Date(entry.at) }))
  if (entries.length > 0) await tx.insert(schema.ledgerEntry).values(entries)
  if (held.checkpoints.length > 0) await tx.insert(schema.ledgerCheckpoint).values(held.checkpoints)
  if (held.head) await tx.insert(schema.ledgerHead).values({ ...held.head, at: new Date(held.head.at) })
}

describe('a ledger of some sixty entries and two checkpoints', () => {
  test('holds as long as nobody touches it, in the database and in memory', async () => {
    const { database, settings } = getRuntime()
    expect(rows.entries.length).toBeGreaterThanOrEqual(59)
    expect(rows.checkpoints).toHaveLength(2)
    const { verdict } = await checkOrganisationLedger(database, member.organisationId, settings.secret)
    expect(verdict).toMatchObject({ ok: true, faults: [] })
    expect(await judgeInMemory(rows)).toEqual(verdict)
    const admin = connectTo((database as Database & { adminUrl: string }).adminUrl, { max: 1 })
    expect(await judgeInDatabase(admin, rows)).toEqual(verdict)
    await admin.end()
  })

  test(`gives away each of ${IN_MEMORY} random tamperings with its rows`, async () => {
    const missed: string[] = []
    for (let seed = 0; seed < IN_MEMORY; seed += 1) {
      const name = NAMES[seed % NAMES.length] as string
      const verdict = await judgeInMemory(
        (TAMPERINGS[name] as (typeof TAMPERINGS)[string])(rows, randomOf(seed)),
      )
      if (verdict.ok || verdict.faults.length === 0) missed.push(`${name} (seed ${seed})`)
    }
    expect(missed).toEqual([])
  })

  test(`gives away each of ${IN_DATABASE} random tamperings with the database`, async () => {
    const { adminUrl } = getRuntime().database as Database & { adminUrl: string }
    const admin = connectTo(adminUrl, { max: 1 })
    const missed: string[] = []
    for (let seed = IN_MEMORY; seed < IN_MEMORY + IN_DATABASE; seed += 1) {
      const name = NAMES[seed % NAMES.length] as string
      const held = (TAMPERINGS[name] as (typeof TAMPERINGS)[string])(rows, randomOf(seed))
      const verdict = await judgeInDatabase(admin, held)
      if (!verdict || verdict.ok) missed.push(`${name} (seed ${seed})`)
    }
    await admin.end()
    expect(missed).toEqual([])
    const { database, settings } = getRuntime()
    expect((await checkOrganisationLedger(database, member.organisationId, settings.secret)).verdict.ok).toBe(
      true,
    )
  })
})
