/** The columns of a form written as a spreadsheet: what each is called, where it goes in an edition, and what it holds. */
import { Edition, Question, type QuestionKind } from '#questionnaires/definition.ts'

export type FieldType =
  /** An id, a code or a key: spaces around it say nothing. */
  | 'word'
  | 'words'
  /** Taken letter by letter. */
  | 'text'
  | 'number'
  | 'date'
  | 'yes-no'
  | 'condition'

export interface Field {
  heading: string
  /** From the row's object to the value. */
  path: readonly string[]
  type: FieldType
  /** For its author: what to write and when. */
  note: string
  /** The only words that can stand here. */
  oneOf?: readonly string[]
  /** Kinds of question that have it; all where absent. */
  kinds?: readonly QuestionKind[]
  width?: number
}

const field = (
  heading: string,
  path: string,
  type: FieldType,
  note: string,
  more: Partial<Field> = {},
): Field => ({
  heading,
  path: path.split('.'),
  type,
  note,
  ...more,
})

const ID = 'Lower-case words joined by hyphens. It stays when the words change.'
const wide = { width: 48 }

export const SHEETS = {
  form: 'Form',
  coverages: 'Coverages',
  terms: 'Terms',
  signers: 'Signers',
  notices: 'Notices',
  sections: 'Sections',
  questions: 'Questions',
  options: 'Options',
  columns: 'Columns',
  columnOptions: 'Column options',
  suggestions: 'Suggestions',
} as const
export type SheetKey = keyof typeof SHEETS

/** One a row on the sheet Form. */
export const FORM_FIELDS: readonly Field[] = [
  field('Code', 'form.code', 'word', `Names the form in every edition. ${ID}`),
  field('Title', 'form.title', 'text', 'As people see it.'),
  field('Issuer', 'form.issuer', 'text', 'The insurer or broker whose form it is.'),
  field('Kind of form', 'form.kind', 'word', 'What the form is for.', {
    oneOf: Edition.shape.form.shape.kind.unwrap().options,
  }),
  field('Edition', 'edition', 'word', 'A number such as 2 or 2.1.'),
  field('Follows', 'follows', 'word', 'The edition that this one replaces, if any.'),
  field('Published on', 'publishedOn', 'date', 'Year-month-day.'),
  field(
    'Effective on',
    'effectiveOn',
    'date',
    'The first day on which the insurer takes it. Empty: when published.',
  ),
  field('Summary', 'summary', 'text', 'One or two sentences.'),
  field(
    'For whom',
    'eligibility.when',
    'condition',
    'A condition on revenue, headcount, class, renewal or coverage.',
  ),
  field('Otherwise', 'eligibility.otherwise', 'text', 'What those should do for whom it is not.'),
  field('A blank says', 'blankMeans', 'word', 'What a yes/no question left blank says.', {
    oneOf: Edition.shape.blankMeans.unwrap().options,
  }),
  field('Declaration', 'declaration.text', 'text', 'What the signer declares.'),
  field(
    'Signature holds days',
    'declaration.maximumAgeDays',
    'number',
    'How old a signature may be when cover begins.',
  ),
  field(
    'Signers needed',
    'declaration.minimumSigners',
    'number',
    'How many of the signers must sign: 1 to 5.',
  ),
  field('Basis', 'declaration.basis', 'word', 'How much the signer vouches for.', {
    oneOf: Edition.shape.declaration.shape.basis.unwrap().options,
  }),
  field(
    'Duty to update',
    'declaration.dutyToUpdate',
    'yes-no',
    'Whether changes before cover begins must be told.',
  ),
]

const QUESTION_KINDS = Question.options.map((option) => option.shape.kind.value)
const CHOICES: readonly QuestionKind[] = ['single-choice', 'multiple-choice', 'band']
export const KINDS_WITH_OPTIONS = CHOICES
const only = (...kinds: QuestionKind[]) => ({ kinds })

