/** The questions of one form that somebody at the client was asked: answered one by one, saved as they go. */
import { Link, useRevalidator } from '@remix-run/react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { RoomForm } from '#app/services/room-forms.server.ts'
import { SignerLayout } from '../attestation/signer-layout.tsx'
import { ButtonLink } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { ProgressBar } from '../progress-bar.tsx'
import { Time } from '../time.tsx'
import { RoomQuestionCard, Said, type WrongNotMine } from './room-question.tsx'

export interface RoomQuestionsPage extends RoomForm {
  recipientName: string
  organisationName: string
}

interface RoomQuestionsProps {
  form: RoomQuestionsPage
  base: string
  wrong: WrongNotMine | undefined
  refusal: string | undefined
}

const HOUR_MS = 3_600_000
/** After a save the server says which questions follow from it; between two keystrokes nobody needs to know. */
const RELOAD_AFTER_MS = 600

export function RoomQuestions({ form, base, wrong, refusal }: RoomQuestionsProps) {
  const { questions, organisationName, clientName, isClosed, dueOn } = form
  const [first] = questions
  // What was said to all of them is read once.
  const shared = first && questions.every(({ note }) => note === first.note) ? first : null
  const done = questions.filter(({ state }) => state !== 'open').length
  const reload = useReloadSoon()
  const hour = Math.floor(new Date(form.now).getTime() / HOUR_MS) * HOUR_MS
  const now = useMemo(() => new Date(hour), [hour])
  return (
    <SignerLayout
      kicker={
        <Link to={base} className="text-link">
          Back to what waits for you
        </Link>
      }
      title={`Questions: ${form.formTitle}`}
      lead={
        <>
          {organisationName} prepares the cyber-insurance application of {clientName} and needs these answers
          from you
          {done < questions.length && !isClosed ? (
            <>
              {' '}
              by <Time at={dueOn} />
            </>
          ) : null}
          . Each is saved as soon as you give it; {organisationName} checks it before it counts.
        </>
      }
    >
      {refusal ? (
        <div className="mb-5">
          <Notice kind="danger" announce title={refusal} />
        </div>
      ) : null}
      {isClosed ? (
        <div className="mb-5">
          <Notice kind="info" title="No answer is needed any more">
            The form is closed. What you gave stays as it is.
          </Notice>
        </div>
      ) : (
        <ProgressBar label={`${done} of ${questions.length} answered`} share={done / questions.length} />
      )}
      {shared?.note ? <Said by={shared.assignedByName}>{shared.note}</Said> : null}
      <div className="mt-6">
        {questions.map((asked) => (
          <RoomQuestionCard
            key={asked.assignmentId}
            asked={asked}
            terms={form.terms}
            saveUrl={`${base}/answers/${asked.assignmentId}`}
            recipientName={form.recipientName}
            organisationName={organisationName}
            now={now}
            isClosed={isClosed}
            hasOwnNote={shared === null}
            wrong={wrong?.assignmentId === asked.assignmentId ? wrong : undefined}
            onSaved={reload}
          />
        ))}
      </div>
      <div className="border-hairline border-t pt-6">
        {done === questions.length && !isClosed ? (
          <div className="mb-5" role="status">
            <Notice kind="success" title="That was all of them">
              Thank you. You can still change an answer until {organisationName} has accepted it.
            </Notice>
          </div>
        ) : null}
        <ButtonLink
          variant={done === questions.length ? 'primary' : 'secondary'}
          to={base}
          className="max-sm:w-full"
        >
          Back to what waits for you
        </ButtonLink>
      </div>
    </SignerLayout>
  )
}

function useReloadSoon(): () => void {
  const { revalidate } = useRevalidator()
  const current = useRef(revalidate)
  current.current = revalidate
  const timer = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(() => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => current.current(), RELOAD_AFTER_MS)
  }, [])
}
