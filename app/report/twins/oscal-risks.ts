/** What is open or accepted: contradicted answers, exceptions with their end, and gaps with their day. */
import type { Statement } from '../statement.ts'
import type { Source } from './oscal-ids.ts'
import { relatedObservations } from './oscal-observations.ts'
import { endOfDay, line, property, prose, withoutEmpty } from './oscal-text.ts'

type Answer = Statement['answers'][number]
type Exception = Statement['exceptions'][number]

export function risksOf(source: Source) {
  const { answers, exceptions, gaps } = source.statement
  const byId = new Map(exceptions.map((exception) => [exception.id, exception]))
  const byQuestion = new Map(answers.map((answer) => [answer.questionId, answer]))
  return [
    ...answers
      .filter(isRisky)
      .map((answer) => riskOf(source, answer, byId.get(answer.exceptionId ?? '') ?? null)),
    ...gaps.map((gap) => gapOf(source, gap, byQuestion.get(gap.questionId))),
  ]
}

/** The risks that belong to the answers about one control, gaps included. */
export function risksOfControl({ statement, id }: Source, controlId: string): string[] {
  const gaps = new Set(statement.gaps.map(({ questionId }) => questionId))
  return statement.answers
    .filter((answer) => answer.controlId === controlId)
    .flatMap((answer) => [
      ...(isRisky(answer) ? [id('risk', answer.questionId)] : []),
      ...(gaps.has(answer.questionId) ? [id('gap', answer.questionId)] : []),
    ])
}

const isRisky = ({ status, exceptionId }: Answer) => status === 'contradicted' || exceptionId !== null

function riskOf(source: Source, answer: Answer, exception: Exception | null) {
  const { id } = source
  const reasons = answer.reasons.filter(({ outcome }) => outcome !== 'supports')
  const sentences = reasons.map(({ sentence }) => sentence)
  const isContradicted = answer.status === 'contradicted'
  return withoutEmpty({
    uuid: id('risk', answer.questionId),
    title: line(`Answer ${answer.item}: ${answer.prompt}`),
    description: prose(...(sentences.length > 0 ? sentences : ['No evidence weighs against the answer.'])),
    statement: prose(
      `The answer is “${answer.shown}”.`,
      isContradicted
        ? 'The evidence contradicts it.'
        : 'An exception was recorded for it although no evidence contradicts it.',
    ),
    props: [
      property('question-id', answer.questionId),
      property('answer-status', answer.status),
      ...(exception ? exceptionProperties(exception) : []),
    ],
    status: exception ? 'deviation-approved' : 'open',
    'mitigating-factors': exception
      ? [{ uuid: id('mitigation', answer.questionId), description: prose(exception.compensatingControl) }]
      : [],
    deadline: exception ? endOfDay(exception.expiresOn) : undefined,
    remediations: reasons.flatMap(({ remedy }, index) =>
      remedy === null
        ? []
        : [
            {
              uuid: id('remediation', `${answer.questionId} ${index}`),
              lifecycle: 'recommendation',
              title: 'What would change the answer’s standing',
              description: prose(remedy),
            },
          ],
    ),
    'related-observations': relatedObservations(source, reasons),
  })
}

function exceptionProperties(exception: Exception) {
  return [
    property('exception-id', exception.id),
    property('exception-reason', exception.reason),
    property('exception-owner', exception.owner),
    property('exception-approved-by', exception.approvedBy),
    ...(exception.scope === undefined ? [] : [property('exception-scope', exception.scope)]),
    ...(exception.startsOn === undefined ? [] : [property('exception-starts-on', exception.startsOn)]),
    property('exception-expires-on', exception.expiresOn),
  ]
}

function gapOf({ id }: Source, gap: Statement['gaps'][number], answer: Answer | undefined) {
  return {
    uuid: id('gap', gap.questionId),
    title: line(answer ? `Answer ${answer.item}: ${answer.prompt}` : `Question ${gap.questionId}`),
    description: 'The question was answered “I don’t know”.',
    statement: 'What is not known counts as not met.',
    props: [property('question-id', gap.questionId), property('owner', gap.owner)],
    status: 'investigating',
    deadline: endOfDay(gap.dueOn),
    remediations: [
      {
        uuid: id('remediation', `gap ${gap.questionId}`),
        lifecycle: 'planned',
        title: 'Find out and answer',
        description: prose(`${gap.owner} answers the question by ${gap.dueOn}.`),
      },
    ],
  }
}
