/** What one column of a table can be. */

export interface Target {
  label: string
  /** The header under which the importer of such rows knows the column. */
  canonical: string
  required?: boolean
  /** Words of headers that mean it, folded: no spaces, no capitals. The longer the likelier. */
  words: readonly string[]
  /** What the cells look like, where the header says too little. */
  cells?: RegExp
}

export type Targets = Record<string, Target>

export const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/
export const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
