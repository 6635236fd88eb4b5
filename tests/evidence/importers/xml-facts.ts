import type { ReadWhole } from './read-all.ts'

/** `key → value completeness`, for assertions on one line each. */
export const factsOf = ({ summary }: ReadWhole): Record<string, string> =>
  Object.fromEntries(summary.facts.map(({ key, value, completeness }) => [key, `${value} ${completeness}`]))
