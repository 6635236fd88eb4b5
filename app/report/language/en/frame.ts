/** What stands around the chapters: the document itself, running heads, the cover and its headlines. */
export const frame = {
  'document.title': 'Readiness report of {client}, {date}',
  'document.subject': '{form}, edition {edition}',
  'document.keywords': 'cyber insurance, readiness, {reportId}',
  'page.head': 'Readiness report · {client}',
  'page.number': 'Page {page} of {pages}',
  'record.language':
    'Questions, answers in people’s own words, names and titles of evidence stand in the language in which they were recorded.',

  'cover.kind': 'Cyber insurance readiness report',
  'cover.bookmark': 'Outcome at a glance',
  'cover.form': 'Form',
  'cover.form-value': '{form}, edition {edition}, {issuer}',
  'cover.prepared-by': 'Prepared by',
  'cover.as-of': 'State of answers and evidence on',
  'cover.applicant': 'Applicant',
  'cover.people': '{count, plural, one {# person} other {# people}}',
  'cover.covers-from': 'For cover that begins on',
  'cover.controls': '{count, plural, one {# control} other {# controls}} judged',
  'cover.answers': '{count, plural, one {# answer} other {# answers}} given',
  'cover.read-first': 'What to read first',
  'cover.scan-code': 'Scan to check this file. Appendix C has the address and ways without us.',
  'cover.caution':
    'This report says what was answered, what the evidence shows and what is not known on the date above. It is not a guarantee of security. It is valid only with its digital signatures; the last pages say who signed and how to check it.',
  'cover.replaced-letters':
    'Some letters of this statement are outside the typefaces of this report and appear as �. The attached statement.json holds them exactly.',

  'headline.uncovered':
    '{count, plural, one {# contradicted answer has} other {# contradicted answers have}} no exception.',
  'headline.excepted':
    '{count, plural, one {# contradicted answer stands} other {# contradicted answers stand}} under an exception that the insured approved; chapter 2 gives the reason.',
  'headline.no-contradiction': 'No answer is contradicted by the evidence.',
  'headline.unknown':
    '{count, plural, one {For # control nothing in force shows whether it is} other {For # controls nothing in force shows whether they are}} in place.',
  'headline.proved':
    '{count, plural, =0 {No control of {total} was} one {# control of {total} was} other {# controls of {total} were}} proved on every day since {date}.',
  'headline.reviewer': '{name} of {organisation} is named as independent reviewer.',
  'headline.no-reviewer': 'No independent reviewer is named: {preparer} judges its own work.',
} as const
