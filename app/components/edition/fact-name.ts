/** What gates call a fact: its label in the dictionary. */
import { findFactEntry } from '#evidence/facts.ts'

export const factName = (key: string) => findFactEntry(key)?.label ?? key
