/** The built-in editions as their files have them, whether locked or not, and small words for looking at them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Answer, Answers } from '#questionnaires/answers.ts'
import { applicableQuestions } from '#questionnaires/branching.ts'
import { carryForward } from '#questionnaires/carry-forward.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import { compareEditions } from '#questionnaires/compare-editions.ts'
import { Edition, findQuestion, listQuestions, optionsOf, type Question } from '#questionnaires/definition.ts'
import { findLibraryFolder } from '#questionnaires/library.server.ts'

/** Form codes with their edition numbers, first one first. */
export const FORMS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  readdirSync(findLibraryFolder(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'controls')
    .map(({ name }) => [name, numbersIn(name)]),
)

function numbersIn(form: string): string[] {
  return readdirSync(join(findLibraryFolder(), form))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.replace(/\.yaml$/, ''))
    .sort((a, b) => Number(a) - Number(b))
}

export const EDITIONS = Object.entries(FORMS).flatMap(([form, numbers]) =>
  numbers.map((number) => [form, number] as const),
)

/** Form, older and newer number of each edition that replaces another. */
export const STEPS = Object.entries(FORMS).flatMap(([form, numbers]) =>
  numbers.slice(1).map((newer, index) => [form, numbers[index] ?? '', newer] as const),
)

export function textOf(form: string, number: string): string {
  return readFileSync(join(findLibraryFolder(), form, `${number}.yaml`), 'utf8')
}

export function editionOf(form: string, number: string): Edition {
  return Edition.parse(parse(textOf(form, number)))
}

export function questionOf(form: string, number: string, id: string): Question {
  const question = findQuestion(editionOf(form, number), id)
  if (!question) throw new Error(`${form} ${number} has no question "${id}".`)
  return question
}

export function differenceOf(form: string, older = '1', newer = '2') {
  return compareEditions(editionOf(form, older), editionOf(form, newer))
}

export function itemsOf(edition: Edition): string[] {
  return listQuestions(edition).map(({ reference }) => reference.item)
}

export function shown(
  edition: Edition,
  answers: Answers,
  circumstances: Circumstances = {},
): ReadonlySet<string> {
  return applicableQuestions(edition, answers, circumstances)
}

export function hiddenItems(edition: Edition, applicable: ReadonlySet<string>): string[] {
  return listQuestions(edition)
    .filter(({ id }) => !applicable.has(id))
    .map(({ reference }) => reference.item)
}

export function chosen(questionId: string, choice: string): Answers {
  return { [questionId]: { state: 'answered', value: { kind: 'single-choice', choice } } }
}

export function said(choice: 'yes' | 'no' | 'sometimes' | 'not-applicable', explanation?: string): Answer {
  return { state: 'answered', value: { kind: 'yes-no', choice }, ...(explanation && { explanation }) }
}

/** Everything that an answer to the question can claim; details such as dates and products claim nothing. */
export function claimsOffered(question: Question): string[] {
  if (question.kind === 'percent') return ['all', 'partly', 'none']
  if (question.kind !== 'yes-no') return optionsOf(question).map((option) => option.claim ?? option.id)
  const choices = ['yes', 'no', question.sometimes && 'sometimes', question.notApplicable && 'not-applicable']
  return choices.flatMap((choice) => (choice ? (Reflect.get(question.claims ?? {}, choice) ?? choice) : []))
}

/** What becomes of these answers in the newer edition. */
export function carry(
  form: string,
  older: string,
  newer: string,
  answers: Answers,
  purpose: 'draft' | 'renewal' = 'draft',
) {
  return carryForward({ older: editionOf(form, older), newer: editionOf(form, newer), answers, purpose })
}
