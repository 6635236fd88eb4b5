/** Reads a policy's form: its fields, and its lists without the rows in which nothing was entered. */
import { POLICY_LISTS, type PolicyList } from '#app/services/policy-input.ts'
import { formValues, listValues } from './input.server.ts'

/** Chosen from the start, so they say nothing about whether a row was filled in. */
const PRESET = ['unit', 'role']

export function policyValues(form: FormData): Record<string, unknown> {
  const lists = (Object.keys(POLICY_LISTS) as PolicyList[]).map((list) => [
    list,
    listValues(form, list).filter((row) =>
      Object.entries(row).some(([name, value]) => !PRESET.includes(name) && value !== ''),
    ),
  ])
  return { ...formValues(form), ...Object.fromEntries(lists) }
}
