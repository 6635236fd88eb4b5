/** Saves one question's answer in order, one request at a time, and says what became of it. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Answer } from '#questionnaires/answers.ts'
import type { SaveStatus } from '../save-state.tsx'

export interface CurrentAnswer {
  answer: Answer | null
  shown: string
  version: number
  by: string
  at: string
}

interface SavingOptions {
  url: string
  version: number
  savedAt: string | null
  onSaved: (answer: Answer | null, version: number) => void
}

type Reply =
  | { outcome: 'saved'; version: number; answeredAt: string }
  | { outcome: 'invalid'; fieldErrors: { path: string; message: string }[] }
  | { outcome: 'frozen' }
  | { outcome: 'conflict'; current: CurrentAnswer }

export function useAnswerSaving({ url, version, savedAt, onSaved }: SavingOptions) {
  const [status, setStatus] = useState<SaveStatus>(
    savedAt ? { state: 'saved', at: savedAt } : { state: 'idle' },
  )
  const [conflict, setConflict] = useState<{ mine: Answer | null; theirs: CurrentAnswer } | null>(null)
  const seenVersion = useRef(version)
  const waiting = useRef<{ answer: Answer | null } | null>(null)
  const isSending = useRef(false)
  const isUnsaved = useRef(false)

  // A reload may bring a newer version than this page has seen; a save under way knows better.
  if (!isSending.current && !isUnsaved.current && version > seenVersion.current) seenVersion.current = version

  const send = useCallback(async () => {
    if (isSending.current) return
    isSending.current = true
    try {
      while (waiting.current) {
        const { answer } = waiting.current
        setStatus({ state: 'saving' })
        const reply = await post(url, answer, seenVersion.current)
        if (reply.outcome === 'saved') {
          seenVersion.current = reply.version
          if (waiting.current?.answer === answer) {
            waiting.current = null
            isUnsaved.current = false
            setStatus({ state: 'saved', at: reply.answeredAt })
          }
          onSaved(answer, reply.version)
          continue
        }
        waiting.current = null
        if (reply.outcome === 'conflict') {
          setConflict({ mine: answer, theirs: reply.current })
          setStatus({ state: 'conflict', by: reply.current.by, at: reply.current.at })
        } else if (reply.outcome === 'frozen') {
          setStatus({
            state: 'error',
            sentence: 'This application was signed in the meantime and is closed.',
          })
        } else {
          setStatus({ state: 'error', sentence: reply.fieldErrors.map(({ message }) => message).join(' ') })
        }
      }
    } catch {
      // The answer stays in `waiting`: trying again, or coming back online, sends it.
      setStatus({
        state: 'error',
        sentence: 'The server cannot be reached. Your answer is still on this page.',
      })
    } finally {
      isSending.current = false
    }
  }, [url, onSaved])

  const save = useCallback(
    (answer: Answer | null) => {
      waiting.current = { answer }
      isUnsaved.current = true
      void send()
    },
    [send],
  )

  useEffect(() => {
    const retry = () => void send()
    const warn = (event: BeforeUnloadEvent) => {
      if (isUnsaved.current) event.preventDefault()
    }
    window.addEventListener('online', retry)
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('online', retry)
      window.removeEventListener('beforeunload', warn)
    }
  }, [send])

  const resolve = (choice: 'mine' | 'theirs') => {
    if (!conflict) return
    seenVersion.current = conflict.theirs.version
    setConflict(null)
    if (choice === 'mine') save(conflict.mine)
    else {
      isUnsaved.current = false
      setStatus({ state: 'saved', at: conflict.theirs.at })
      onSaved(conflict.theirs.answer, conflict.theirs.version)
    }
  }

  const markUnsaved = useCallback(() => {
    isUnsaved.current = true
    // "Saved" beside a "no" that still lacks its explanation would be a lie.
    if (!isSending.current) setStatus({ state: 'unsaved' })
  }, [])

  return { status, conflict, save, retry: () => void send(), resolve, markUnsaved }
}

async function post(url: string, answer: Answer | null, seenVersion: number): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ answer, seenVersion }),
  })
  const reply: unknown = await response.json()
  if (typeof reply === 'object' && reply !== null && 'outcome' in reply) return reply as Reply
  throw new Error(`The server answered ${response.status}`)
}
