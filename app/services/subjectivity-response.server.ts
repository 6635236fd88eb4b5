/** The line-by-line response to an insurer's conditions: what its page, its PDF and its reader see. */
import type { AnsweredCondition, ResponseAccount } from '#app/report/condition-response/response-account.ts'
import { renderConditionResponse } from '#app/report/render.server.ts'
import type { Member } from './member.ts'
import { listSubjectivities } from './subjectivities.server.ts'
import { OUTCOME_WORDS, TIMING_WORDS } from './subjectivity-input.ts'
import { isPending, nameOf, type ShownSubjectivity, sameWords } from './subjectivity-standing.ts'

const STANDING_WORDS: Record<ShownSubjectivity['standing'], string> = {
  open: 'open',
  submitted: 'answered, not decided yet',
  lapsed: 'past its day',
  closed: 'closed by the insurer',
  waived: 'waived by the insurer',
  withdrawn: 'withdrawn',
}

/** @throws NotFoundError also when the application is another organisation's */
export async function getConditionResponse(member: Member, applicationId: string) {
  const { client, application, formTitle, binding, conditions, now } = await listSubjectivities(
    member,
    applicationId,
  )
  // As the insurer listed them, which is as they were recorded.
  const standing = conditions
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime() || (a.id < b.id ? -1 : 1))
  const account: ResponseAccount = {
    madeAt: now.toISOString(),
    organisation: member.organisationName,
    client: client.legalName,
    form: formTitle,
    edition: application.edition,
    insurer: binding?.insurer ?? null,
    quoteReference: binding?.quoteReference ?? null,
    quotedOn: binding?.quotedOn ?? null,
    boundOn: binding?.boundOn ?? null,
    binderExpiresOn: binding?.binderExpiresOn ?? null,
    conditions: standing.map(answeredCondition),
  }
  return { account, clientId: client.id, alike: listAlike(standing) }
}

function answeredCondition(row: ShownSubjectivity, index: number): AnsweredCondition {
  const response = row.responses.at(-1)
  const decision = row.decisions.at(-1)
  return {
    number: index + 1,
    reference: row.reference,
    condition: row.condition,
    source: row.source,
    timing: TIMING_WORDS[row.timing],
    dueOn: row.dueNow,
    standing: STANDING_WORDS[row.standing],
    isSettled: !isPending(row),
    response: response
      ? {
          answer: response.answer,
          respondedOn: response.respondedAt.toISOString().slice(0, 10),
          respondedBy: response.respondedByName,
          cited: response.cited.map(({ title, fileName, sha256, observedOn }) => ({
            ...{ title, fileName, sha256, observedOn },
          })),
        }
      : null,
    decision: decision
      ? {
          outcome: OUTCOME_WORDS[decision.outcome],
          why: decision.why,
          decidedBy: decision.decidedBy,
          decidedOn: decision.decidedOn,
        }
      : null,
  }
}

/** Conditions whose newest answers say the same, by name. */
function listAlike(rows: readonly ShownSubjectivity[]): string[] {
  const answered = rows.flatMap((row) => {
    const answer = row.responses.at(-1)?.answer
    return answer === undefined ? [] : [{ row, answer }]
  })
  return answered
    .filter(({ row, answer }) =>
      answered.some((other) => other.row !== row && sameWords(other.answer, answer)),
    )
    .map(({ row }) => nameOf(row))
}

/** One at a time: each is drawn in a thread of its own, and a machine has few cores. */
let last: Promise<unknown> = Promise.resolve()

/** @throws as `getConditionResponse`; RenderError */
export async function drawConditionResponse(member: Member, applicationId: string) {
  const { account } = await getConditionResponse(member, applicationId)
  const drawn = last.then(() => renderConditionResponse(account))
  last = drawn.catch(() => undefined)
  return { pdf: await drawn, client: account.client }
}
