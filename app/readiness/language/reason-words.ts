/** The words in which reasons are told, in one language: messages, days and numbers. */
import { DEFAULT_LANGUAGE, type Language } from '#app/language/languages.ts'
import { type Say, sayFrom, type Translation } from '#app/language/messages.ts'
import { formatsOf } from '#app/language/patterns.ts'
import { ANSWER_WORDS, type AnswerWords } from '#questionnaires/answers.ts'
import { ANSWERS_DE } from './answers-de.ts'
import { REASONS_DE } from './de.ts'
import { REASONS_EN } from './en.ts'

export interface ReasonWords {
  language: Language
  say: Say<typeof REASONS_EN>
  /** `24 November 2026`, in UTC. */
  day(day: Date): string
  /** To a hundredth. */
  number(number: number): string
  /** `a`, `a or b`, `a, b or c`. */
  list(words: readonly string[]): string
  /** How an answer is told. */
  answers: AnswerWords
}

const MESSAGES = { en: REASONS_EN, de: REASONS_DE } as const satisfies Record<
  Language,
  Translation<typeof REASONS_EN>
>

const ANSWERS = { en: ANSWER_WORDS, de: ANSWERS_DE } as const satisfies Record<Language, AnswerWords>

function make(language: Language): ReasonWords {
  const formats = formatsOf(language)
  const say = sayFrom<typeof REASONS_EN>(language, MESSAGES[language])
  return {
    language,
    say,
    day: (day) => (Number.isNaN(day.getTime()) ? say('unreadable-date') : formats.date(day.toISOString())),
    number: (number) => formats.number(Math.round(number * 100) / 100),
    list: (words) => {
      const last = words.at(-1)
      if (last === undefined || words.length < 2) return words.join('')
      return say('or', { first: words.slice(0, -1).join(', '), last })
    },
    answers: ANSWERS[language],
  }
}

const WORDS = { en: make('en'), de: make('de') } as const satisfies Record<Language, ReasonWords>

export const reasonWords = (language: Language = DEFAULT_LANGUAGE): ReasonWords => WORDS[language]
