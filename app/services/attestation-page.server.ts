/** What a signer's pages show of a report: the answers they sign for in words, those to confirm first. */
import { signerWords, voiceOf } from '#app/report/language/signing/words.ts'
import type { Key } from './attestation-door.server.ts'
import { OFFICER } from './attestation-links.server.ts'
import { answersOf } from './attestation-rules.ts'
import { getVisit, type Visit } from './attestation-visit.server.ts'
import { missingBeforeOfficer } from './report-standing.server.ts'

/** @throws NotFoundError, RefusedError `code-needed` */
export async function getSignerPage(key: Key) {
  const visit = await getVisit(key)
  const { statement } = visit
  const { signer } = visit.invited
  const toConfirm = new Set(visit.toConfirm)
  const confirmed = new Set(visit.confirmed)
  const stated = answersOf(statement, signer)
    .filter(({ answer, questionId }) => answer !== null || toConfirm.has(questionId))
    .map((answer) => ({
      questionId: answer.questionId,
      section: answer.section,
      item: answer.item,
      prompt: answer.prompt,
      shown: answer.shown,
      status: answer.status,
      weakened: answer.weakened,
      reasons: answer.reasons.map(({ outcome, sentence }) => ({ outcome, sentence })),
      exception: exceptionOf(visit, answer.exceptionId),
      isConfirmed: confirmed.has(answer.questionId),
    }))
  const prompts = new Map(statement.answers.map(({ questionId, prompt }) => [questionId, prompt]))
  const voice = voiceOf(statement, signer)
  const words = signerWords(statement.language, voice)
  const contributor = statement.signers.find(({ role }) => role === 'technical-contributor')
  return {
    language: words.language,
    clientName: statement.client.legalName,
    formTitle: statement.edition.formTitle,
    edition: statement.edition.edition,
    organisationName: statement.preparedBy.name,
    signer: { role: voice, name: signer.name, title: signer.title, declaration: signer.declaration },
    contributor: {
      name: contributor?.name ?? statement.preparedBy.name,
      organisation: statement.preparedBy.name,
    },
    consent: words.say('consent'),
    steps: stated.filter(({ questionId }) => toConfirm.has(questionId)),
    rest: stated.filter(({ questionId }) => !toConfirm.has(questionId)),
    gaps: gapsOf(visit).map(({ questionId, owner, dueOn }) => ({
      prompt: prompts.get(questionId) ?? questionId,
      owner,
      dueOn,
    })),
    state: stateOf(visit),
    /** The officer has said how it is with each answer; only the signature is left. */
    isReattestation: statement.reattestation !== undefined,
    promised: promisedIn(visit),
    failure: own(visit)?.failure ?? null,
    pdfSha256: visit.pdfSha256,
    signedAt: own(visit)?.signedAt ?? null,
    /** Who signs before the officer and has not yet. */
    missing:
      visit.invited.id === OFFICER
        ? missingBeforeOfficer(visit.standings).map(({ signer: { name } }) => name)
        : [],
    twins: visit.twins,
  }
}

function exceptionOf({ statement }: Visit, exceptionId: string | null) {
  const found = statement.exceptions.find(({ id }) => id === exceptionId)
  if (!found) return null
  const { scope = null, reason, compensatingControl, approvedBy, expiresOn } = found
  return { scope, reason, compensatingControl, approvedBy, expiresOn }
}

/** Of a re-attestation whose officer has answered. */
function promisedIn({ statement }: Visit) {
  const stated = new Map(statement.answers.map((answer) => [answer.questionId, answer]))
  return (statement.reattestation?.answers ?? []).flatMap(({ questionId, result }) => {
    if (!result || result.result === 'still-true') return []
    const plan = result.result === 'no-longer-true' ? result.plan : null
    const isBrokerToBeTold = result.broker.tell === 'yes'
    const { item = '', prompt = questionId } = stated.get(questionId) ?? {}
    return plan || isBrokerToBeTold ? [{ questionId, item, prompt, plan, isBrokerToBeTold }] : []
  })
}

const own = ({ standings, invited }: Visit) => standings.find(({ id }) => id === invited.id)

/** A contributor sees the gaps of their part. */
function gapsOf({ statement, invited }: Visit) {
  const part = invited.signer.part?.questionIds
  return part ? statement.gaps.filter(({ questionId }) => part.includes(questionId)) : statement.gaps
}

function stateOf(visit: Visit): 'waiting' | 'making' | 'signing' | 'signed' | 'over' {
  const { reportState } = visit
  if (reportState === 'answering' || reportState === 'rendering') return 'making'
  if (reportState === 'withdrawn' || reportState === 'superseded' || reportState === 'failed') return 'over'
  return own(visit)?.state ?? 'over'
}
