/** What may reach a terminal: texts of strangers' files must neither steer it nor show a line in another order. */

const STEERING = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu

export function withoutControls(line: string): string {
  return line.replace(STEERING, ' ')
}

/** JSON that a terminal may show: the escapes that JSON leaves to choice are made, and nothing is lost. */
export function printableJson(value: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  const lines = JSON.stringify(value, null, 2).split('\n')
  return `${lines.map((line) => line.replace(STEERING, escaped)).join('\n')}\n`
}

const OPENING_FAULTS: Record<string, string> = {
  ENOENT: 'There is no such file.',
  EACCES: 'This file may not be read by you.',
  EISDIR: 'This is a folder. Name a file.',
}

export function explainUnread(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  return OPENING_FAULTS[code] ?? `The file could not be read: ${message}`
}
