/** A ledger as a file: NDJSON, one record a line, readable while it streams (docs/ledger.md is its description). */
import { z } from 'zod'
import { SealedCheckpoint } from './checkpoint.ts'
import type { LedgerEntry } from './ledger.ts'

const TYPE = 'https://attested.example/ledger-export/v1'

const Header = z.strictObject({
  type: z.literal(TYPE),
  organisationId: z.uuid(),
  organisationName: z.string(),
  exportedAt: z.iso.datetime(),
})
export type ExportHeader = Omit<z.infer<typeof Header>, 'type'>

const End = z.strictObject({ end: z.strictObject({ entries: z.int().min(0), checkpoints: z.int().min(0) }) })
const CheckpointLine = z.strictObject({ checkpoint: SealedCheckpoint })

export type ExportLine =
  | { entry: LedgerEntry }
  | { checkpoint: SealedCheckpoint }
  | { end: { entries: number; checkpoints: number } }

export const writeHeader = (header: ExportHeader) => `${JSON.stringify({ type: TYPE, ...header })}\n`

export function writeLine(line: ExportLine): string {
  if (!('entry' in line)) return `${JSON.stringify(line)}\n`
  const { organisationId, sequence, previousHash, kind, payload, actor, at, hash } = line.entry
  return `${JSON.stringify({
    entry: { organisationId, sequence, previousHash, kind, payload, actor, at, hash },
  })}\n`
}

/** @returns null for what is not the first line of an export */
export function readHeader(line: string): ExportHeader | null {
  const parsed = Header.safeParse(parse(line))
  if (!parsed.success) return null
  const { type: _type, ...header } = parsed.data
  return header
}

/** @returns null for what is no line of an export */
export function readLine(line: string): ExportLine | null {
  const value = parse(line)
  if (typeof value !== 'object' || value === null) return null
  if ('entry' in value)
    return Object.keys(value).length === 1 && isEntry(value.entry) ? { entry: value.entry } : null
  return CheckpointLine.safeParse(value).data ?? End.safeParse(value).data ?? null
}

const TEXTS = ['organisationId', 'previousHash', 'kind', 'payload', 'actor', 'at', 'hash'] as const

// By hand: there may be a million.
function isEntry(value: unknown): value is LedgerEntry {
  if (typeof value !== 'object' || value === null) return false
  const entry = value as Record<string, unknown>
  return (
    Object.keys(entry).length === TEXTS.length + 1 &&
    Number.isSafeInteger(entry.sequence) &&
    TEXTS.every((name) => typeof entry[name] === 'string')
  )
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
