/** The name under which an uploaded file is shown and handed out again; the store never uses it. */

const LONGEST = 200
// Control characters cannot be stored, and direction marks make "fdp.exe" read as "exe.pdf".
const INVISIBLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** The last part of a path of any system, on one line, 200 characters at most with its ending kept. */
export function tidyFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const characters = [...last.replace(INVISIBLE, '').trim()]
  if (characters.length === 0 || last === '.' || last === '..') return 'unnamed'
  if (characters.length <= LONGEST) return characters.join('')
  const ending = /\.[a-z0-9]{1,10}$/i.exec(last)?.[0] ?? ''
  return characters.slice(0, LONGEST - ending.length).join('') + ending
}
