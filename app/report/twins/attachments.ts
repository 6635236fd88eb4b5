/** What travels inside a report: the statement and its twins, each under one name and of one kind. */
import type { Statement } from '../statement.ts'
import { canonicalStatement } from '../statement.ts'
import { assessmentResults } from './oscal.ts'

/** In the order of their names, which is the order of the PDF's name tree. */
export const ATTACHMENTS = [
  {
    id: 'oscal',
    name: 'oscal-assessment-results.json',
    mediaType: 'application/json',
    /** ISO 32000-2 §7.11.3: the same content in another form. */
    relationship: 'Alternative',
    description: 'What this report states, as OSCAL assessment results',
  },
  {
    id: 'envelope',
    name: 'readiness.dsse.json',
    mediaType: 'application/vnd.in-toto.readiness+dsse',
    relationship: 'Supplement',
    description: 'The statement and each piece of evidence by hash, signed by the technical contributor',
  },
  {
    id: 'statement',
    name: 'statement.json',
    mediaType: 'application/json',
    /** What the pages were drawn from. */
    relationship: 'Data',
    description: 'What this report states, for machines',
  },
] as const

export type AttachmentId = (typeof ATTACHMENTS)[number]['id']
export type AttachedTexts = Record<AttachmentId, string>

/** @param envelope over the same statement */
export function attachedTexts(statement: Statement, envelope: string): AttachedTexts {
  return {
    statement: canonicalStatement(statement),
    oscal: assessmentResults(statement),
    envelope,
  }
}
