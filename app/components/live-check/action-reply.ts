/** What the page's action answers, and what of it a form shows. */

export type ActionReply =
  | { outcome: string }
  | { refusal: { code: string; message: string } }
  | { fieldErrors: Record<string, string> }

export function errorsOf(reply: ActionReply | undefined): {
  fields: Record<string, string>
  sentence?: string
} {
  if (reply && 'fieldErrors' in reply) return { fields: reply.fieldErrors }
  return { fields: {}, sentence: reply && 'refusal' in reply ? reply.refusal.message : undefined }
}
