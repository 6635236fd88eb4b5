/** How two wordings of one question differ in words, definitions and gates. */
import { conditionInWords, labelOf, listOf, nameOfQuestion, shorten } from './compare-conditions.ts'
import { type Finding, isSameText, stableJson } from './compare-findings.ts'
import type { Condition, Edition, Question } from './definition.ts'

export interface Sides {
  older: { edition: Edition; question: Question }
  newer: { edition: Edition; question: Question }
}

/** Other words can carry another meaning, so nothing that was reworded keeps its answer unseen. */
export function findRewordings({ older, newer }: Sides): Finding[] {
  const name = nameOfQuestion(newer.question)
  const intros = [sectionOf(older), sectionOf(newer)] as const
  return [
    ...textChange(older.question.prompt, newer.question.prompt, `Question ${name} is put in other words.`),
    ...textChange(
      older.question.help,
      newer.question.help,
      older.question.help && newer.question.help
        ? `The help for ${name} says it in other words.`
        : newer.question.help
          ? `Help was added to ${name}.`
          : `The help for ${name} was taken away.`,
    ),
    ...(intros[0]?.id === intros[1]?.id
      ? textChange(
          intros[0]?.intro,
          intros[1]?.intro,
          `The introduction above ${name} says it in other words.`,
        )
      : []),
  ]
}

function sectionOf({ edition, question }: Sides['older']) {
  return edition.sections.find(({ questions }) => questions.some(({ id }) => id === question.id))
}

function textChange(before: string | undefined, after: string | undefined, sentence: string): Finding[] {
  if (isSameText(before, after)) return []
  return [{ kind: 'reworded', before: before ?? null, after: after ?? null, sentence, rule: 'propose' }]
}

/** What stands behind the words: glossary, population, control, unit. */
export function findDefinitionChanges(sides: Sides): Finding[] {
  const { older, newer } = sides
  const name = nameOfQuestion(newer.question)
  const before = meaningOf(older.question)
  const after = meaningOf(newer.question)
  // Between two kinds of answer, what only one of them has is the change of type itself.
  const isSameKind = older.question.kind === newer.question.kind
  return [
    ...findTermChanges(sides),
    ...definition(before.scope, after.scope, `What ${name} covers is described differently.`),
    ...(isSameKind
      ? definition(before.population, after.population, `${name} now counts something else.`)
      : []),
    ...partChange(before.part, after.part, name),
    ...unseen(
      before.yesFrom,
      after.yesFrom,
      `A “yes” to ${name} is now proposed from other answers than before.`,
    ),
    ...choiceChanges(sides, name),
    ...topicChange(sides, name),
    // A number in another unit is another number.
    ...(isSameKind
      ? definition(before.unit, after.unit, `${name} is answered in another unit.`, 'ask-again')
      : []),
  ]
}

function meaningOf(question: Question) {
  const { canonical } = question
  return {
    scope: question.scope,
    population: question.kind === 'percent' ? question.population : undefined,
    part: canonical && canonical.scope !== 'all' ? canonical.scope.replaceAll('-', ' ') : undefined,
    yesFrom: canonical?.yesFrom?.join(', '),
    unit:
      question.kind === 'number'
        ? question.unit
        : question.kind === 'currency'
          ? question.currency
          : undefined,
  }
}

/** What only the catalogue has words for is told in the sentence alone: its ids mean nothing to a reader. */
function unseen(
  before: string | undefined,
  after: string | undefined,
  sentence: string,
  rule: Finding['rule'] = 'propose',
): Finding[] {
  if (isSameText(before, after)) return []
  return [{ kind: 'definition-changed', before: null, after: null, sentence, rule }]
}

/** The people or computers that the answer is kept under, where it is not everything that the question names. */
function partChange(before: string | undefined, after: string | undefined, name: string): Finding[] {
  const sentence = !after
    ? `The answer to ${name} now counts for everything that it asks about, not for “${before}” alone.`
    : !before
      ? `The answer to ${name} now counts for “${after}” alone.`
      : `The answer to ${name} now counts for “${after}”; before, it counted for “${before}”.`
  return unseen(before, after, sentence)
}

/** Each with its answer: the same claim behind another answer is another meaning. */
function choiceChanges({ older, newer }: Sides, name: string): Finding[] {
  const [was, is] = [claimsOf(older.question), claimsOf(newer.question)]
  const changed = (['no', 'sometimes', 'not-applicable'] as const).filter(
    (choice) => was[choice] !== is[choice],
  )
  if (changed.length === 0) return []
  const choices = listOf(
    changed.map((choice) => labelOf(null, choice)),
    'or',
  )
  return unseen('before', 'after', `The answer ${choices} to ${name} is now understood differently.`)
}

