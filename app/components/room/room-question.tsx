/** One question as somebody at the client sees it: what is asked, what was said about it, and the ways to answer. */
import { Form, useNavigation } from '@remix-run/react'
import { Check, Clock, Undo2, UserX } from 'lucide-react'
import { useMemo } from 'react'
import type { RoomQuestion } from '#app/services/room-forms.server.ts'
import { describeAnswer } from '#questionnaires/answers.ts'
import type { Term } from '#questionnaires/definition.ts'
import { Button } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { AnswerEditor } from '../questionnaire/answer-editor.tsx'
import { QuestionHelp } from '../questionnaire/question-help.tsx'
import { StatusBadge, type StatusLook } from '../status-badge.tsx'
import { TextAreaField } from '../text-field.tsx'

/** Of the last try to pass a question on. */
export interface WrongNotMine {
  assignmentId: string
  fieldErrors: Record<string, string>
  typed: string
}

interface RoomQuestionCardProps {
  asked: RoomQuestion
  terms: readonly Term[]
  saveUrl: string
  recipientName: string
  organisationName: string
  now: Date
  isClosed: boolean
  /** False where all questions have the same, which stands above them. */
  hasOwnNote: boolean
  wrong: WrongNotMine | undefined
  onSaved: () => void
}

const LOOKS: Record<RoomQuestion['state'], StatusLook> = {
  open: { word: 'Waits for you', icon: Clock, tone: 'info' },
  answered: { word: 'Answered', icon: Check, tone: 'ok' },
  'not-mine': { word: 'Passed on', icon: UserX, tone: 'neutral' },
  accepted: { word: 'Accepted', icon: Check, tone: 'ok' },
}
const RETURNED: StatusLook = { word: 'Came back to you', icon: Undo2, tone: 'warn' }

export function RoomQuestionCard(props: RoomQuestionCardProps) {
  const {
    asked,
    terms,
    saveUrl,
    recipientName,
    organisationName,
    now,
    isClosed,
    hasOwnNote,
    wrong,
    onSaved,
  } = props
  const { question, state, answer, version, answeredAt, note, onFile, returnedReason, reason, dueOn } = asked
  const held = useMemo(
    () => ({ answer, version, answeredAt: answeredAt && new Date(answeredAt).toISOString() }),
    [answer, version, answeredAt],
  )
  const gapDefaults = useMemo(() => ({ owner: recipientName, dueOn }), [recipientName, dueOn])
  const promptId = `${question.id}_prompt`
  const isOpen = !isClosed && state !== 'accepted'
  return (
    <section
      id={question.id}
      aria-labelledby={promptId}
      className="scroll-mt-6 border-hairline border-t py-7"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="text-caption text-ink-faint">{asked.sectionTitle}</p>
        <StatusBadge {...(state === 'open' && returnedReason ? RETURNED : LOOKS[state])} />
      </div>
      <h2 id={promptId} className="mt-1 max-w-measure font-semibold text-lead">
        {question.prompt}
      </h2>
      {question.scope ? (
        <p className="mt-1 max-w-measure text-caption text-ink-soft">This is about: {question.scope}</p>
      ) : null}
      <QuestionHelp question={question} terms={terms} />
      {note && hasOwnNote ? <Said by={asked.assignedByName}>{note}</Said> : null}
      {returnedReason && isOpen ? (
        <div className="mt-4">
          <Notice kind="warning" title={`${organisationName} asks you to look at it again`}>
            <p className="wrap-anywhere whitespace-pre-line">{returnedReason}</p>
          </Notice>
        </div>
      ) : null}
      {onFile && isOpen ? (
        <p className="wrap-anywhere mt-3 max-w-measure text-ink-soft">
          The form says at present: <span className="font-medium text-ink">{onFile}</span>. Answer below, even
          if it is the same.
        </p>
      ) : null}
      {state === 'not-mine' && reason ? (
        <div className="mt-4">
          <Notice kind="info" title="You said that it is not yours">
            <p className="wrap-anywhere whitespace-pre-line">{reason}</p>
            <p className="mt-1">You can still answer it yourself.</p>
          </Notice>
        </div>
      ) : null}
      {isOpen ? (
        <>
          <AnswerEditor
            question={question}
            saveUrl={saveUrl}
            held={held}
            evidenceHref={null}
            gapDefaults={gapDefaults}
            now={now}
            isFrozen={false}
            unknownMeans="That is an answer, too. Say who could find out, and by when."
            onSaved={onSaved}
          />
          {state === 'not-mine' ? null : (
            <NotMine assignmentId={asked.assignmentId} version={version} wrong={wrong} />
          )}
        </>
      ) : (
        <p className="wrap-anywhere mt-4 border-accent border-s-4 ps-3 font-medium">
          {answer ? describeAnswer(question, answer) : 'You gave no answer.'}
        </p>
      )}
    </section>
  )
}

export function Said({ by, children }: { by: string; children: string }) {
  return (
    <div className="mt-3 max-w-measure border-rule border-s-2 ps-3">
      <p className="text-caption text-ink-soft">{by} adds</p>
      <p className="wrap-anywhere whitespace-pre-line">{children}</p>
    </div>
  )
}

function NotMine({
  assignmentId,
  version,
  wrong,
}: {
  assignmentId: string
  version: number
  wrong: WrongNotMine | undefined
}) {
  const { state, formData } = useNavigation()
  const isSending = state !== 'idle' && formData?.get('assignmentId') === assignmentId
  return (
    <details className="mt-2 max-w-measure" open={wrong !== undefined}>
      <summary className="inline-block cursor-pointer py-3 text-link">
        This is not mine: ask somebody else
      </summary>
      <Form method="post" noValidate preventScrollReset className="mt-2 flex flex-col gap-4">
        <input type="hidden" name="intent" value="not-mine" />
        <input type="hidden" name="assignmentId" value={assignmentId} />
        <input type="hidden" name="seenVersion" value={version} />
        <TextAreaField
          id={`not-mine-${assignmentId}`}
          name="reason"
          label="Why, and who might know"
          rows={3}
          maxLength={1000}
          defaultValue={wrong?.typed ?? ''}
          error={wrong?.fieldErrors.reason}
        />
        <Button type="submit" className="self-start max-sm:w-full" loading={isSending} loadingLabel="Sending">
          Pass it on
        </Button>
      </Form>
    </details>
  )
}
