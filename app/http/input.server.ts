/** Parses what a browser sends: ids, forms and JSON, each with field errors a form can show. */
import type { z } from 'zod'
import { errorReply, nothingHere } from './error-reply.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** An id out of the path. @throws 404 for what is no id, as for one that is not yours. */
export function idParam(value: string | undefined): string {
  if (!value || !UUID.test(value)) throw nothingHere()
  return value
}

export type FieldErrors = Record<string, string>
export type Parsed<T> = { ok: true; input: T } | { ok: false; fieldErrors: FieldErrors }

export function parseWith<S extends z.ZodType>(schema: S, value: unknown): Parsed<z.output<S>> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, input: parsed.data }
  const fieldErrors: FieldErrors = {}
  for (const issue of parsed.error.issues) fieldErrors[issue.path.join('.') || 'form'] ??= issue.message
  return { ok: false, fieldErrors }
}

/** Form fields by name; a name that ends in `[]` collects a list. Empty strings stay empty strings. */
export function formValues(form: FormData): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const name of new Set(form.keys())) {
    if (name.endsWith('[]')) values[name.slice(0, -2)] = form.getAll(name).map(withoutNul)
    else values[name] = withoutNul(form.get(name))
  }
  return values
}

/**
 * The items of a list whose fields are named `list.0.name`; a name that comes more than once is a list of its own.
 * Gaps in the numbers are closed, so that a number that somebody made up asks for no memory.
 */
export function listValues(form: FormData, list: string): Record<string, unknown>[] {
  const items = new Map<string, Record<string, unknown>>()
  for (const name of new Set(form.keys())) {
    const [, index, field] = new RegExp(`^${list}\\.(\\d{1,6})\\.(\\w+)$`).exec(name) ?? []
    if (index === undefined || field === undefined) continue
    const values = form.getAll(name).map(withoutNul)
    items.set(index, { ...items.get(index), [field]: values.length === 1 ? values[0] : values })
  }
  return [...items].sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => item)
}

/** No keyboard types it and no text column of PostgreSQL holds it. */
function withoutNul<T>(value: T): T | string {
  return typeof value === 'string' ? value.replaceAll('\0', '') : value
}

/** @throws 400 for a body that is no form. */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData()
  } catch {
    throw errorReply('The request is not a form. Reload the page and try again.', 400)
  }
}

/** @throws 400 for a body that is no JSON. */
export async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch {
    throw errorReply('The request is not valid JSON. Reload the page and try again.', 400)
  }
}
