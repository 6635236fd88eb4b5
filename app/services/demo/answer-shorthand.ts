/** Short ways to write answers, for the demo workspace. */
import type { Answer } from '#questionnaires/answers.ts'

export const yes: Answer = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } }
export const no = (explanation: string): Answer => ({
  state: 'answered',
  value: { kind: 'yes-no', choice: 'no' },
  explanation,
})
export const pick = (choice: string, explanation?: string): Answer => ({
  state: 'answered',
  value: { kind: 'single-choice', choice },
  explanation,
})
export const band = (choice: string): Answer => ({ state: 'answered', value: { kind: 'band', choice } })
export const many = (...choices: string[]): Answer => ({
  state: 'answered',
  value: { kind: 'multiple-choice', choices },
})
export const count = (number: number): Answer => ({ state: 'answered', value: { kind: 'number', number } })
export const share = (covered: number, total: number): Answer => ({
  state: 'answered',
  value: { kind: 'percent', covered, total },
})
/** Whole US dollars. */
export const dollars = (amount: number): Answer => ({
  state: 'answered',
  value: { kind: 'currency', amountMinor: amount * 100, currency: 'USD' },
})
export const day = (date: string): Answer => ({ state: 'answered', value: { kind: 'date', date } })
export const product = (name: string): Answer => ({
  state: 'answered',
  value: { kind: 'product', product: name },
})
export const words = (text: string): Answer => ({ state: 'answered', value: { kind: 'text', text } })
export const unknown = (owner: string, dueOn: string): Answer => ({
  state: 'dont-know',
  gap: { owner, dueOn },
})
