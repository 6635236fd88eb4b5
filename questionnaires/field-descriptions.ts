/** What the fields of a definition mean, in the words that an editor shows to whoever writes a form. */

/** By the part of the schema and the field; fields that say it by their names are left out. */
export const FIELD_DESCRIPTIONS: Readonly<Record<string, string>> = {
  'Edition.schema': 'The layout of this file: 1.',
  'Edition.code': 'The same for every edition of the form: core-cyber.',
  'Edition.edition': 'A number in quotes, such as "2" or "2.1". A published edition never changes.',
  'Edition.follows': 'The edition that this one replaces; "formerly" names its questions.',
  'Edition.publishedOn': 'The day of publication: 2026-11-24.',
  'Edition.effectiveOn':
    'The first day on which the insurer takes it; its day of publication where left out.',
  'Edition.eligibility': 'Whom the form is for, by circumstances alone, and what to do when it does not fit.',
  'Edition.coverages': 'Covers that can be asked for; conditions test them with "circumstance: coverage".',
  'Edition.blankMeans': 'What a yes/no question left blank says.',
  'Edition.terms': 'Words with a fixed meaning; a new meaning changes every question that names the term.',
  'Declaration.signerRoles': 'Who may sign for the insured.',
  'Declaration.maximumAgeDays': 'Days that a signature may be old when cover begins.',
  'Declaration.minimumSigners': 'How many of the signer roles must sign.',
  'Declaration.basis': 'How much the signer vouches for.',
  'Declaration.dutyToUpdate': 'Changes between signature and the start of cover must be told.',
  'Declaration.notices': 'Fraud and other notices that a jurisdiction demands.',
  'Question.id':
    'Lower-case words joined by hyphens. Keep it in later editions as long as the question means the same.',
  'Question.help': 'What the words mean for this question, and what does not count.',
  'Question.terms': 'Terms of the form on which the meaning rests.',
  'Question.requiredFrom': 'The question may be left open before this day.',
  'Question.when': 'When the question applies; always where left out.',
  'Question.control': 'The control of the catalogue that the answer speaks about.',
  'Question.scope': 'The access path or population that is covered, in words.',
  'Question.canonical':
    "How the answer and the client's answer bank speak to each other, so that other forms can use it.",
  'Question.topic': "What the answer is about. The question's control where left out.",
  'Question.fact': 'The fact of a scan or export from which an answer can be proposed.',
  'Question.yesFrom': 'Claims from which "yes" follows, beside the one it makes itself.',
  'Question.yesFromPercent': 'The share in percent from which "yes" follows; all where left out.',
  'Question.threshold':
    'The limit that the prompt states, as data, so that a stricter edition is seen to be stricter.',
  'Question.unit':
    'Of a threshold: days, hours, months, percent, people, or a currency code. Of a number: any word.',
  'Question.formerly':
    'Questions of the edition before under whose ids this one was asked. Its own id where left out.',
  'Question.explain': 'Answers that need an explanation. A "no" always does.',
  'Question.reference': "The form's own number, and the carrier's document where it is another one.",
  'Question.sometimes': 'Offers "sometimes" between yes and no.',
  'Question.notApplicable': 'Offers "not applicable".',
  'Question.yesOnly': 'Only "yes" can be chosen; needs "blankMeans: no".',
  'Question.claims':
    'What each choice claims about the control, where "yes" says more than that it is in place.',
  'Question.ordered': 'The options stand from best to worst.',
  'Question.measure': 'What the options\' "atLeast" and "below" count.',
  'Question.whole': 'Only whole numbers.',
  'Question.population': 'What is counted: the answer gives how many of them, and of how many.',
  'Question.past': 'Only days that have passed.',
  'Question.evidenceKinds': 'Evidence kinds of the catalogue that fit; any where left out.',
  'Option.claim': "The control's claim that this option makes; its own id where left out.",
  'Option.derivedFrom': 'Further claims from which this option follows: daily for "at least weekly".',
  'Option.exclusive': 'In a multiple choice: cannot be combined with another option.',
  'Option.describe': 'Whoever chooses this writes down what it is.',
  'Option.atLeast': 'In a band: from this number on.',
  'Option.below': 'In a band: below this number.',
  'Condition.is': 'One answer or several; dont-know may be named for every kind of question.',
  'Condition.includes': 'The option that is ticked, or the cover that is asked for.',
  'Condition.atLeast':
    'A number, a percentage from 0 to 100, or an amount in the smallest coin of the currency.',
  'Condition.circumstance': 'What is known about the application itself.',
  'Condition.fact': 'What a scan or export shows now; a missing fact decides nothing.',
  'Condition.not': 'What is hidden, unanswered or not known decides nothing here either.',
}