export const QUESTION_FIELDS: readonly Field[] = [
  field('Id', 'id', 'word', ID, { width: 24 }),
  field('Kind', 'kind', 'word', 'How it is answered.', { oneOf: QUESTION_KINDS, width: 16 }),
  field('Item', 'reference.item', 'text', "The form's own number."),
  field('Question', 'prompt', 'text', 'In your own words.', wide),
  field('Help', 'help', 'text', 'What counts and what does not.', wide),
  field('Terms used', 'terms', 'words', 'Ids from the sheet Terms, with commas between.'),
  field('Required', 'required', 'yes-no', 'Empty: yes.'),
  field('Required from', 'requiredFrom', 'date', 'It may be left open before this day.'),
  field('When', 'when', 'condition', 'Such as: mfa = yes and headcount >= 50. Empty: always.', { width: 36 }),
  field(
    'Explain',
    'explain',
    'words',
    'Answers that need an explanation. A no to a yes-no question always does.',
  ),
  field('Control', 'control', 'word', 'Its id in the catalogue of controls.', { width: 24 }),
  field('Covers', 'scope', 'text', 'The people or machines that the answer is about.', { width: 30 }),
  field('Bank topic', 'canonical.topic', 'word', 'What the answer bank files it under. Empty: the control.'),
  field('Bank scope', 'canonical.scope', 'word', 'Answers meet where topic and scope are equal. Empty: all.'),
  field('Bank fact', 'canonical.fact', 'word', 'The fact from which an answer can be proposed.'),
  field('Yes from claims', 'canonical.yesFrom', 'words', 'Claims from which a yes follows.'),
  field('Yes from percent', 'canonical.yesFromPercent', 'number', 'The share from which a yes follows.'),
  field('Limit', 'threshold.is', 'word', 'A limit that the question states.', {
    oneOf: ['at-most', 'at-least', 'more-than'],
  }),
  field('Limit value', 'threshold.value', 'number', 'Its number.'),
  field('Limit unit', 'threshold.unit', 'text', 'days, hours, months, percent, people or a currency.'),
  field('Formerly', 'formerly', 'words', 'Ids under which the edition before asked this.'),
  field('Document form', 'reference.form', 'text', "Another document's code, if the item is from there."),
  field('Document edition', 'reference.edition', 'text', 'And its edition.'),
  field('Not applicable', 'notApplicable', 'yes-no', 'Offers “not applicable”.', only('yes-no')),
  field('Sometimes', 'sometimes', 'yes-no', 'Offers “sometimes”.', only('yes-no')),
  field('Yes only', 'yesOnly', 'yes-no', 'Only yes can be chosen; a blank says no.', only('yes-no')),
  field(
    'Claim of yes',
    'claims.yes',
    'word',
    'What a yes claims about the control, if more than that.',
    only('yes-no'),
  ),
  field('Claim of no', 'claims.no', 'word', 'What a no claims.', only('yes-no')),
  field('Claim of sometimes', 'claims.sometimes', 'word', 'What a sometimes claims.', only('yes-no')),
  field('Claim of not applicable', 'claims.not-applicable', 'word', 'What it claims.', only('yes-no')),
  field('Ordered', 'ordered', 'yes-no', 'The options stand from best to worst.', only('single-choice')),
  field('Measure', 'measure', 'word', "What the options' bounds count.", {
    ...only('band'),
    oneOf: ['count', 'percent', 'amount'],
  }),
  field('Unit', 'unit', 'text', 'people, devices, % …', only('number')),
  field('Minimum', 'min', 'number', 'The smallest number taken.', only('number')),
  field('Maximum', 'max', 'number', 'The largest.', only('number')),
  field('Whole', 'whole', 'yes-no', 'Only whole numbers.', only('number')),
  field('Population', 'population', 'text', 'What is counted: computers, mailboxes.', only('percent')),
  field('Currency', 'currency', 'word', 'Such as USD.', only('currency')),
  field('Past', 'past', 'yes-no', 'The day may not lie in the future.', only('date')),
  field('Fewest rows', 'minimumRows', 'number', 'Empty: 1.', only('table')),
  field('Most rows', 'maximumRows', 'number', 'Empty: 50.', only('table')),
  field('Longest', 'maxLength', 'number', 'Most characters. Empty: 1000.', only('text')),
  field(
    'Evidence kinds',
    'evidenceKinds',
    'words',
    'Kinds of evidence that fit. Empty: any.',
    only('attachment'),
  ),
  field('Most files', 'maximumFiles', 'number', 'Empty: 5.', only('attachment')),
]

