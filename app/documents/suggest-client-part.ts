/** Fields of a form that ask who the insured is, by the words that insurers use for it. */
import type { DocumentField, MappingPart } from './carrier-document.ts'
import { readableName } from './field-label.ts'
import { fold } from './workbook-values.ts'

interface ClientSuggestion {
  part: MappingPart
  score: number
  why: string
}

const INSURED = '(applicant|insured|company|business|organi[sz]ation|firm|entity|corporate|client)'

const PATTERNS: [part: MappingPart, pattern: RegExp, what: string][] = [
  [
    'client:tradingName',
    /\b(dba|d\/b\/a|doing business as|trading (name|as)|trade name)\b/,
    'the trading name',
  ],
  [
    'client:contactEmail',
    /^((primary |main )?(contact|applicant)('?s)?( person)?( details)? )?e-?mail( address)?$/,
    'the contact’s e-mail',
  ],
  [
    'client:contactTitle',
    /^((contact|applicant)('?s)? )?(job )?title( of contact)?$|^title or position$|^position( held)?$/,
    'the contact’s title',
  ],
  [
    'client:contactName',
    /^((primary|main) )?contact( person)?('?s)?( full)?( name)?$|^name of (the )?contact( person)?$|^(completed|prepared) by$/,
    'the contact’s name',
  ],
  [
    'client:legalName',
    new RegExp(
      `^(full |legal )*${INSURED}('?s)? ?(full |legal |entity )*name$|^(full )?(legal|registered) name( of .{0,30})?$|^name of (the )?(proposed |named )?${INSURED}$|^(named |first named )?(insured|applicant)$`,
    ),
    'the insured’s name',
  ],
  [
    'client:headcount',
    /^(total |approximate )*(number|no\.?|#|count) of (full[- ]time )?(employees|staff|people)\b.{0,12}$|^(total )?(employees|headcount)$/,
    'how many people there are',
  ],
  [
    'client:annualRevenue',
    /^(total |gross |annual |approximate |last |yearly |latest )*(revenues?|turnover|sales)( \(.{1,20}\)| of (the )?last .{1,20})?$/,
    'the revenue',
  ],
  [
    'client:domains',
    /^(company |primary |all )*(web ?sites?|internet domains?|domains?|urls?)( address(es)?| names?)?$/,
    'the internet domains',
  ],
  [
    'today',
    /^(today'?s date|date of (this )?application|application date|date completed|date of completion)$/,
    'today’s date',
  ],
]

/** Short labels only: a question that mentions e-mail asks about e-mail. */
export function suggestClientPart({ label, name, kind }: DocumentField): ClientSuggestion | null {
  if (kind !== 'text' && kind !== 'cell') return null
  const candidates = [label, ...label.split(/[.:]\s+/).slice(-2), readableName(name)]
  for (const [index, candidate] of candidates.entries()) {
    const text = fold(candidate)
      .replaceAll('’', "'")
      .replace(/^[\d.()a-z]{1,4}[.)]\s+/, '')
      .replace(/[\s:*.?_]+$/, '')
    for (const [part, pattern, what] of PATTERNS) {
      if (pattern.test(text)) return { part, score: index === 0 ? 0.95 : 0.85, why: `named like ${what}` }
    }
  }
  return null
}
