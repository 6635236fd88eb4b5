/** The questions of a section that apply; a long list is laid out only near the screen. */
import { Fragment, type ReactNode } from 'react'
import type { Question } from '#questionnaires/definition.ts'

interface QuestionListProps {
  questions: readonly Question[]
  applicable: ReadonlySet<string>
  children: (question: Question) => ReactNode
}

/** From here on the browser would notice the length at every keystroke. */
const LONG_LIST = 40
/** The browser watches each group's place: fewer groups are less to watch, smaller ones less to lay out. */
const GROUP_SIZE = 10

export function QuestionList({ questions, applicable, children }: QuestionListProps) {
  const shown = (some: readonly Question[]) =>
    some
      .filter(({ id }) => applicable.has(id))
      .map((question) => <Fragment key={question.id}>{children(question)}</Fragment>)
  if (questions.length < LONG_LIST) return shown(questions)
  // Grouped by their place in the form, so that a question that appears moves none into another group.
  const groups = Array.from({ length: Math.ceil(questions.length / GROUP_SIZE) }, (_, index) =>
    questions.slice(index * GROUP_SIZE, (index + 1) * GROUP_SIZE),
  )
  return groups.map((group) => {
    const inGroup = shown(group)
    if (inGroup.length === 0) return null
    return (
      <div
        key={group[0]?.id}
        // Widened, because what is laid out late is also cut off at its edges, focus rings included.
        className="-mx-1 px-1 [contain-intrinsic-size:auto_160rem] [content-visibility:auto]"
      >
        {inGroup}
      </div>
    )
  })
}
