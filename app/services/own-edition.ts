/** What a draft begins with when it is drawn from an edition: the next one of a form, or a form of one's own. */
import { cutText } from '#app/language/cut-text.ts'
import type { Edition } from '#questionnaires/definition.ts'

interface Owner {
  organisationName: string
  /** Codes that name another form already. */
  takenCodes: ReadonlySet<string>
  /** ISO date. */
  today: string
}

// As long as the schema lets a title and an issuer be.
const LONGEST_NAME = 120
const SUFFIX = ', our version'

/**
 * A form of the organisation's own: what it asks is the insurer's, but nobody may take it for the insurer's form, so
 * that title, issuer and summary say whose it is.
 */
export function makeOwnForm(edition: Edition, { organisationName, takenCodes, today }: Owner): Edition {
  const { effectiveOn: _effectiveOn, follows: _follows, ...kept } = edition
  const { form } = edition
  return withoutFormerly({
    ...kept,
    form: {
      ...form,
      code: freeCode(`own-${form.code}`, takenCodes),
      title: `${cutText(form.title, LONGEST_NAME - SUFFIX.length).trimEnd()}${SUFFIX}`,
      issuer: cutText(organisationName.trim(), LONGEST_NAME) || 'Our organisation',
    },
    edition: '1',
    publishedOn: today,
    summary: `Drawn from “${form.title}” (${form.code}) of ${form.issuer}, edition ${edition.edition}.`,
  })
}

/** The next edition of a form, which follows the one it is drawn from. */
export function makeNextEdition(edition: Edition, today: string): Edition {
  const { effectiveOn: _effectiveOn, ...kept } = edition
  const number = String(Number.parseInt(edition.edition, 10) + 1)
  return { ...withoutFormerly(kept), edition: number, follows: edition.edition, publishedOn: today }
}

function freeCode(wanted: string, taken: ReadonlySet<string>): string {
  let code = wanted
  for (let number = 2; taken.has(code); number++) code = `${wanted}-${number}`
  return code
}

/** `formerly` names questions of the edition before, which is another one now. */
function withoutFormerly(edition: Edition): Edition {
  return {
    ...edition,
    sections: edition.sections.map((section) => ({
      ...section,
      questions: section.questions.map(({ formerly: _formerly, ...question }) => question),
    })),
  }
}
