/** Chapters on open findings, on coverage over time and on the answers. */
export const findings = {
  'findings.title': 'Open findings by severity and age',
  'findings.lead':
    'Weaknesses that scans reported and no later scan found fixed, on {date}. Age counts from the day a scan first saw them.',
  'findings.none': 'No finding is open.',
  'findings.bars':
    'The bars run from the youngest findings, light, to the oldest, black; their length compares the rows.',
  'findings.matters': 'What matters most',
  'findings.severity': 'Severity',
  'findings.open': 'Open',
  'findings.share': 'Share by age',
  'age.upTo30Days': 'Up to 30 days',
  'age.upTo90Days': '31 to 90 days',
  'age.upTo180Days': '91 to 180 days',
  'age.older': 'Longer',
  'findings.not-exploited':
    'No open finding is in CISA’s list of exploited weaknesses, as the preparer last loaded it.',
  'findings.exploited':
    '{count, plural, one {# open finding is} other {# open findings are}} in CISA’s list of exploited weaknesses; {due, plural, one {# is past} other {# are past}} that list’s date.',
  'findings.none-late': 'No critical or high finding has been open for more than 30 days.',
  'findings.late':
    '{count, plural, one {# critical or high finding has} other {# critical or high findings have}} been open for more than 30 days.',
  'findings.oldest': 'The oldest open finding was first seen on {date}.',
  'findings.others':
    '{accepted, plural, one {# finding is} other {# findings are}} accepted for a time, {false, number} judged false, {fixed, number} found fixed by a later scan.',
  'findings.not-counted':
    '{count, plural, one {# scan that had just come in or been withdrawn is} other {# scans that had just come in or been withdrawn are}} not counted here yet.',

  'coverage.title': 'Coverage over time',
  'coverage.lead':
    'What the record shows of each control on every day from {first} to {last}, {days, plural, one {# day} other {# days}} in all. {start} Days in UTC, as known when this statement was frozen.',
  'coverage.cut': 'Earlier days are left out.',
  'coverage.since-inception': 'The first day is the policy’s inception.',
  'coverage.since-attestation': 'The first day is the first attestation.',
  'coverage.since-application': 'The first day is the day the application was begun.',
  'state.proved': 'Proved: evidence in force showed what was claimed',
  'state.excepted': 'Contradicted, under an exception in force',
  'state.unproved': 'Open: claimed, and nothing in force showed it',
  'state.contradicted': 'Contradicted by evidence, without an exception',
  'state.not-claimed': 'Not claimed',
  'state.unrecorded': 'No answer on record',
  'gap.unproved': '{days, plural, one {# day open} other {# days open}}',
  'gap.contradicted': '{days, plural, one {# day contradicted} other {# days contradicted}}',
  'gap.excepted': '{days, plural, one {# day excepted} other {# days excepted}}',
  'gap.none': 'no gap',
  'gap.not-claimed': 'not claimed',
  'gap.unanswered': 'not answered',

  'answers.title': 'Answers',
  'answers.lead':
    'Questions as the form asks them. E and F numbers point to the evidence and the facts in the appendices.',
  'answers.asked': 'Question and answer',
  'answers.evidence': 'What the evidence says',
  'answers.explanation': '“{explanation}”',
} as const
