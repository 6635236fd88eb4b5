/** Characters that XML and HTML write by number or by name, read back without losing where they stood. */

const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
// From U+0100 on; a dash where HTML has no name.
const LATIN_EXTENDED =
  'Amacr amacr Abreve abreve Aogon aogon Cacute cacute Ccirc ccirc Cdot cdot Ccaron ccaron Dcaron dcaron Dstrok dstrok Emacr emacr - - Edot edot Eogon eogon Ecaron ecaron Gcirc gcirc Gbreve gbreve Gdot gdot Gcedil - Hcirc hcirc Hstrok hstrok Itilde itilde Imacr imacr - - Iogon iogon Idot imath IJlig ijlig Jcirc jcirc Kcedil kcedil kgreen Lacute lacute Lcedil lcedil Lcaron lcaron Lmidot lmidot Lstrok lstrok Nacute nacute Ncedil ncedil Ncaron ncaron napos ENG eng Omacr omacr - - Odblac odblac OElig oelig Racute racute Rcedil rcedil Rcaron rcaron Sacute sacute Scirc scirc Scedil scedil Scaron scaron Tcedil tcedil Tcaron tcaron Tstrok tstrok Utilde utilde Umacr umacr Ubreve ubreve Uring uring Udblac udblac Uogon uogon Wcirc wcirc Ycirc ycirc Yuml Zacute zacute Zdot zdot Zcaron zcaron'
// 0x80 to 0x9f of windows-1252; a TextDecoder of Node 20 and 22 reads them as control characters.
const WINDOWS =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'
const MARKUP = { amp: '&', lt: '<', gt: '>', quot: '"', AMP: '&', LT: '<', GT: '>', QUOT: '"' }
const PUNCTUATION = {
  apos: "'",
  Tab: '\t',
  NewLine: '\n',
  excl: '!',
  num: '#',
  dollar: '$',
  percnt: '%',
  lpar: '(',
  rpar: ')',
  ast: '*',
  plus: '+',
  comma: ',',
  period: '.',
  sol: '/',
  colon: ':',
  semi: ';',
  equals: '=',
  quest: '?',
  commat: '@',
  lsqb: '[',
  lbrack: '[',
  bsol: '\\',
  rsqb: ']',
  rbrack: ']',
  lowbar: '_',
  lcub: '{',
  verbar: '|',
  vert: '|',
  rcub: '}',
  hyphen: '\u2010',
  dash: '\u2010',
  ndash: '\u2013',
  mdash: '\u2014',
  lsquo: '\u2018',
  rsquo: '\u2019',
  ldquo: '\u201c',
  rdquo: '\u201d',
  ensp: '\u2002',
  emsp: '\u2003',
  thinsp: '\u2009',
}

const numbered = (names: string, first: number) =>
  names.split(' ').map((name, index) => [name, String.fromCharCode(first + index)] as const)
/** Names that a browser reads without their semicolon too. */
const LENIENT = new Map([...numbered(LATIN_1, 0xa0), ...Object.entries(MARKUP)])
const NAMED = new Map([...LENIENT, ...numbered(LATIN_EXTENDED, 0x100), ...Object.entries(PUNCTUATION)])

const REFERENCE = /&(?:#0*(\d{1,7})|#x0*([0-9a-f]{1,6})|([a-z][a-z0-9]{1,15}))(;?)/gi
/** HTML inside XML is escaped twice; beyond this nobody would read it as the character. */
const MOST_ROUNDS = 3

interface Reference {
  /** Where its character stands in the read text, and how long it is there. */
  at: number
  length: number
  /** Where it stands in the source. */
  from: number
  to: number
}

export interface ReadReferences {
  text: string
  /** The part of the source that a part of the text was read from. */
  sourceOf(from: number, to: number): { from: number; to: number }
}

/** @returns null where the source holds no reference that is known */
export function readReferences(source: string): ReadReferences | null {
  const rounds: Reference[][] = []
  let text = source
  while (rounds.length < MOST_ROUNDS) {
    const { read, references } = readOnce(text)
    if (references.length === 0) break
    rounds.unshift(references)
    text = read
  }
  if (rounds.length === 0) return null
  return {
    text,
    sourceOf: (from, to) =>
      rounds.reduce(
        (part, references) => ({
          from: placeOf(references, part.from).from,
          // The end of the last character, and not the beginning of whatever follows it.
          to: placeOf(references, part.to - 1).to,
        }),
        { from, to },
      ),
  }
}

function readOnce(source: string) {
  const references: Reference[] = []
  const parts: string[] = []
  let length = 0
  let done = 0
  for (const match of source.matchAll(REFERENCE)) {
    const found = characterOf(match)
    if (!found) continue
    const from = match.index
    const to = from + found.size
    parts.push(source.slice(done, from), found.character)
    length += from - done
    references.push({ at: length, length: found.character.length, from, to })
    length += found.character.length
    done = to
  }
  parts.push(source.slice(done))
  return { read: parts.join(''), references }
}

function characterOf([whole, decimal, hex, name, end]: RegExpExecArray) {
  if (name === undefined)
    return {
      character: numberedCharacter(decimal ? Number(decimal) : Number(`0x${hex}`)),
      size: whole.length,
    }
  const character = end ? NAMED.get(name) : undefined
  if (character !== undefined) return { character, size: whole.length }
  for (let length = Math.min(name.length, 6); length >= 2; length -= 1) {
    const lenient = LENIENT.get(name.slice(0, length))
    if (lenient !== undefined) return { character: lenient, size: length + 1 }
  }
  return null
}

/** As HTML reads it: 128 to 159 are those of Windows, and what is no character is a sign for that. */
function numberedCharacter(code: number): string {
  if (code >= 0x80 && code < 0xa0) return WINDOWS[code - 0x80] as string
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
  return isCharacter ? String.fromCodePoint(code) : '\ufffd'
}

/** The part of the source that the character at a place of the read text came from. */
function placeOf(references: readonly Reference[], at: number): { from: number; to: number } {
  let low = 0
  let high = references.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((references[middle] as Reference).at <= at) low = middle + 1
    else high = middle
  }
  const last = references[low - 1]
  if (!last) return { from: at, to: at + 1 }
  if (at < last.at + last.length) return { from: last.from, to: last.to }
  const from = last.to + at - last.at - last.length
  return { from, to: from + 1 }
}
