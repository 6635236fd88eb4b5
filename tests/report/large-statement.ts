/** The example with as many questions and pieces of evidence as a large application has. */
import type { Statement } from '#app/report/statement.ts'
import { exampleStatement, uuid } from './example-statement.ts'

export function largeStatement({ questions = 300, evidence = 500 } = {}): Statement {
  const example = exampleStatement()
  return {
    ...example,
    answers: repeat(example.answers, questions).map(({ item: answer, copy }) =>
      copy === 0
        ? answer
        : {
            ...answer,
            questionId: `${answer.questionId}-${copy}`,
            item: `${answer.item}.${copy}`,
            exceptionId: null,
            // Contradicted answers need an exception each; what the copies stand for is their number.
            status: answer.status === 'contradicted' ? ('unsupported' as const) : answer.status,
          },
    ),
    evidence: repeat(example.evidence, evidence).map(({ item, copy, index }) =>
      copy === 0
        ? item
        : { ...item, revisionId: uuid(5000 + index), sha256: index.toString(16).padStart(64, 'e') },
    ),
    gaps: repeat(example.answers, questions).flatMap(({ item: answer, copy }) =>
      example.gaps
        .filter(({ questionId }) => questionId === answer.questionId)
        .map((gap) => (copy === 0 ? gap : { ...gap, questionId: `${gap.questionId}-${copy}` })),
    ),
  }
}

function repeat<Item>(items: readonly Item[], count: number): { item: Item; copy: number; index: number }[] {
  return Array.from({ length: count }, (_, index) => {
    const item = items[index % items.length]
    if (item === undefined) throw new Error('There is nothing to repeat')
    return { item, copy: Math.floor(index / items.length), index }
  })
}
