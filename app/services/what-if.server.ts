/** "What if": how each client would stand under another edition, from the answers and evidence of today; nothing is written. */
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import { selectFactsInForce } from '#app/readiness/facts-in-force.ts'
import type { AnswerReadiness, Readiness, ReadinessInput } from '#app/readiness/status.ts'
import * as bank from '#db/queries/answer-bank.server.ts'
import * as clients from '#db/queries/clients.server.ts'
import { type Answer, type Answers, answersAsRead } from '#questionnaires/answers.ts'
import { isRequired } from '#questionnaires/branching.ts'
import { carryForward } from '#questionnaires/carry-forward.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findControl } from '#questionnaires/controls.ts'
import { type Edition, findQuestion, listQuestions, type Question } from '#questionnaires/definition.ts'
import { chainBetween } from '#questionnaires/editions.ts'
import type { Proposal } from '#questionnaires/proposal.ts'
import { deriveFromBank, listProposals } from './answer-bank.server.ts'
import { circumstancesOf, circumstancesOfClient } from './circumstances.ts'
import { type EditionPick, getEditionFor, listEditionsFor } from './editions.server.ts'
import type { Member } from './member.ts'
import { loadClientRows } from './portfolio.server.ts'
import { buildReadinessInput } from './readiness-input.ts'
import { getRuntime } from './runtime.server.ts'

/** A question that a client could not simply sign, and why. */
export interface Shortfall {
  questionId: string
  item: string
  prompt: string
  why: ShortfallReason
  sentence: string
}

/**
 * - `contradicted`: the evidence says otherwise; `not-in-place`, `partly`: the answer itself says so
 * - `unanswered`, `dont-know`: nobody has said; `unsupported`, `stale`: somebody has, and nothing fresh shows it
 */
export type ShortfallReason =
  | 'contradicted'
  | 'not-in-place'
  | 'partly'
  | 'unanswered'
  | 'dont-know'
  | 'unsupported'
  | 'stale'

/** `short`: known to fall short; `unknown`: nobody can tell yet; `fine`: neither. */
export type Outlook = 'short' | 'unknown' | 'fine'

const OUTLOOK: Record<ShortfallReason, Outlook> = {
  contradicted: 'short',
  'not-in-place': 'short',
  partly: 'short',
  stale: 'unknown',
  unsupported: 'unknown',
  'dont-know': 'unknown',
  unanswered: 'unknown',
}
const ORDER = Object.keys(OUTLOOK)

export interface WhatIfRow {
  client: { id: string; legalName: string }
  /** The application whose answers were used; null where only the bank and the facts speak. */
  applicationId: string | null
  fromEdition: string | null
  /** Of the client as a whole: its worst question. */
  outlook: Outlook
  /** Every question that would be asked, in one of the three. */
  counts: Record<Outlook, number>
  /** Contradictions first. */
  short: Shortfall[]
  unknown: Shortfall[]
}

/**
 * Every client that is not archived, those that fall shortest first. Proposals are read as if they were confirmed,
 * for this look only.
 */
export async function lookAhead(member: Member, pick: EditionPick) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  const { edition, editions, rows } = await database.inOrganisation(organisationId, async (tx) => {
    const { edition } = await getEditionFor(tx, organisationId, pick)
    const editions = (await listEditionsFor(tx, organisationId)).map((listed) => listed.edition)
    const held = await clients.listClients(tx, organisationId, 'active')
    const of = await loadClientRows(tx, organisationId, held, edition.form.code)
    const rows = []
    for (const client of held) {
      const known = of(client.id)
      const statements = await bank.listNewestStatements(tx, organisationId, client.id)
      const proposals = known.application ? await listProposals(tx, organisationId, known.application.id) : {}
      rows.push({ client, statements, proposals, ...known })
    }
    return { edition, editions, rows }
  })
  const found: WhatIfRow[] = []
  for (const row of rows) {
    found.push(judge(edition, { ...row, editions }, now))
    // Other requests get their turn between two clients.
    await new Promise((resolve) => setImmediate(resolve))
  }
  const byWeight = (a: WhatIfRow, b: WhatIfRow) =>
    b.counts.short - a.counts.short || b.counts.unknown - a.counts.unknown
  return { edition, rows: found.sort(byWeight) }
}

type ClientRows = ReturnType<Awaited<ReturnType<typeof loadClientRows>>> & {
  client: clients.ClientRow
  /** All that the organisation can see, for answers that skip one. */
  editions: readonly Edition[]
  statements: readonly bank.CanonicalAnswerRow[]
  /** Of the application whose answers are used. */
  proposals: Readonly<Record<string, Proposal>>
}

