/** Two people saved the same answer: shows both and lets the later one decide. */
import { type Answer, describeAnswer } from '#questionnaires/answers.ts'
import type { Question } from '#questionnaires/definition.ts'
import { Button } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { Time } from '../time.tsx'
import type { CurrentAnswer } from './post-answer.ts'

interface ConflictNoticeProps {
  id: string
  question: Question
  mine: Answer | null
  theirs: CurrentAnswer
  onResolve: (choice: 'mine' | 'theirs') => void
}

export function ConflictNotice({ id, question, mine, theirs, onResolve }: ConflictNoticeProps) {
  return (
    <div id={id} tabIndex={-1} className="mt-3">
      <Notice
        kind="warning"
        announce
        title={`${theirs.by} changed this answer while you were answering it`}
        action={
          <>
            <Button size="small" onClick={() => onResolve('theirs')}>
              Keep theirs
            </Button>
            <Button size="small" variant="primary" onClick={() => onResolve('mine')}>
              Save mine over it
            </Button>
          </>
        }
      >
        <dl className="grid gap-2 sm:grid-cols-2">
          <div>
            <dt className="text-caption text-ink-soft">
              Theirs, saved at <Time at={theirs.at} show="clock" />
            </dt>
            <dd className="break-words">{theirs.shown}</dd>
          </div>
          <div>
            <dt className="text-caption text-ink-soft">Yours, not saved yet</dt>
            <dd className="break-words">{describeAnswer(question, mine ?? undefined)}</dd>
          </div>
        </dl>
      </Notice>
    </div>
  )
}
