/** Saves after each choice, and a moment after the last keystroke; whatever is not yet an answer waits. */
import { useCallback, useEffect, useRef } from 'react'
import type { Answer } from '#questionnaires/answers.ts'
import type { Question } from '#questionnaires/definition.ts'
import { type AnswerForm, isBlank, readDraft } from './answer-draft.ts'

const TYPING_PAUSE_MS = 700
const AT_ONCE = ['state', 'value.choice', 'value.choices', 'value.rows', 'value.files']

interface AutosaveOptions {
  question: Question
  form: AnswerForm
  now: Date
  save: (answer: Answer | null) => void
  markUnsaved: () => void
}

/**
 * Reads the draft in silence: errors are shown where a field was left, not where somebody has yet to type, and the
 * focus stays where it is.
 * @returns what saves at once when the question is left, and says what is missing where it cannot
 */
export function useAutosave(options: AutosaveOptions): () => void {
  const { form } = options
  const current = useRef(options)
  current.current = options
  const timer = useRef<ReturnType<typeof setTimeout>>()

  const attempt = useCallback(
    ({ takesBlank }: { takesBlank: boolean }): boolean => {
      clearTimeout(timer.current)
      timer.current = undefined
      const { question, now, save } = current.current
      const draft = form.getValues()
      const isEmptied = isBlank(question, draft)
      // Text that was emptied is mostly about to be typed anew.
      if (isEmptied && !takesBlank) return false
      const answer = isEmptied ? null : readDraft(question, draft, now)
      if (!answer && !isEmptied) return false
      save(answer)
      return true
    },
    [form],
  )

  useEffect(() => {
    const subscription = form.watch((_draft, { name }) => {
      // A reset has no name: what the form then shows is not what somebody typed.
      if (!name) return
      current.current.markUnsaved()
      clearTimeout(timer.current)
      const isAtOnce = AT_ONCE.includes(name)
      timer.current = setTimeout(() => attempt({ takesBlank: isAtOnce }), isAtOnce ? 0 : TYPING_PAUSE_MS)
    })
    return () => {
      subscription.unsubscribe()
      // Somebody went on to the next section before the pause was over.
      if (timer.current !== undefined) attempt({ takesBlank: true })
    }
  }, [form, attempt])

  return useCallback(() => {
    if (!attempt({ takesBlank: true })) void form.trigger()
  }, [attempt, form])
}
