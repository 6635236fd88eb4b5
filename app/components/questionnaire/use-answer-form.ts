/** The form of one question: checked by the server's rules, and shown anew when another answer takes its place. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useCallback, useRef, useState } from 'react'
import { type Resolver, useForm } from 'react-hook-form'
import { type Answer, answerSchemaFor } from '#questionnaires/answers.ts'
import type { Question } from '#questionnaires/definition.ts'
import { type AnswerDraft, type AnswerForm, draftOf, isBlank, tidyDraft } from './answer-draft.ts'

type AnswerResolver = Resolver<AnswerDraft, unknown, Answer>

interface AnswerFormOptions {
  question: Question
  answer: Answer | null
  gapDefaults: AnswerDraft['gap']
  now: Date
}

export function useAnswerForm({ question, answer, gapDefaults, now }: AnswerFormOptions) {
  /** Fields keep what is typed in them; under another key they show what the form holds now. */
  const [showing, setShowing] = useState(0)
  const form: AnswerForm = useForm<AnswerDraft, unknown, Answer>({
    defaultValues: draftOf(question, answer, gapDefaults),
    resolver: useLazyResolver(question, now),
    mode: 'onTouched',
    shouldFocusError: false,
  })
  const show = useCallback(
    (next: Answer | null) => {
      form.reset(draftOf(question, next, gapDefaults))
      setShowing((count) => count + 1)
    },
    [form, question, gapDefaults],
  )
  return { form, show, showing }
}

/** Hundreds of questions can stand on a page, of which few are ever typed into: each makes its schema when it is. */
function useLazyResolver(question: Question, now: Date): AnswerResolver {
  const made = useRef<{ question: Question; now: Date; resolve: AnswerResolver }>()
  return useCallback<AnswerResolver>(
    (draft, context, options) => {
      // Nothing filled in is unanswered, not wrong.
      if (isBlank(question, draft)) return { values: {} as Answer, errors: {} }
      if (made.current?.question !== question || made.current.now !== now) {
        // The draft is looser than the answer: the schema decides what of it is one.
        const resolve = zodResolver(answerSchemaFor(question, now) as never) as unknown as AnswerResolver
        made.current = { question, now, resolve }
      }
      return made.current.resolve(tidyDraft(question, draft), context, options)
    },
    [question, now],
  )
}
