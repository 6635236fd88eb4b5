/** What is wrong with a text that is no YAML, in the words of somebody who writes forms and not parsers. */
import type { YAMLError } from 'yaml'

interface Wording {
  code: YAMLError['code']
  /** Where one code stands for several slips, what the library says tells them apart. */
  says?: RegExp
  sentence: string
}

const NO_REFERENCES =
  '"&" and "*" at the beginning of a value stand for other values, which forms do not use. Write the value out, or put it in quotes.'
const NO_TYPES =
  '"!" at the beginning of a value names a type, which forms do not use. Remove it, or put the value in quotes.'

/** The first that fits is said. */
const WORDINGS: readonly Wording[] = [
  {
    code: 'MISSING_CHAR',
    says: /closing/,
    sentence: 'A quotation mark is opened here and not closed. Add it where the text ends.',
  },
  {
    code: 'MISSING_CHAR',
    says: /end with a|expected .*[\]}]/i,
    sentence: 'A bracket is opened and not closed. Add "]" or "}" where the list or the object ends.',
  },
  {
    code: 'MISSING_CHAR',
    says: /Missing ,/,
    sentence: 'A comma is missing between two values in brackets. Add it before this one.',
  },
  {
    code: 'MISSING_CHAR',
    says: /followed by map values/,
    sentence: 'This line names a field without a colon. Write the field, a colon, a space and its value.',
  },
  {
    code: 'MISSING_CHAR',
    says: /space after :/,
    sentence: 'A space is missing behind a colon. Add it.',
  },
  {
    code: 'MISSING_CHAR',
    says: /without - indicator/,
    sentence: 'This line stands in a list and does not begin with "- ". Add it, or indent the line further.',
  },
  {
    code: 'MISSING_CHAR',
    says: /Comments/,
    sentence: 'A space is missing before "#". Add it for a remark, or put the text in quotes.',
  },
  {
    code: 'MISSING_CHAR',
    sentence: 'Something is missing here: a colon, a comma, a space, a quotation mark or a bracket. Add it.',
  },
  {
    code: 'BAD_INDENT',
    says: /flow|end with a/i,
    sentence:
      'A bracket is opened before this line and not closed, or its lines are not indented far enough. Close it with "]" or "}".',
  },
  {
    code: 'BAD_INDENT',
    sentence:
      'This line does not line up with the lines it belongs to. Indent it with as many spaces as they have.',
  },
  { code: 'TAB_AS_INDENT', sentence: 'This line is indented with a tab. Use spaces.' },
  {
    code: 'BLOCK_AS_IMPLICIT_KEY',
    sentence:
      'Behind a colon stands a field with a colon of its own. Put the text behind the first colon in quotes, or line the next line up with this one.',
  },
  {
    code: 'MULTILINE_IMPLICIT_KEY',
    says: /flow/,
    sentence: 'A comma is missing at the end of this line. Add it.',
  },
  {
    code: 'MULTILINE_IMPLICIT_KEY',
    sentence:
      'A field has to stand on one line with its colon. Look for a colon or a quotation mark that is missing here.',
  },
  {
    code: 'BLOCK_IN_FLOW',
    sentence: 'Inside brackets, a comma or a closing bracket is missing behind this value. Add it.',
  },
  {
    code: 'DUPLICATE_KEY',
    sentence: 'This field is given a second time in the same place. Keep one of the two.',
  },
  {
    code: 'BAD_SCALAR_START',
    sentence: 'A value cannot begin with this character. Put the value in quotes.',
  },
  {
    code: 'BAD_DQ_ESCAPE',
    sentence:
      'A backslash in double quotes has a meaning of its own. Write two of them, or use single quotes.',
  },
  {
    code: 'BAD_DIRECTIVE',
    sentence: 'A line cannot begin with "%". Remove it, or put the text in quotes.',
  },
  {
    code: 'MULTIPLE_DOCS',
    sentence: 'A second document starts here. Keep one form a file.',
  },
  { code: 'NON_STRING_KEY', sentence: 'Use plain words as keys.' },
  {
    code: 'KEY_OVER_1024_CHARS',
    sentence:
      'The name of a field is far too long. Look for a line break or a quotation mark that is missing.',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    sentence:
      'This does not belong here. Look for a quotation mark, a bracket or a comma too many or too few, here or on the line before.',
  },
  { code: 'BAD_ALIAS', sentence: NO_REFERENCES },
  { code: 'ALIAS_PROPS', sentence: NO_REFERENCES },
  { code: 'MULTIPLE_ANCHORS', sentence: NO_REFERENCES },
  { code: 'BAD_PROP_ORDER', sentence: NO_TYPES },
  { code: 'MULTIPLE_TAGS', sentence: NO_TYPES },
  { code: 'TAG_RESOLVE_FAILED', sentence: NO_TYPES },
  { code: 'BAD_COLLECTION_TYPE', sentence: NO_TYPES },
]

/** One line; a code that is not listed is said in the library's words. */
export function sentenceFor({ code, message }: Pick<YAMLError, 'code' | 'message'>): string {
  const wording = WORDINGS.find((known) => known.code === code && (known.says?.test(message) ?? true))
  return wording?.sentence ?? asSentence(message)
}

function asSentence(message: string): string {
  const [first = ''] = message.split('\n')
  return /[.!?]$/.test(first) ? first : `${first}.`
}
