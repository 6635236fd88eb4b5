/** An answer's own words in German; amounts carry their currency's code, which every reader knows. */
import { formatsOf } from '#app/language/patterns.ts'
import type { AnswerWords } from '#questionnaires/answers.ts'
import { currencyExponent } from '#questionnaires/currency.ts'

const { number, fixed, date } = formatsOf('de')

export const ANSWERS_DE: AnswerWords = {
  notAnswered: 'Nicht beantwortet',
  nothingListed: 'Nichts aufzuführen',
  choices: { yes: 'Ja', no: 'Nein', sometimes: 'Manchmal', 'not-applicable': 'Nicht anwendbar' },
  dontKnow: (owner, due) => `Weiß ich nicht (verantwortlich: ${owner}, fällig: ${due})`,
  counted: (covered, total, share) => `${covered} von ${total} (${share})`,
  over: (share) => `über ${share}`,
  under: (share) => `unter ${share}`,
  number: (value) => number(Number(value.toFixed(6))),
  fixed,
  day: (day) => (Number.isNaN(Date.parse(`${day}T00:00:00Z`)) ? day : date(day)),
  amount: (amountMinor, currency) => {
    const digits = currencyExponent(currency)
    return `${fixed(amountMinor / 10 ** digits, digits)} ${currency}`
  },
}
