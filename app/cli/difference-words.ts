/** The difference between two editions as lines of text, section by section of the newer form. */
import type { Edition, Question } from '#questionnaires/definition.ts'
import {
  type EditionChange,
  type EditionDifference,
  type FormChange,
  type MigrationRule,
  RULE_WORDS,
} from '#questionnaires/edition-change.ts'

interface Compared {
  difference: EditionDifference
  older: Edition
  newer: Edition
}

export function differenceInWords({ difference, older, newer }: Compared): string[] {
  const { changes, formChanges } = difference
  const sections = sectionsOf(older, newer)
  const placed = changes.map((change) => ({ change, sectionId: sectionIdOf(change, { older, newer }) }))
  const body = sections.flatMap(({ id, title, questions }) => {
    const here = placed.filter(({ sectionId }) => sectionId === id).map(({ change }) => change)
    const lines = sectionInWords(here, questions, difference)
    return lines.length > 0 ? ['', title, ...lines] : []
  })
  return [
    `${nameOf(older)} → ${nameOf(newer)}`,
    ...(formChanges.length > 0 ? ['', 'The form as a whole', ...formChanges.flatMap(changeInWords)] : []),
    ...body,
    '',
    summaryOf(difference),
  ]
}

function nameOf({ form, edition }: Edition): string {
  return `${form.title}, edition ${edition}`
}

interface PrintedSection {
  id: string
  title: string
  questions: readonly Question[]
}

/** The newer form's, and those of the older one that it no longer has. */
function sectionsOf(older: Edition, newer: Edition): PrintedSection[] {
  const ids = new Set(newer.sections.map(({ id }) => id))
  const gone = older.sections.filter(({ id }) => !ids.has(id))
  return [
    ...newer.sections,
    ...gone.map(({ id, title }) => ({ id, title: `${title} (section of the older edition)`, questions: [] })),
  ]
}

function sectionIdOf(
  change: EditionChange,
  { older, newer }: Omit<Compared, 'difference'>,
): string | undefined {
  const [edition, id] = change.newer[0] ? [newer, change.newer[0]] : [older, change.older[0]]
  return edition.sections.find(({ questions }) => questions.some((question) => question.id === id))?.id
}

/** The changes in the form's order; behind the last one of a question, what becomes of its answers. */
function sectionInWords(
  changes: readonly EditionChange[],
  questions: readonly Question[],
  { rules }: EditionDifference,
): string[] {
  const ruled = questions.flatMap((question) => {
    const rule = rules[question.id]?.rule ?? 'keep'
    return rule === 'keep' ? [] : [{ question, rule }]
  })
  const told = new Set<string>()
  const lines = changes.flatMap((change, index) => {
    const own = ruled.filter(
      ({ question: { id } }) =>
        change.newer.includes(id) && !changes.slice(index + 1).some(({ newer }) => newer.includes(id)),
    )
    for (const { question } of own) told.add(question.id)
    return [...changeInWords(change), ...own.map(ruleInWords)]
  })
  // Between two forms every answer is proposed at most, although nothing about the question changed.
  return [...lines, ...ruled.filter(({ question }) => !told.has(question.id)).map(ruleInWords)]
}

function changeInWords({ sentence, before, after }: EditionChange | FormChange): string[] {
  return [
    `  ${sentence.replaceAll('\n', ' ')}`,
    ...(before === null ? [] : sideInWords('before: ', before)),
    ...(after === null ? [] : sideInWords('after:  ', after)),
  ]
}

function sideInWords(side: string, text: string): string[] {
  return text.split('\n').map((line, index) => `      ${index === 0 ? side : ' '.repeat(side.length)}${line}`)
}

function ruleInWords({ question, rule }: { question: Question; rule: MigrationRule }): string {
  return `    → ${question.reference.item} ${question.id}: ${RULE_WORDS[rule]}`
}

function summaryOf({ changes, formChanges, rules }: EditionDifference): string {
  const all = Object.values(rules)
  const count = (rule: MigrationRule) => all.filter((one) => one.rule === rule).length
  const size = changes.length + formChanges.length
  const changed = size === 0 ? 'No changes' : size === 1 ? '1 change' : `${size} changes`
  return `${changed}. Answers: ${count('keep')} kept, ${count('propose')} proposed, ${count('ask-again')} asked again, ${count('new')} new.`
}