function judge(edition: Edition, rows: ClientRows, now: Date): WhatIfRow {
  const { client, application } = rows
  const shell = application ?? {
    id: client.id,
    state: 'draft' as const,
    circumstances: circumstancesOfClient(client),
  }
  const base = buildReadinessInput(
    {
      ...rows,
      otherForms: [],
      application: { ...shell, state: 'draft' },
      edition,
      catalogue: loadCatalogue(),
      answers: {},
    },
    now,
  )
  const answers = imagineAnswers(edition, rows, base, now)
  const input: ReadinessInput = {
    ...base,
    answers,
    circumstances: circumstancesOf({ ...shell, state: 'draft' }, base),
  }
  const readiness = evaluateReadiness(input)
  const shortfalls = findShortfalls(edition, readiness, answersAsRead(edition, answers), now)
  const short = shortfalls.filter(({ why }) => OUTLOOK[why] === 'short')
  const unknown = shortfalls.filter(({ why }) => OUTLOOK[why] === 'unknown')
  return {
    client: { id: client.id, legalName: client.legalName },
    applicationId: application?.id ?? null,
    fromEdition: application?.edition ?? null,
    outlook: short.length > 0 ? 'short' : unknown.length > 0 ? 'unknown' : 'fine',
    counts: {
      short: short.length,
      unknown: unknown.length,
      fine: readiness.answers.length - shortfalls.length,
    },
    short,
    unknown,
  }
}

function imagineAnswers(edition: Edition, rows: ClientRows, input: ReadinessInput, now: Date) {
  const answers: Record<string, Answer> = {}
  if (rows.edition) {
    const proposed = Object.entries(rows.proposals).flatMap(([id, { answer }]) =>
      answer ? [[id, answer]] : [],
    )
    const carried = carryForward({
      older: rows.edition,
      newer: edition,
      between: chainBetween(rows.editions, rows.edition, edition),
      answers: { ...Object.fromEntries(proposed), ...rows.answers },
      circumstances: input.circumstances,
      purpose: 'draft',
    })
    for (const [id, { answer }] of Object.entries(carried.kept)) answers[id] = answer
    for (const [id, { answer }] of Object.entries(carried.proposed)) if (answer) answers[id] = answer
  }
  const facts = selectFactsInForce(input)
  for (const question of listQuestions(edition)) {
    if (Object.hasOwn(answers, question.id)) continue
    const derived = deriveFromBank(edition, question, { statements: rows.statements, facts }, now)
    if (derived?.answer) answers[question.id] = derived.answer
  }
  return answers
}

function findShortfalls(edition: Edition, readiness: Readiness, answers: Answers, now: Date): Shortfall[] {
  const today = now.toISOString().slice(0, 10)
  return readiness.answers
    .flatMap((judged): Shortfall[] => {
      const question = findQuestion(edition, judged.questionId)
      const reason = question && reasonFor(question, judged, answers[question.id], today)
      if (!reason) return []
      return [{ questionId: question.id, item: question.reference.item, prompt: question.prompt, ...reason }]
    })
    .sort((a, b) => ORDER.indexOf(a.why) - ORDER.indexOf(b.why))
}

/** What keeps the answer from being fine; null where nothing does. */
function reasonFor(
  question: Question,
  judged: AnswerReadiness,
  answer: Answer | undefined,
  today: string,
): Pick<Shortfall, 'why' | 'sentence'> | null {
  const worst = judged.reasons[0]?.sentence ?? ''
  if (judged.status === 'contradicted') return { why: 'contradicted', sentence: worst }
  if (answer?.state === 'dont-know') return { why: 'dont-know', sentence: worst }
  if (!answer) {
    return isRequired(question, today)
      ? { why: 'unanswered', sentence: 'No answer of this client can be used for it.' }
      : null
  }
  if (judged.status === 'stale') {
    const sentence = judged.reasons.find(({ outcome }) => outcome === 'stale')?.sentence ?? worst
    return { why: 'stale', sentence }
  }
  if (judged.status === 'unsupported') return { why: 'unsupported', sentence: worst }
  const control = question.control ? findControl(loadCatalogue(), question.control) : null
  const meanings = judged.claims.map((claim) => control?.claims[claim])
  if (meanings.length === 0 || !meanings.every((meaning) => meaning === 'unmet' || meaning === 'partly')) {
    return null
  }
  return meanings.includes('partly')
    ? { why: 'partly', sentence: 'The answer itself says that this is only partly in place.' }
    : { why: 'not-in-place', sentence: worst }
}
