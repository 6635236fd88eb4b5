/** Values of unknown shape: what is not there, or of another type, is null. */
import type { Json } from './json-reader.ts'

export const asObject = (value: Json | undefined): { [name: string]: Json } | null =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null
export const asList = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : [])
export const asText = (value: Json | undefined): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null
export const asNumber = (value: Json | undefined): number | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string' || value.trim() === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}
/** `true` and `"True"`; null for what is neither yes nor no. */
export const asFlag = (value: Json | undefined): boolean | null => {
  if (typeof value === 'boolean') return value
  const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
  return word === 'true' || word === 'yes' ? true : word === 'false' || word === 'no' ? false : null
}
