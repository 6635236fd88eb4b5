/** What lies on an assessor's desk: each answer with its reasons, facts, evidence and the decisions on it. */
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import { groupsOf } from '#app/readiness/order.ts'
import type { AnswerStatus, Reason } from '#app/readiness/status.ts'
import type { Tx } from '#db/client.server.ts'
import * as reviews from '#db/queries/reviews.server.ts'
import { canonicalJson, sha256Hex } from '#evidence/canonical.ts'
import { describeFact } from '#evidence/facts.ts'
import { answersAsRead, describeAnswer } from '#questionnaires/answers.ts'
import { type ArchiveItem, collectArchive } from './archive-contents.server.ts'
import { groupOfDomain, inReviewOrder } from './review-order.ts'

export interface DeskEvidence {
  /** What is handed out: the redacted copy where there is one. */
  revisionId: string
  title: string
  kindLabel: string
  fileName: string
  mediaType: string
  sizeBytes: number
  sha256: string
  observedAt: Date
  validUntil: Date | null
  collector: string
  isRedacted: boolean
}

export interface DeskDecision {
  id: string
  sequence: number
  kind: reviews.DecisionRow['kind']
  ground: reviews.DecisionRow['ground']
  note: string
  authorName: string
  authorFirm: string
  at: Date
  /** It was on another answer, or on other evidence, than there is now. */
  isOutdated: boolean
  replies: { id: string; text: string; authorName: string; at: Date }[]
}

export interface DeskItem {
  questionId: string
  item: string
  section: string
  prompt: string
  scope: string | null
  groupId: string
  groupLabel: string
  /** The answer in words. */
  shown: string
  answeredBy: string | null
  answeredAt: Date | null
  status: AnswerStatus
  weakened: boolean
  exceptions: { scope: string; reason: string; compensatingControl: string; expiresOn: string }[]
  reasons: Reason[]
  facts: { id: string; words: string; subject: string; observedAt: string; isPartial: boolean }[]
  evidence: DeskEvidence[]
  /** How much evidence lies outside the days that this assessor may see. */
  evidenceWithheld: number
  decisions: DeskDecision[]
  /** The last decision, where it is still about what lies here. */
  standing: DeskDecision | null
  basisSha256: string
}

export interface Desk {
  clientId: string
  clientName: string
  application: { id: string; state: 'draft' | 'frozen' }
  form: { title: string; issuer: string; edition: string }
  /** In the assessor's order. */
  items: DeskItem[]
}

type Scope = Pick<reviews.ReviewRow, 'sectionIds' | 'evidenceFrom' | 'evidenceUntil'>

const EVERYTHING: Scope = { sectionIds: [], evidenceFrom: null, evidenceUntil: null }

