/** Answers on which an assessor's last decision wants something, with what can be done about each. */
import { Form, useNavigation } from '@remix-run/react'
import { Button } from '../button.tsx'
import { Disclosure } from '../disclosure.tsx'
import { TextLink } from '../link.tsx'
import { TextAreaField } from '../text-field.tsx'
import { Decisions, type ShownDecision } from './decisions.tsx'

export interface AnswerToReview {
  questionId: string
  item: string
  prompt: string
  shown: string
  href: string
  askHref: string
  decisions: readonly ShownDecision[]
}

interface ToAnswerProps {
  answers: readonly AnswerToReview[]
  /** Of the last try. */
  wrong: { decisionId: string; fieldErrors: Record<string, string> } | undefined
}

export function ToAnswer({ answers, wrong }: ToAnswerProps) {
  return (
    <ul className="flex flex-col">
      {answers.map((answer) => (
        <li key={answer.questionId} className="border-rule border-t py-5">
          <h3 className="font-medium">
            <TextLink to={answer.href}>
              {answer.item}: {answer.prompt}
            </TextLink>
          </h3>
          <p className="wrap-anywhere mt-0.5 text-ink-soft">{answer.shown}</p>
          <div className="mt-3 max-w-measure">
            <Decisions
              decisions={answer.decisions}
              belowLast={(decision) => (
                <Reply
                  key={decision.replies.length}
                  decisionId={decision.id}
                  item={answer.item}
                  error={wrong?.decisionId === decision.id ? wrong.fieldErrors.text : undefined}
                />
              )}
            />
          </div>
          <p className="mt-3 flex flex-wrap gap-x-5">
            <TextLink to={answer.href}>Change the answer</TextLink>
            <TextLink to={answer.askHref}>
              Ask somebody for evidence<span className="sr-only"> of item {answer.item}</span>
            </TextLink>
          </p>
        </li>
      ))}
    </ul>
  )
}

function Reply({ decisionId, item, error }: { decisionId: string; item: string; error: string | undefined }) {
  const { state, formData } = useNavigation()
  return (
    <div className="mt-2">
      <Disclosure title={`Reply about item ${item}`} isOpen={error !== undefined}>
        <Form method="post" noValidate className="flex flex-col gap-3">
          <input type="hidden" name="intent" value="reply" />
          <input type="hidden" name="decisionId" value={decisionId} />
          <TextAreaField
            id={`reply-${decisionId}`}
            name="text"
            label="Your reply"
            hint="The assessor reads it beside the answer."
            rows={3}
            maxLength={4000}
            error={error}
          />
          <Button
            type="submit"
            size="small"
            className="self-start"
            loading={state !== 'idle' && formData?.get('decisionId') === decisionId}
          >
            Send reply
          </Button>
        </Form>
      </Disclosure>
    </div>
  )
}
