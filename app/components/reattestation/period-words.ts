/** A period by its length, as a button names it. */
const NUMBERS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven']
const NAMED: Record<number, string> = { 1: 'this month', 3: 'this quarter', 12: 'this year' }

/** @example "this quarter", "these six months" */
export const periodWords = (months: number): string =>
  NAMED[months] ?? `these ${NUMBERS[months - 2] ?? months} months`
