/** Judging readiness: many clients beside few, and a day of the past beside today over five years of records. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import type { FactSource, ReadinessInput } from '#app/readiness/status.ts'
import { signUp } from '#app/services/accounts.server.ts'
import { getReadinessAt } from '#app/services/history.server.ts'
import type { Member } from '#app/services/member.ts'
import { getReadiness } from '#app/services/readiness.server.ts'
import { setRuntime } from '#app/services/runtime.server.ts'
import { type Database, openDatabase } from '#db/client.server.ts'
import { openLocalFolderStore } from '#evidence/store/local-folder.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { Edition } from '#questionnaires/definition.ts'
import type { Options, Outcome, Row } from './measurement.ts'
import { fillFiveYears, YEARS } from './record-rows.ts'
import { alternate, compare, type Sample } from './rounds.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

export async function measure(options: Options): Promise<Outcome> {
  const judged = await measureJudging(options)
  const past = await measurePast(options)
  return { rows: [...judged.rows, ...past.rows], notes: [...judged.notes, ...past.notes] }
}

/** One question a control, answered "yes", with a fact for each of its rules. */
function inputOf(client: number, now: Date): ReadinessInput {
  const catalogue = loadCatalogue()
  const facts = catalogue.controls.flatMap(({ id, rules, evidence }) =>
    rules.map(
      (rule, index): FactSource => ({
        id: `${client}-${id}-${index}`,
        revisionId: `${client}-${id}`,
        evidenceKind: evidence[0] ?? 'signed-attestation',
        key: rule.fact as FactSource['key'],
        scope: { viewpoint: rule.viewpoints[0] ?? 'tenant', subject: 'all' },
        value: (client + index) % 3,
        observedAt: new Date(now.getTime() - (1 + ((client * 7 + index) % 200)) * 86_400_000).toISOString(),
        completeness: index % 4 === 0 ? 'partial' : 'complete',
        collector: 'bench',
      }),
    ),
  )
  const yes = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } } as const
  return {
    edition: wholeForm(),
    catalogue,
    answers: Object.fromEntries(catalogue.controls.map(({ id }) => [id, yes])),
    facts,
    evidence: [],
    exceptions: [],
    now,
  }
}

let form: Edition | undefined
function wholeForm(): Edition {
  form ??= Edition.parse({
    schema: 1,
    form: { code: 'every-control', title: 'Every control', issuer: 'Bench' },
    edition: '1',
    publishedOn: '2026-01-01',
    summary: 'One question a control.',
    declaration: { text: 'True.', signerRoles: [{ id: 'ceo', label: 'CEO' }], maximumAgeDays: 45 },
    sections: [
      {
        id: 'all',
        title: 'All',
        questions: loadCatalogue().controls.map(({ id }, index) => ({
          id,
          prompt: `Is ${id} in place?`,
          control: id,
          reference: { item: `1.${index + 1}` },
          kind: 'yes-no',
        })),
      },
    ],
  })
  return form
}

async function measureJudging({ quick, rounds, say }: Options): Promise<Outcome> {
  const [few, many] = quick ? [2, 6] : [10, 1000]
  const now = new Date('2026-11-24T12:00:00Z')
  const controls = loadCatalogue().controls.length
  say(`  ${rounds} rounds of ${many} clients × ${controls} controls`)
  const inputs = Array.from({ length: many }, (_client, index) => inputOf(index, now))
  const judge = (count: number) => async (): Promise<Sample> => {
    const before = performance.now()
    let answers = 0
    for (const input of inputs.slice(0, count)) answers += evaluateReadiness(input).answers.length
    if (answers !== count * controls) throw new Error('Not every control was judged')
    return { client: (performance.now() - before) / count }
  }
  const copy = async (): Promise<Sample> => {
    const before = performance.now()
    for (const { edition: _, catalogue: __, ...given } of inputs) JSON.parse(JSON.stringify(given))
    return { client: (performance.now() - before) / many }
  }
  await judge(few)()
  const taken = await alternate(rounds, { many: judge(many), few: judge(few), copy })
  const row = (baseline: string, theirs: 'few' | 'copy'): Row => ({
    what: `A client judged, of ${many}`,
    unit: 'ms',
    baseline,
    ...compare(taken, 'client', 'many', theirs),
  })
  return {
    rows: [
      row(`the same, of ${few}`, 'few'),
      row('the same answers and facts written as JSON and read again', 'copy'),
    ],
    notes: [
      `${controls} controls a client, each answered "yes", with a fact for each rule; in memory. Medians of ${rounds} rounds.`,
    ],
  }
}

