/** Names that stand twice where each has to be told from the others. */
import type { LocatedQuestion, MeaningProblem } from './condition-checks.ts'
import { type Edition, optionsOf, type Question } from './definition.ts'

interface Named {
  id: string
  path: (string | number)[]
}

export function findDuplicateNames(edition: Edition, located: readonly LocatedQuestion[]): MeaningProblem[] {
  const listAt = (list: readonly { id: string }[], ...path: (string | number)[]): Named[] =>
    list.map(({ id }, index) => ({ id, path: [...path, index, 'id'] }))
  return [
    ...findDuplicates('section', listAt(edition.sections, 'sections')),
    ...findDuplicates(
      'question',
      located.map(({ question, path }) => ({ id: question.id, path: [...path, 'id'] })),
    ),
    ...findDuplicates(
      'item',
      located.map(({ question, path }) => ({
        id: question.reference.item,
        path: [...path, 'reference', 'item'],
      })),
    ),
    ...findDuplicates('signer role', listAt(edition.declaration.signerRoles, 'declaration', 'signerRoles')),
    ...findDuplicates('cover', listAt(edition.coverages, 'coverages')),
    ...findDuplicates('term', listAt(edition.terms, 'terms')),
    ...located.flatMap(({ question, path }) => [
      ...findDuplicates('option', listAt(optionsOf(question), ...path, 'options')),
      ...columnsOf(question).flatMap((column, index) =>
        'options' in column
          ? findDuplicates('option', listAt(column.options, ...path, 'columns', index, 'options'))
          : [],
      ),
      ...findDuplicates('column', listAt(columnsOf(question), ...path, 'columns')),
    ]),
  ]
}

const columnsOf = (question: Question) => (question.kind === 'table' ? question.columns : [])

function findDuplicates(noun: string, names: readonly Named[]): MeaningProblem[] {
  const seen = new Set<string>()
  return names.flatMap(({ id, path }) => {
    if (seen.has(id)) {
      const article = /^[aeiou]/.test(noun) ? 'an' : 'a'
      return [{ path, message: `There is already ${article} ${noun} "${id}". Give this one another name.` }]
    }
    seen.add(id)
    return []
  })
}