function claimsOf(question: Question) {
  return (question.kind === 'yes-no' && question.claims) || {}
}

function definition(
  before: string | undefined,
  after: string | undefined,
  sentence: string,
  rule: Finding['rule'] = 'propose',
): Finding[] {
  if (isSameText(before, after)) return []
  return [{ kind: 'definition-changed', before: before || null, after: after || null, sentence, rule }]
}

/** Behind the same words stands another control: the old answer is about something else (domain/forms.md §5). */
function topicChange({ older, newer }: Sides, name: string): Finding[] {
  const [before, after] = [topicOf(older.question), topicOf(newer.question)]
  if (before && after) {
    const sentence = `${name} now asks about something else: an answer to the older wording does not answer it.`
    return unseen(before, after, sentence, 'ask-again')
  }
  const isJudged = Boolean(older.question.control ?? newer.question.control)
  const sentence = isJudged
    ? `The evidence on file is ${after ? 'now' : 'no longer'} compared with the answer to ${name}.`
    : `The answer to ${name} is ${after ? 'now' : 'no longer'} offered in the client’s other forms.`
  return unseen(before, after, sentence)
}

function topicOf({ canonical, control }: Question): string | undefined {
  return canonical?.topic ?? control
}

function findTermChanges({ older, newer }: Sides): Finding[] {
  const before = termsOf(older)
  const after = termsOf(newer)
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [was, is] = [before.get(id), after.get(id)]
    const name = nameOfQuestion(newer.question)
    const term = `“${(is ?? was)?.term}”`
    const sentence = !was
      ? `${name} now uses the term ${term}, which the form defines.`
      : !is
        ? `${name} no longer uses the term ${term} as the form defined it.`
        : `${name} uses the term ${term}, which is now defined differently.`
    return definition(was && `${was.term}: ${was.meaning}`, is && `${is.term}: ${is.meaning}`, sentence)
  })
}

function termsOf({ edition, question }: Sides['older']) {
  const used = question.terms ?? []
  return new Map(edition.terms.filter(({ id }) => used.includes(id)).map((term) => [term.id, term]))
}

/**
 * When and how insistently the question is asked; what it means stays.
 * @param newIds ids of the newer edition by the older ids that became them, one for one
 */
export function findGateChanges({ older, newer }: Sides, newIds: ReadonlyMap<string, string>): Finding[] {
  const name = nameOfQuestion(newer.question)
  const gates = [older, newer].map(({ question, edition }) => gateInWords(question.when, edition))
  const renamed = older.question.when && renameIn(older.question.when, newIds)
  const demands = [older.question, newer.question].map(demandInWords)
  const explained = [older.question, newer.question].map((question) =>
    listOf([...question.explain].sort().map((token) => labelOf(question, token))),
  )
  return [
    ...(stableJson(renamed ?? null) === stableJson(newer.question.when ?? null)
      ? []
      : gate(gates[0], gates[1], `${name} is now asked ${shorten(gates[1] ?? '', 400)}.`)),
    ...gate(demands[0], demands[1], `${name} is now ${demands[1]}.`),
    ...(isSameText(older.question.explain.toSorted().join(), newer.question.explain.toSorted().join())
      ? []
      : gate(
          explained[0] || null,
          explained[1] || null,
          explained[1]
            ? `Answers to ${name} that need an explanation are now: ${explained[1]}.`
            : `No answer to ${name} needs an explanation of its own any more.`,
        )),
  ]
}

function gate(
  before: string | null | undefined,
  after: string | null | undefined,
  sentence: string,
): Finding[] {
  if (before === after) return []
  return [{ kind: 'gate-changed', before: before ?? null, after: after ?? null, sentence, rule: 'keep' }]
}

function gateInWords(when: Condition | undefined, edition: Edition): string {
  return when ? `only when ${conditionInWords(when, edition)}` : 'in every case'
}

function demandInWords({ required, requiredFrom }: Question): string {
  if (!required) return 'optional'
  return requiredFrom ? `required from ${requiredFrom} on` : 'required'
}

/** A gate that looks at the same question under its new id is the same gate. */
function renameIn(condition: Condition, newIds: ReadonlyMap<string, string>): Condition {
  if ('all' in condition) return { all: condition.all.map((part) => renameIn(part, newIds)) }
  if ('any' in condition) return { any: condition.any.map((part) => renameIn(part, newIds)) }
  if ('not' in condition) return { not: renameIn(condition.not, newIds) }
  if (!('question' in condition)) return condition
  return { ...condition, question: newIds.get(condition.question) ?? condition.question }
}