async function measurePast({ quick, rounds, folder, say }: Options): Promise<Outcome> {
  const clients = quick ? 3 : 1000
  const asked = quick ? 3 : 60
  const now = new Date('2026-11-24T12:00:00Z')
  const dataDir = join(folder, 'readiness')
  await mkdir(dataDir)
  const database = await openDatabase({ dataDir })
  try {
    // The clients begin with the record, not with this measurement.
    let clock = new Date(now.getTime() - YEARS * 365 * 86_400_000)
    const member = await enter(database, dataDir, () => clock)
    say(`  writing ${YEARS} years of ${clients} clients`)
    const written = await fillFiveYears(database, member, { clients, begun: clock, now })
    clock = now
    say(`  ${rounds} rounds of ${asked} clients`)
    const chosen = Array.from({ length: asked }, (_turn, index) => (index * 17) % clients)
    const each = (look: (index: number, turn: number) => Promise<unknown>) => async (): Promise<Sample> => {
      const before = performance.now()
      for (const [turn, index] of chosen.entries()) {
        if (!(await look(index, turn))) throw new Error('There was nothing to judge')
      }
      return { client: (performance.now() - before) / asked }
    }
    const dayOf = (turn: number) =>
      new Date(now.getTime() - ((turn * 97) % (YEARS * 365 - 100)) * 86_400_000).toISOString().slice(0, 10)
    const { clientIds, applicationIds } = written
    const today = each((index) => getReadiness(member, applicationIds[index] ?? ''))
    const trueOn = each(
      async (index, turn) =>
        (await getReadinessAt(member, clientIds[index] ?? '', { trueOn: dayOf(turn) })).readiness,
    )
    const knownOn = each(
      async (index, turn) =>
        (await getReadinessAt(member, clientIds[index] ?? '', { knownOn: dayOf(turn) })).readiness,
    )
    await today()
    await trueOn()
    const taken = await alternate(rounds, { today, trueOn, knownOn })
    const row = (what: string, ours: 'trueOn' | 'knownOn'): Row => ({
      what,
      unit: 'ms',
      baseline: 'readiness of the same client today',
      ...compare(taken, 'client', ours, 'today'),
    })
    return {
      rows: [row('As of a day of the past', 'trueOn'), row('As known on a day of the past', 'knownOn')],
      notes: [
        `${clients} clients with ${YEARS} years of quarterly evidence: ${written.facts} facts of ${written.revisions} revisions, ${written.answers} versions of answers. ${asked} of them a round, each on another day, one at a time, from the query to the verdict; medians of ${rounds} rounds.`,
      ],
    }
  } finally {
    setRuntime(undefined)
    await database.close()
  }
}

async function enter(database: Database, dataDir: string, clock: () => Date): Promise<Member> {
  setRuntime({
    database,
    store: await openLocalFolderStore(dataDir),
    settings: {
      root: ROOT,
      dataDir,
      secret: 'the secret of a measurement, 32 bytes',
      maxUploadBytes: 1,
      publicUrl: null,
      demoAlways: false,
    },
    clock,
    newId: () => crypto.randomUUID(),
    jobs: { enqueue: async () => undefined },
  })
  const person = { name: 'Ben Bench', email: 'ben@bench.example' }
  const made = await signUp({ ...person, organisationName: 'Bench IT', password: 'correct horse battery' })
  if (made.outcome !== 'created') throw new Error('The member of the measurement could not sign up')
  return {
    ...person,
    userId: made.userId,
    organisationId: made.organisationId,
    organisationName: 'Bench IT',
    organisationKind: 'msp',
    organisationIsDemo: false,
    role: 'owner',
    hasSecondFactor: false,
  }
}