/** Columns that say to which section, question or column a row belongs. */
export const OWNER_HEADINGS = { section: 'Section', question: 'Question id', column: 'Column id' } as const

export const OPTION_FIELDS: readonly Field[] = [
  field('Id', 'id', 'word', ID, { width: 24 }),
  field('Label', 'label', 'text', 'As people see it.', wide),
  field('Claim', 'claim', 'word', 'What it claims about the control. Empty: its id.'),
  field('Derived from', 'derivedFrom', 'words', 'Further claims from which it follows.'),
  field('Exclusive', 'exclusive', 'yes-no', 'Multiple choice: cannot stand with another.'),
  field('Describe', 'describe', 'yes-no', '“Other”: asks what it is.'),
  field('At least', 'atLeast', 'number', 'Band: from this number on.'),
  field('Below', 'below', 'number', 'Band: and below this one.'),
]

export const COLUMN_KINDS = ['text', 'number', 'currency', 'date', 'yes-no', 'choice']

/** Which kinds of column have the field, by heading; all where absent. */
export const COLUMN_FIELD_KINDS: Readonly<Record<string, readonly string[]>> = {
  Longest: ['text'],
  Unit: ['number'],
  Minimum: ['number'],
  Maximum: ['number'],
  Whole: ['number'],
  Currency: ['currency'],
}

export const COLUMN_FIELDS: readonly Field[] = [
  field('Id', 'id', 'word', ID, { width: 24 }),
  field('Label', 'label', 'text', 'The heading of the column.', { width: 36 }),
  field('Kind', 'kind', 'word', 'What its cells hold.', { oneOf: COLUMN_KINDS }),
  field('Required', 'required', 'yes-no', 'Empty: yes.'),
  field('Longest', 'maxLength', 'number', 'Text: most characters. Empty: 200.'),
  field('Unit', 'unit', 'text', 'Number: people, devices, % …'),
  field('Minimum', 'min', 'number', 'Number: the smallest taken.'),
  field('Maximum', 'max', 'number', 'Number: the largest.'),
  field('Whole', 'whole', 'yes-no', 'Number: only whole ones.'),
  field('Currency', 'currency', 'word', 'Currency: such as USD.'),
]

export const SECTION_FIELDS: readonly Field[] = [
  field('Id', 'id', 'word', ID, { width: 24 }),
  field('Title', 'title', 'text', 'As people see it.', { width: 36 }),
  field('Intro', 'intro', 'text', 'What to know before answering.', { width: 60 }),
]

/** Sheets whose rows are nothing but their fields. */
export const PLAIN_FIELDS = {
  coverages: [
    field('Id', 'id', 'word', ID, { width: 24 }),
    field('Label', 'label', 'text', 'The cover as people see it.', wide),
  ],
  terms: [
    field('Id', 'id', 'word', ID, { width: 24 }),
    field('Term', 'term', 'text', 'The word.', { width: 30 }),
    field('Meaning', 'meaning', 'text', 'What it means in this form.', { width: 70 }),
  ],
  signers: [
    field('Id', 'id', 'word', ID, { width: 24 }),
    field('Label', 'label', 'text', 'The role that may sign.', wide),
  ],
  notices: [
    field('Jurisdiction', 'jurisdiction', 'text', 'Where the notice is demanded.', { width: 24 }),
    field('Text', 'text', 'text', 'The notice.', { width: 80 }),
  ],
  columnOptions: [
    field('Id', 'id', 'word', ID, { width: 24 }),
    field('Label', 'label', 'text', 'As people see it.', wide),
  ],
  suggestions: [field('Product', 'product', 'text', 'A product to offer.', wide)],
} satisfies Record<string, readonly Field[]>
