/** An insurer's own form: its fields as they were found, which answer goes into which, and what was filled at last. */
import { z } from 'zod'

/** `list` may take several choices; a `cell` is free, a cell with a list to choose from is a `dropdown`. */
const FIELD_KINDS = [
  'text',
  'checkbox',
  'radio',
  'dropdown',
  'list',
  'signature',
  'button',
  'cell',
  'other',
] as const

/** Longer than any real form; what lies beyond is no form. */
export const MOST_FIELDS = 5000
export const MOST_OPTIONS = 500

export const DocumentField = z.object({
  /** Unique within the document; a cell's is `Sheet!B4`. */
  name: z.string().min(1).max(1000),
  /** What people read beside it; empty where there is nothing. */
  label: z.string().max(400),
  kind: z.enum(FIELD_KINDS),
  readOnly: z.boolean(),
  /** What can be chosen, as people see it. A single tick box has none. */
  options: z.array(z.string().max(300)).max(MOST_OPTIONS),
  maxLength: z.number().int().positive().optional(),
  /** How the form itself wants dates: `mm/dd/yyyy`. */
  dateFormat: z.string().max(20).optional(),
  /** The form formats or computes with it: digits only. */
  wantsNumber: z.boolean().optional(),
  place: z.union([
    z.object({ page: z.number().int().positive() }),
    z.object({ sheet: z.string(), cell: z.string() }),
  ]),
})
export type DocumentField = z.infer<typeof DocumentField>

export const DocumentReading = z.object({
  kind: z.enum(['pdf', 'xlsx']),
  /** Pages of a PDF, sheets of a workbook. */
  pages: z.number().int().nonnegative(),
  notices: z.array(z.string()),
  fields: z.array(DocumentField).max(MOST_FIELDS),
})
export type DocumentReading = z.infer<typeof DocumentReading>

export const CLIENT_PARTS = [
  'client:legalName',
  'client:tradingName',
  'client:headcount',
  'client:annualRevenue',
  'client:domains',
  'client:contactName',
  'client:contactTitle',
  'client:contactEmail',
  'today',
] as const

const Token = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)

/** Parts of an answer: `choice:yes` is ticked for that choice, `row:2:region` is one cell of a table. */
export const MappingPart = z.union([
  z.enum(['answer', 'covered', 'total', 'percent', 'date', 'description', 'explanation', ...CLIENT_PARTS]),
  z.templateLiteral(['choice:', Token]),
  z.templateLiteral(['row:', z.number().int().positive(), ':', Token]),
])
export type MappingPart = z.infer<typeof MappingPart>

export const FieldMapping = z.object({
  field: z.string().min(1).max(1000),
  /** Empty for the client's parts and today's date. */
  questionId: z.string().max(200),
  part: MappingPart,
  /** For fields with choices: the field's choice by the answer's token. A token that is absent goes by its label. */
  values: z.record(z.string().max(200), z.string().max(300)).optional(),
})
export type FieldMapping = z.infer<typeof FieldMapping>

export const DocumentMapping = z.array(FieldMapping).max(MOST_FIELDS)
export type DocumentMapping = z.infer<typeof DocumentMapping>

export type LeftEmptyReason =
  | 'signature'
  | 'unmapped'
  /** No confirmed answer, "I don't know", or a choice that was not made. */
  | 'no-answer'
  | 'hidden-question'
  | 'read-only'
  /** Too long, a choice that the field lacks, or letters that cannot be set. */
  | 'does-not-fit'

/** Reasons for which a field is not ours to change: whatever the insurer's file holds in it stays. */
export type KeptReason = Extract<LeftEmptyReason, 'unmapped' | 'read-only' | 'signature'>

export function isKeptFor(why: LeftEmptyReason): why is KeptReason {
  return why === 'unmapped' || why === 'read-only' || why === 'signature'
}

interface NamedField {
  field: string
  label: string
}

/** Every field of the reading stands in one of the three lists. */
export interface FilledDocument {
  filled: (NamedField & { text: string })[]
  /** `removed`: what the insurer's file held there, although no answer supports it. */
  leftEmpty: (NamedField & { why: LeftEmptyReason; removed?: string })[]
  kept: (NamedField & { why: KeptReason; value: string })[]
  notices: string[]
}

/** What a form may be told about the named insured. */
export interface DocumentClient {
  legalName: string
  tradingName: string | null
  headcount: number | null
  annualRevenueMinor: number | null
  currency: string
  domains: readonly string[]
  contactName: string | null
  contactEmail: string | null
  contactTitle: string | null
}

export type DocumentErrorCode =
  /** Neither a PDF nor a workbook. */
  | 'not-a-form'
  /** No fields that could be filled. */
  | 'flat'
  | 'password'
  /** Its fields live in XFA alone, which only Adobe's programs draw. */
  | 'xfa'
  /** Signed: whatever is filled in breaks the signature. */
  | 'signed'
  /** Its author forbids filling. */
  | 'forbidden'
  | 'damaged'
  | 'too-large'
  | 'timeout'

/** The message is a sentence that says what to do next. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError'

  constructor(
    readonly code: DocumentErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
