/** A whole edition on one page, as it reads on paper: sections, questions, what can be answered and when it is asked. */
import { conditionInWords } from '#questionnaires/compare-conditions.ts'
import { type Edition, optionsOf, type Question } from '#questionnaires/definition.ts'
import { factName } from './fact-name.ts'

export function QuestionOutline({ edition }: { edition: Edition }) {
  return (
    <div>
      {edition.sections.map((section) => (
        <section key={section.id} className="mt-8">
          <h3 className="border-rule border-b pb-1.5 font-semibold text-lead">{section.title}</h3>
          {section.intro ? <p className="mt-2 max-w-measure text-ink-soft">{section.intro}</p> : null}
          <ol className="mt-2">
            {section.questions.map((question) => (
              <li
                key={question.id}
                id={question.id}
                className="grid gap-x-4 border-hairline border-b py-4 sm:grid-cols-[4rem_minmax(0,1fr)]"
              >
                <span className="text-caption text-ink-faint tabular-nums">{question.reference.item}</span>
                <QuestionText question={question} edition={edition} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}

function QuestionText({ question, edition }: { question: Question; edition: Edition }) {
  const terms = edition.terms.filter(({ id }) => question.terms?.includes(id))
  return (
    <div className="min-w-0 max-w-measure">
      <p className="font-medium">{question.prompt}</p>
      {question.scope ? <p className="mt-1 text-caption text-ink-soft">Covers: {question.scope}</p> : null}
      <p className="mt-1 text-caption text-ink-soft">{answersInWords(question)}</p>
      {question.when ? (
        <p className="mt-1 text-caption text-ink-soft">
          Asked when {conditionInWords(question.when, edition, factName)}.
        </p>
      ) : null}
      {question.help || terms.length > 0 ? (
        <details className="mt-1.5 text-caption">
          <summary className="cursor-pointer py-1 text-accent">
            What counts, and what does not<span className="sr-only"> for item {question.reference.item}</span>
          </summary>
          {question.help ? <p className="mt-1 text-ink-soft">{question.help}</p> : null}
          {terms.map(({ id, term, meaning }) => (
            <p key={id} className="mt-1 text-ink-soft">
              <strong className="font-medium text-ink">{term}:</strong> {meaning}
            </p>
          ))}
        </details>
      ) : null}
    </div>
  )
}

const KIND_WORDS: Record<Question['kind'], string> = {
  'yes-no': 'Yes or no',
  'single-choice': 'One of',
  'multiple-choice': 'Any of',
  band: 'One range of',
  number: 'A number',
  percent: 'How many of all',
  currency: 'An amount',
  date: 'A date',
  product: 'A product',
  table: 'A table of',
  text: 'Text',
  attachment: 'A document',
}

/** What can be answered, in one line. */
export function answersInWords(question: Question): string {
  const word = KIND_WORDS[question.kind]
  switch (question.kind) {
    case 'yes-no': {
      if (question.yesOnly) return 'Yes, or left blank'
      const more = [question.sometimes && 'sometimes', question.notApplicable && 'not applicable'].filter(
        Boolean,
      )
      return more.length > 0 ? `Yes, no or ${more.join(' or ')}` : word
    }
    case 'number':
      return question.unit ? `${word} (${question.unit})` : word
    case 'currency':
      return `${word} in ${question.currency}`
    case 'percent':
      return `${word} ${question.population}`
    case 'table':
      return `${word}: ${question.columns.map(({ label }) => label).join('; ')}`
    case 'text':
      return `${word}, ${question.maxLength.toLocaleString('en-US')} characters at most`
    default: {
      const options = optionsOf(question)
      return options.length > 0 ? `${word}: ${options.map(({ label }) => label).join('; ')}` : word
    }
  }
}
