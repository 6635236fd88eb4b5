/** What waits for somebody at the client, the soonest due first. One column, made for a phone. */
import { Form, Link, useNavigation } from '@remix-run/react'
import {
  ChevronRight,
  CircleCheck,
  FileSignature,
  ListChecks,
  type LucideIcon,
  PenLine,
  Scale,
  Upload,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { RoomTask, RoomTaskKind } from '#app/services/room-tasks.ts'
import { SignerLayout } from '../attestation/signer-layout.tsx'
import { Button } from '../button.tsx'
import { countOf } from '../counts.ts'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { ProgressBar } from '../progress-bar.tsx'
import { Time } from '../time.tsx'

export interface RoomPage {
  clientName: string
  organisationName: string
  recipientName: string
  contact: { name: string; email: string } | null
  tasks: readonly RoomTask[]
}

export interface RoomReply {
  /** A report's link was mailed again. */
  mailed?: 'mail-server' | 'preparer'
  refusal?: { message: string }
}

const ICONS: Record<RoomTaskKind, LucideIcon> = {
  questions: ListChecks,
  request: Upload,
  waiver: FileSignature,
  approval: Scale,
  attestation: PenLine,
}

const PATHS: Record<Exclude<RoomTaskKind, 'attestation'>, string> = {
  questions: 'questions',
  request: 'requests',
  waiver: 'waivers',
  approval: 'approvals',
}

interface RoomProps {
  page: RoomPage
  base: string
  reply: RoomReply | undefined
}

export function Room({ page, base, reply }: RoomProps) {
  const { tasks, organisationName, contact } = page
  const waiting = tasks.filter(({ isDone }) => !isDone)
  const done = tasks.filter(({ isDone }) => isDone)
  const minutes = waiting.reduce((sum, task) => sum + task.minutes, 0)
  return (
    <SignerLayout
      kicker={`${organisationName} for ${page.clientName}`}
      title={`What waits for ${page.recipientName}`}
      lead={
        waiting.length > 0
          ? `${countOf(waiting.length, 'task')}, about ${countOf(minutes, 'minute')} in all. Stop and come back whenever you like: what you did is kept.`
          : undefined
      }
    >
      <Reply reply={reply} contact={contact} />
      {tasks.length > 0 ? (
        <div className="mb-6">
          <ProgressBar label={`${done.length} of ${tasks.length} done`} share={done.length / tasks.length} />
        </div>
      ) : null}
      {waiting.length === 0 ? (
        <Notice kind="success" title="Nothing waits for you">
          {done.length > 0 ? 'Thank you, you are done. ' : ''}You can close this page. When something new
          comes, you get a mail.
        </Notice>
      ) : (
        <Tasks tasks={waiting} base={base} />
      )}
      {done.length > 0 ? (
        <PageSection title="Done">
          <Tasks tasks={done} base={base} />
        </PageSection>
      ) : null}
      <footer className="mt-10 flex flex-col gap-2 text-caption text-ink-soft">
        {contact ? (
          <p>
            Questions? Ask {contact.name} at {organisationName}:{' '}
            <a href={`mailto:${contact.email}`} className="wrap-anywhere text-link">
              {contact.email}
            </a>
          </p>
        ) : (
          <p>Questions? Call {organisationName}.</p>
        )}
        <p>You see here what {organisationName} asked you for, and nothing of anybody else.</p>
      </footer>
    </SignerLayout>
  )
}

function Reply({ reply, contact }: { reply: RoomReply | undefined; contact: RoomPage['contact'] }) {
  if (reply?.refusal)
    return (
      <div className="mb-5">
        <Notice kind="danger" announce title={reply.refusal.message} />
      </div>
    )
  if (!reply?.mailed) return null
  return (
    <div className="mb-5">
      <Notice kind="success" announce title="The link is on its way">
        {reply.mailed === 'mail-server'
          ? 'Look into your mailbox: the newest mail opens the report. The one before opens nothing any more.'
          : `No mail server is set up here, so ${contact?.name ?? 'whoever asked you'} hands it to you. The one before opens nothing any more.`}
      </Notice>
    </div>
  )
}

function Tasks({ tasks, base }: { tasks: readonly RoomTask[]; base: string }) {
  return (
    <ul className="border-rule border-t">
      {tasks.map((task) => (
        <li key={`${task.kind} ${task.id}`} className="border-hairline border-b">
          {task.kind === 'attestation' ? (
            <AttestationTask task={task} />
          ) : (
            <Link
              to={`${base}/${PATHS[task.kind]}/${task.id}`}
              className="flex items-start gap-3 py-4 hover:bg-paper"
            >
              <TaskText task={task} />
              <ChevronRight aria-hidden size={18} className="mt-1 shrink-0 text-ink-faint" />
            </Link>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Signing keeps its own link and code: this page names it, and has the mail sent again. */
function AttestationTask({ task }: { task: RoomTask }) {
  const { state, formData } = useNavigation()
  const isSending = state !== 'idle' && formData?.get('linkId') === task.id
  return (
    <div className="flex items-start gap-3 py-4">
      <TaskText task={task}>
        {task.isDone ? null : (
          <>
            <p className="mt-2 max-w-measure text-ink-soft">
              For your safety the report opens only from a mail of its own, which {task.askedBy} sent to your
              address.
            </p>
            <Form method="post" className="mt-2">
              <input type="hidden" name="intent" value="mail-attestation" />
              <input type="hidden" name="linkId" value={task.id} />
              <Button type="submit" size="small" loading={isSending} loadingLabel="Sending">
                I cannot find it: send it again
              </Button>
            </Form>
          </>
        )}
      </TaskText>
    </div>
  )
}

function TaskText({ task, children }: { task: RoomTask; children?: ReactNode }) {
  const Icon = task.isDone ? CircleCheck : ICONS[task.kind]
  return (
    <>
      <Icon
        aria-hidden
        size={19}
        className={task.isDone ? 'mt-0.5 shrink-0 text-ok' : 'mt-0.5 shrink-0 text-accent'}
      />
      <div className="min-w-0 grow">
        <p className="wrap-anywhere font-medium">{task.title}</p>
        <p className="flex flex-wrap gap-x-4 text-caption text-ink-soft">
          {task.isDone ? <span>{task.outcome}</span> : <TaskFacts task={task} />}
        </p>
        {children}
      </div>
    </>
  )
}

function TaskFacts({ task }: { task: RoomTask }) {
  const { dueOn, isOverdue, minutes, askedBy, count } = task
  return (
    <>
      {dueOn ? (
        <span className={isOverdue ? 'font-medium text-bad' : undefined}>
          {isOverdue ? 'Was needed by' : 'Needed by'} <Time at={dueOn} />
        </span>
      ) : null}
      {count && count.done > 0 ? (
        <span>
          {count.done} of {count.all} answered
        </span>
      ) : null}
      <span>About {countOf(minutes, 'minute')}</span>
      <span>Asked by {askedBy}</span>
    </>
  )
}
