/** Saves one question's answer in order, one request at a time, and says what became of it. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { canonicalJson } from '#evidence/canonical.ts'
import type { Answer } from '#questionnaires/answers.ts'
import type { SaveStatus } from '../save-state.tsx'
import { type CurrentAnswer, postAnswer } from './post-answer.ts'
import { watchUnsavedWork } from './unsaved-work.ts'

export interface HeldAnswer {
  answer: Answer | null
  version: number
  answeredAt: string | null
}

interface SavingOptions {
  /** null: a preview, in which nothing is sent. */
  url: string | null
  held: HeldAnswer
  onSaved: (answer: Answer | null, version: number) => void
  /** Somebody else's answer, or that of another tab, takes the place of the one shown. */
  onReplaced: (answer: Answer | null) => void
}

export function useAnswerSaving({ url, held, onSaved, onReplaced }: SavingOptions) {
  const [status, setStatus] = useState<SaveStatus>(() => settled(held.answer, held.answeredAt))
  const [conflict, setConflict] = useState<{ mine: Answer | null; theirs: CurrentAnswer } | null>(null)
  /** What the server is known to hold. */
  const known = useRef(held)
  const waiting = useRef<{ answer: Answer | null } | null>(null)
  const isSending = useRef(false)
  const isUnsaved = useRef(false)
  /** What was typed so far, and how much of it the last save holds. */
  const edits = useRef({ made: 0, sent: 0 })
  const told = useRef({ onSaved, onReplaced })
  told.current = { onSaved, onReplaced }

  // A reload may bring a newer version than this page has seen; a save under way knows better.
  useEffect(() => {
    if (isSending.current || isUnsaved.current || held.version <= known.current.version) return
    known.current = held
    setStatus(settled(held.answer, held.answeredAt))
    told.current.onReplaced(held.answer)
  }, [held])

  const settle = useCallback((now: HeldAnswer) => {
    known.current = now
    isUnsaved.current = false
    setStatus(settled(now.answer, now.answeredAt))
  }, [])

  const send = useCallback(async () => {
    if (isSending.current) return
    isSending.current = true
    try {
      while (waiting.current) {
        const { answer } = waiting.current
        setStatus({ state: 'saving' })
        const { version } = known.current
        const reply = url ? await postAnswer(url, answer, version) : kept(version)
        if (reply.outcome === 'saved') {
          known.current = { answer, version: reply.version, answeredAt: reply.answeredAt }
          if (waiting.current?.answer === answer) {
            waiting.current = null
            // Changed meanwhile, and not yet an answer again: what was saved is not what is shown.
            if (edits.current.made > edits.current.sent) setStatus({ state: 'unsaved' })
            else settle(known.current)
          }
          told.current.onSaved(answer, reply.version)
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
  }, [url, settle])

  const save = useCallback(
    (answer: Answer | null) => {
      edits.current.sent = edits.current.made
      // Changed and changed back: the ledger should not record what did not happen.
      if (!isSending.current && !waiting.current && isSame(answer, known.current.answer)) {
        settle(known.current)
        return
      }
      // It is on its way; one that failed is sent again.
      if (isSending.current && waiting.current && isSame(answer, waiting.current.answer)) return
      waiting.current = { answer }
      isUnsaved.current = true
      void send()
    },
    [send, settle],
  )

  useEffect(() => watchUnsavedWork({ isUnsaved: () => isUnsaved.current, retry: () => void send() }), [send])

  const resolve = (choice: 'mine' | 'theirs') => {
    if (!conflict) return
    const { theirs, mine } = conflict
    known.current = { answer: theirs.answer, version: theirs.version, answeredAt: theirs.at }
    setConflict(null)
    if (choice === 'mine') {
      save(mine)
      return
    }
    settle(known.current)
    onReplaced(theirs.answer)
    onSaved(theirs.answer, theirs.version)
  }

  const markUnsaved = useCallback(() => {
    isUnsaved.current = true
    edits.current.made += 1
    // "Saved" beside a "no" that still lacks its explanation would be a lie.
    if (!isSending.current)
      setStatus((before) => (before.state === 'unsaved' ? before : { state: 'unsaved' }))
  }, [])

  return {
    status,
    conflict,
    save,
    retry: () => void send(),
    resolve,
    markUnsaved,
    isUnsaved: () => isUnsaved.current,
  }
}

function settled(answer: Answer | null, at: string | null): SaveStatus {
  return answer && at ? { state: 'saved', at } : { state: 'idle' }
}

/** Stored answers come back with their members in another order. */
function isSame(one: Answer | null, other: Answer | null): boolean {
  const written = (answer: Answer | null) => canonicalJson(JSON.parse(JSON.stringify(answer)))
  return written(one) === written(other)
}

/** A preview keeps everything on the page and never says that it was saved. */
function kept(version: number) {
  return { outcome: 'saved' as const, version: version + 1, answeredAt: null }
}
