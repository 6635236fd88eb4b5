/** What differs between two editions beside their questions: who signs, how long a signature holds, from when it counts. */
import { conditionInWords, formatCount, listOf } from './compare-conditions.ts'
import { isSameText } from './compare-findings.ts'
import type { Edition } from './definition.ts'
import type { FormChange } from './edition-change.ts'

export function compareForms(older: Edition, newer: Edition): FormChange[] {
  const [was, is] = [older.declaration, newer.declaration]
  return [
    change('title', older.form.title, newer.form.title, 'The form has another title.'),
    change('title', older.form.issuer, newer.form.issuer, 'Another company issues the form.'),
    change('title', older.form.kind, newer.form.kind, 'It is a form of another kind.'),
    change('declaration', was.text, is.text, 'The declaration that is signed says it in other words.'),
    change('declaration', BASIS[was.basis], BASIS[is.basis], `The signer now gives ${BASIS[is.basis]}.`),
    change('declaration', duty(was), duty(is), `Between signature and start of cover, ${duty(is)}.`),
    change('signers', signers(was), signers(is), `Those who may sign are now: ${signers(is)}.`),
    change(
      'signers',
      formatCount(was.minimumSigners),
      formatCount(is.minimumSigners),
      is.minimumSigners === 1 ? 'One signature is now enough.' : `Now ${is.minimumSigners} people must sign.`,
    ),
    change(
      'signature-age',
      days(was.maximumAgeDays),
      days(is.maximumAgeDays),
      `A signature may now be ${days(is.maximumAgeDays)} old when cover begins, ${
        is.maximumAgeDays < was.maximumAgeDays ? 'less' : 'more'
      } than before.`,
    ),
    change('blank-rule', blank(older), blank(newer), `A yes/no question left blank is now ${blank(newer)}.`),
    change('eligibility', audience(older), audience(newer), 'The form is now meant for other applicants.'),
    change('coverages', covers(older), covers(newer), 'The covers that can be asked for changed.'),
    change(
      'effective',
      start(older),
      start(newer),
      `The insurer takes this edition from ${start(newer)} on.`,
    ),
    change(
      'notices',
      notices(was),
      notices(is),
      'The notices that are printed with the declaration changed.',
    ),
  ].flat()
}

const BASIS: Record<Edition['declaration']['basis'], string> = {
  'best-knowledge': 'a statement to the best of their knowledge',
  representation: 'a representation',
  warranty: 'a warranty',
}

function change(kind: FormChange['kind'], before: string, after: string, sentence: string): FormChange[] {
  if (isSameText(before, after)) return []
  return [{ kind, before: before || null, after: after || null, sentence }]
}

function duty({ dutyToUpdate }: Edition['declaration']): string {
  return dutyToUpdate ? 'changes have to be told' : 'changes need not be told'
}

function signers({ signerRoles }: Edition['declaration']): string {
  return listOf(signerRoles.map(({ label }) => label))
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${formatCount(count)} days`
}

function blank({ blankMeans }: Edition): string {
  return blankMeans === 'no' ? 'read as a "no"' : 'unanswered'
}

function audience(edition: Edition): string {
  if (!edition.eligibility) return ''
  const { when, otherwise } = edition.eligibility
  return `Only when ${conditionInWords(when, edition)}. ${otherwise}`
}

function covers({ coverages }: Edition): string {
  return coverages.map(({ label }) => label).join(', ')
}

function start({ effectiveOn, publishedOn }: Edition): string {
  return effectiveOn ?? publishedOn
}

function notices({ notices }: Edition['declaration']): string {
  return notices.map(({ jurisdiction, text }) => `${jurisdiction}: ${text}`).join('\n')
}
