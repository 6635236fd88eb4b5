/** "What if": how each client would stand under another edition, from the answers and evidence of today; nothing is written. */
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import { selectFactsInForce } from '#app/readiness/facts-in-force.ts'
import type { Readiness, ReadinessInput } from '#app/readiness/status.ts'
import * as bank from '#db/queries/answer-bank.server.ts'
import * as clients from '#db/queries/clients.server.ts'
import { type Answer, type Answers, answersAsRead } from '#questionnaires/answers.ts'
import { isRequired } from '#questionnaires/branching.ts'
import { carryForward } from '#questionnaires/carry-forward.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findControl } from '#questionnaires/controls.ts'
import { type Edition, findQuestion, listQuestions } from '#questionnaires/definition.ts'
import { chainBetween } from '#questionnaires/editions.ts'
import type { Proposal } from '#questionnaires/proposal.ts'
import { deriveFromBank, listProposals } from './answer-bank.server.ts'
import { circumstancesOf, circumstancesOfClient } from './circumstances.ts'
import { type EditionPick, getEditionFor, listEditionsFor } from './editions.server.ts'
import type { Member } from './member.ts'
import { loadClientRows } from './portfolio.server.ts'
import { buildReadinessInput } from './readiness-input.ts'
import { getRuntime } from './runtime.server.ts'

/** One reason why a client falls short. */
export interface Shortfall {
  questionId: string
  item: string
  prompt: string
  /** `contradicted`: the evidence says otherwise; `not-in-place`: the answer itself says so; `unsupported`: nothing shows it; `unanswered`: nobody knows. */
  why: 'contradicted' | 'not-in-place' | 'unsupported' | 'unanswered'
  sentence: string
}

export interface WhatIfRow {
  client: { id: string; legalName: string }
  /** The application whose answers were used; null where only the bank and the facts speak. */
  applicationId: string | null
  fromEdition: string | null
  counts: Record<Shortfall['why'], number>
  /** Contradictions first. */
  shortfalls: Shortfall[]
}

const ORDER: Shortfall['why'][] = ['contradicted', 'not-in-place', 'unsupported', 'unanswered']

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
  const weight = ({ counts }: WhatIfRow) => [...ORDER.map((why) => counts[why])]
  return { edition, rows: found.sort((a, b) => compareWeights(weight(b), weight(a))) }
}

function compareWeights(a: number[], b: number[]): number {
  const at = a.findIndex((count, index) => count !== b[index])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
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
    { ...rows, application: { ...shell, state: 'draft' }, edition, catalogue: loadCatalogue(), answers: {} },
    now,
  )
  const answers = imagineAnswers(edition, rows, base, now)
  const input: ReadinessInput = {
    ...base,
    answers,
    circumstances: circumstancesOf({ ...shell, state: 'draft' }, base),
  }
  const shortfalls = findShortfalls(edition, evaluateReadiness(input), answersAsRead(edition, answers), now)
  const counts = { contradicted: 0, 'not-in-place': 0, unsupported: 0, unanswered: 0 }
  for (const { why } of shortfalls) counts[why] += 1
  return {
    client: { id: client.id, legalName: client.legalName },
    applicationId: application?.id ?? null,
    fromEdition: application?.edition ?? null,
    counts,
    shortfalls,
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
  const catalogue = loadCatalogue()
  const today = now.toISOString().slice(0, 10)
  return readiness.answers
    .flatMap((judged): Shortfall[] => {
      const question = findQuestion(edition, judged.questionId)
      if (!question) return []
      const base = { questionId: question.id, item: question.reference.item, prompt: question.prompt }
      const worst = judged.reasons[0]?.sentence ?? ''
      if (judged.status === 'contradicted') return [{ ...base, why: 'contradicted', sentence: worst }]
      const answer = answers[question.id]
      if (answer?.state !== 'answered') {
        return isRequired(question, today)
          ? [{ ...base, why: 'unanswered', sentence: 'No answer of this client can be used for it.' }]
          : []
      }
      const control = question.control ? findControl(catalogue, question.control) : null
      const isUnmet =
        control !== null &&
        judged.claims.length > 0 &&
        judged.claims.every((claim) => ['unmet', 'partly'].includes(control.claims[claim] ?? ''))
      if (isUnmet) return [{ ...base, why: 'not-in-place', sentence: worst }]
      if (judged.status === 'unsupported' || judged.status === 'stale') {
        return [{ ...base, why: 'unsupported', sentence: worst }]
      }
      return []
    })
    .sort((a, b) => ORDER.indexOf(a.why) - ORDER.indexOf(b.why))
}
