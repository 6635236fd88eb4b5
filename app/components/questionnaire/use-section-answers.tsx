/** The answers as this page knows them: branching follows at once, the server's view a moment later. */
import { useRevalidator } from '@remix-run/react'
import {
  type MutableRefObject,
  startTransition,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Answer, Answers } from '#questionnaires/answers.ts'
import type { HeldAnswer } from './use-answer-saving.ts'

const REVALIDATE_AFTER_MS = 400

export function useSectionAnswers(held: Readonly<Record<string, HeldAnswer>>) {
  const [local, setLocal] = useState<Record<string, { answer: Answer | null; version: number }>>({})
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const reload = useRef<() => void>()
  useEffect(() => () => clearTimeout(timer.current), [])

  const takeAnswer = useCallback((questionId: string, answer: Answer | null, version: number) => {
    // Which questions apply now can wait for a pause between two keystrokes.
    startTransition(() => setLocal((before) => ({ ...before, [questionId]: { answer, version } })))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => reload.current?.(), REVALIDATE_AFTER_MS)
  }, [])

  const answers = useMemo(() => {
    const all: Record<string, Answer> = {}
    for (const [questionId, { answer }] of Object.entries(held)) if (answer) all[questionId] = answer
    for (const [questionId, { answer, version }] of Object.entries(local)) {
      // Somebody else may have answered it since.
      if (version < (held[questionId]?.version ?? 0)) continue
      if (answer) all[questionId] = answer
      else delete all[questionId]
    }
    return all as Answers
  }, [held, local])
  return { answers, takeAnswer, reload }
}

/** Stands by itself: whoever asks for a reload is drawn again at each of its steps. */
export function Reloader({ reload }: { reload: MutableRefObject<(() => void) | undefined> }) {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    reload.current = revalidate
  }, [reload, revalidate])
  return null
}
