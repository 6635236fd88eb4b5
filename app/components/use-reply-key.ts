import { useRef } from 'react'

/** Another key for each reply of an action, so that a form is filled anew from what came back. */
export function useReplyKey(reply: unknown): number {
  const seen = useRef({ reply, key: 0 })
  if (seen.current.reply !== reply) seen.current = { reply, key: seen.current.key + 1 }
  return seen.current.key
}