/** @param scope of the invitation; whoever prepares the application sees everything */
export async function readDesk(
  tx: Tx,
  organisationId: string,
  applicationId: string,
  scope: Scope = EVERYTHING,
): Promise<Desk> {
  const archive = await collectArchive(tx, organisationId, applicationId, { originals: false })
  const { application, client, edition, catalogue, input, answerRows, exceptionRows } = archive.loaded
  const allDecisions = await reviews.listDecisions(tx, organisationId, applicationId)
  const decisions = groupsOf(allDecisions, ({ questionId }) => questionId)
  const allReplies = await reviews.listReplies(
    tx,
    organisationId,
    allDecisions.map(({ id }) => id),
  )
  const replies = groupsOf(allReplies, ({ decisionId }) => decisionId)
  const rows = new Map(answerRows.map((row) => [row.questionId, row]))
  const facts = new Map(input.facts.map((fact) => [fact.id, fact]))
  const judged = new Map(evaluateReadiness(input).answers.map((answer) => [answer.questionId, answer]))
  const read = answersAsRead(edition, input.answers)
  const today = input.now.toISOString().slice(0, 10)
  const sections = edition.sections.filter(
    ({ id }) => scope.sectionIds.length === 0 || scope.sectionIds.includes(id),
  )
  const items = sections.flatMap((section) =>
    section.questions.flatMap((question): DeskItem[] => {
      const result = judged.get(question.id)
      if (!result) return []
      const control = catalogue.controls.find(({ id }) => id === question.control) ?? null
      const group = groupOfDomain(control?.domain ?? null)
      const answer = read[question.id]
      const row = rows.get(question.id)
      const all = archive.items.filter((held) => speaksAbout(held, question))
      const evidence = all.filter(({ revision }) => isInDays(revision.observedAt, scope)).map(shownEvidence)
      const basisSha256 = sha256Hex(
        canonicalJson({
          answer: answer ?? null,
          status: result.status,
          evidence: all.map(({ revision }) => revision.sha256).sort(),
        }),
      )
      const made = decisions(question.id).map(
        (decision): DeskDecision => ({
          id: decision.id,
          sequence: decision.sequence,
          kind: decision.kind,
          ground: decision.ground,
          note: decision.note,
          authorName: decision.authorName,
          authorFirm: decision.authorFirm,
          at: decision.at,
          isOutdated: decision.basisSha256 !== basisSha256,
          replies: replies(decision.id).map(({ id, text, authorName, at }) => ({ id, text, authorName, at })),
        }),
      )
      const last = made.at(-1)
      return [
        {
          questionId: question.id,
          item: question.reference.item,
          section: section.title,
          prompt: question.prompt,
          scope: question.scope ?? null,
          groupId: group.id,
          groupLabel: group.label,
          shown: describeAnswer(question, answer),
          answeredBy: answer ? (row?.answeredByName ?? null) : null,
          answeredAt: answer ? (row?.answeredAt ?? null) : null,
          status: result.status,
          weakened: result.weakened,
          exceptions: exceptionRows
            .filter(({ questionId, expiresOn }) => questionId === question.id && expiresOn >= today)
            .map(({ scope, reason, compensatingControl, expiresOn }) => ({
              scope,
              reason,
              compensatingControl,
              expiresOn,
            })),
          reasons: result.reasons,
          facts: [...new Set(result.reasons.flatMap(({ factIds }) => factIds))].flatMap((id) => {
            const fact = facts.get(id)
            if (!fact) return []
            const { scope: where, observedAt, completeness } = fact
            const isPartial = completeness === 'partial'
            return [{ id, words: describeFact(fact), subject: where.subject, observedAt, isPartial }]
          }),
          evidence,
          evidenceWithheld: all.length - evidence.length,
          decisions: made,
          standing: last && !last.isOutdated ? last : null,
          basisSha256,
        },
      ]
    }),
  )
  return {
    clientId: client.id,
    clientName: client.legalName,
    application: { id: application.id, state: application.state },
    form: { title: edition.form.title, issuer: edition.form.issuer, edition: edition.edition },
    items: inReviewOrder(items),
  }
}

function speaksAbout(
  { questions, controls }: ArchiveItem,
  question: { id: string; control?: string | undefined },
): boolean {
  return (
    questions.some(({ id }) => id === question.id) ||
    (question.control !== undefined && controls.some(({ id }) => id === question.control))
  )
}

function isInDays(observedAt: Date, { evidenceFrom, evidenceUntil }: Scope): boolean {
  const day = observedAt.toISOString().slice(0, 10)
  return (!evidenceFrom || day >= evidenceFrom) && (!evidenceUntil || day <= evidenceUntil)
}

function shownEvidence({ evidence, revision, kindLabel }: ArchiveItem): DeskEvidence {
  const { id, fileName, mediaType, sizeBytes, sha256, observedAt, validUntil, collector } = revision
  return {
    revisionId: id,
    title: evidence.title,
    kindLabel,
    fileName,
    mediaType,
    sizeBytes,
    sha256,
    observedAt,
    validUntil,
    collector,
    isRedacted: revision.redactedFrom !== null,
  }
}
