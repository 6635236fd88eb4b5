/** What can have become of a signed answer, the gravest first; an answer carries every mark that holds. */
export const MARKS = [
  'contradicted',
  'changed',
  'evidence-expired',
  'weakened',
  'supported-newly',
  'unchanged',
] as const
export type Mark = (typeof MARKS)[number]
