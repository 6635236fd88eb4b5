/** Words of forms and questions brought to one form, so that "2FA" and "multi-factor authentication" meet. */
import { fold } from './workbook-values.ts'

/** Each to the word that stands for all of them. The field's terms, longest first within a group. */
const PHRASES: [pattern: RegExp, word: string][] = [
  [/\b(multi[- ]?factor|two[- ]?factor|2[- ]?factor)( authentication)?\b|\b[2m]fa\b/g, ' mfa '],
  [/\bendpoint detection (and|&) response\b/g, ' edr '],
  [/\bremote desktop( protocol| services?)?\b/g, ' rdp '],
  [/\bvirtual private network\b/g, ' vpn '],
  [/\bincident response plan\b|\birp\b/g, ' incident response plan '],
  [/\be-? ?mails?\b|\bmailbox(es)?\b/g, ' email '],
  [/\bback[- ]?ups?\b|\bbacked up\b/g, ' backup '],
  [/\bweb ?sites?\b|\burls?\b|\bdomains?\b/g, ' domain '],
  [/\b(employees?|staff|headcount|workforce|persons?|fte)\b/g, ' people '],
  [/\b(turnover|sales|gross receipts)\b/g, ' revenue '],
  [/\b(personally identifiable information|pii|personal (data|information))\b/g, ' personal information '],
  [/\b(penetration test(s|ing)?|pen ?tests?)\b/g, ' pentest '],
  [/\b(security )?awareness training\b/g, ' training '],
  [/\b(privileged|admin|administrator|administrative)s?\b/g, ' administrator '],
  [/\b(breach(es)?|cyber ?attacks?)\b/g, ' incident '],
  [/\bpatch(es|ing|ed)?\b/g, ' update '],
  [/\b(requires?|required|enforced?|mandatory|demands?|demanded)\b/g, ' demand '],
  [/\b(wire|funds?) transfers?\b/g, ' transfer payment '],
]

/** Words that forms are full of and that tell nothing. */
const EMPTY = new Set(
  'a an the of to in on at by for from with and or is are was were be been do does did has have had you your yours our their its it this that these those any all each every please indicate check box tick if so yes no which what when how who whom where many much there applicant applicants company organisation organization insured business used use uses using own not other than as can may will shall before after into access form field page section question'.split(
    ' ',
  ),
)

/** Telling words in order, each once. */
export function tellingWords(text: string): string[] {
  let folded = ` ${fold(text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/[_’']/g, ' '))} `
  for (const [pattern, word] of PHRASES) folded = folded.replace(pattern, word)
  const words = folded.match(/[\p{L}\p{N}]+/gu) ?? []
  return [...new Set(words.filter((word) => word.length > 1 && !EMPTY.has(word)).map(stem))].filter(
    (word) => !/^\d+$/.test(word),
  )
}

/** Endings off, no more than English plurals and participles need. */
function stem(word: string): string {
  if (word.length < 5) return word.replace(/([^s])s$/, '$1')
  return word
    .replace(/(ss|us|is)$/, '$1_')
    .replace(/ies$/, 'y')
    .replace(/(s|ed|ing|ion|ions|e|es|ment|ly)$/, '')
    .replace(/_$/, '')
}
