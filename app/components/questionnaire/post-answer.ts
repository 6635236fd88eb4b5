/** Sends one answer to the server and reads what became of it. */
import type { Answer } from '#questionnaires/answers.ts'

/** What somebody else saved in the meantime. */
export interface CurrentAnswer {
  answer: Answer | null
  shown: string
  version: number
  by: string
  at: string
}

export type SaveReply =
  | { outcome: 'saved'; version: number; answeredAt: string }
  | { outcome: 'invalid'; fieldErrors: { path: string; message: string }[] }
  | { outcome: 'frozen' }
  | { outcome: 'conflict'; current: CurrentAnswer }

/**
 * @param seenVersion the version that the answer was made on
 * @throws when the server cannot be reached or answers with something else than an outcome
 */
export async function postAnswer(
  url: string,
  answer: Answer | null,
  seenVersion: number,
): Promise<SaveReply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ answer, seenVersion }),
  })
  const reply: unknown = await response.json()
  if (typeof reply === 'object' && reply !== null && 'outcome' in reply) return reply as SaveReply
  throw new Error(`The server answered ${response.status}`)
}
