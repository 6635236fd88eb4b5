/** The page of whoever was asked for evidence: what is needed, sending a file, writing back. No account, one column. */
import { Form, Link, useNavigation, useRevalidator } from '@remix-run/react'
import { Send } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { SignerLayout } from '../attestation/signer-layout.tsx'
import { Button } from '../button.tsx'
import { fileProblem } from '../evidence/file-problem.ts'
import { LeaveGuard } from '../evidence/leave-guard.tsx'
import { UploadRow } from '../evidence/upload-row.tsx'
import { useUploads } from '../evidence/use-uploads.ts'
import { FileDrop } from '../file-drop.tsx'
import { formatSize } from '../file-size.tsx'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { TextAreaField, TextField } from '../text-field.tsx'
import { Time } from '../time.tsx'
import type { RequestState } from './request-words.ts'
import { type ShownEntry, Thread } from './thread.tsx'

export interface AskedPage {
  clientName: string
  organisationName: string
  senderName: string
  recipientName: string
  title: string
  message: string
  dueOn: string
  isOverdue: boolean
  state: RequestState
  entries: readonly ShownEntry[]
  maxUploadBytes: number
}

export interface AskedReply {
  fieldErrors?: Record<string, string>
  refusal?: { message: string }
}

interface AnswerRequestProps {
  page: AskedPage
  uploadHref: string
  /** The room that it stands in, where it was not opened by a link of its own. */
  backTo?: string
  reply: AskedReply | undefined
}

export function AnswerRequest({ page, uploadHref, backTo, reply }: AnswerRequestProps) {
  const { clientName, organisationName, senderName, title, message, dueOn, state, entries } = page
  const isWanted = state === 'open' || state === 'answered'
  return (
    <SignerLayout
      kicker={
        backTo ? (
          <Link to={backTo} className="text-link">
            Back to what waits for you
          </Link>
        ) : (
          `${organisationName} asks on behalf of ${clientName}`
        )
      }
      title={title}
      lead={
        isWanted ? (
          <>
            Needed by <Time at={dueOn} />
            {page.isOverdue ? ', which is over. You can still send it.' : '.'}
          </>
        ) : undefined
      }
    >
      <StateNotice page={page} />
      {reply?.refusal ? (
        <div className="mt-4">
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        </div>
      ) : null}
      <p className="wrap-anywhere mt-5 max-w-measure whitespace-pre-line">{message}</p>
      <p className="mt-2 text-caption text-ink-soft">
        {senderName}, {organisationName}
      </p>
      {isWanted ? (
        <>
          <SendFiles uploadHref={uploadHref} maxUploadBytes={page.maxUploadBytes} />
          <WriteBack error={reply?.fieldErrors?.text} />
        </>
      ) : null}
      {entries.length > 0 ? (
        <PageSection title="What was sent and said">
          <Thread entries={entries} />
        </PageSection>
      ) : null}
      <p className="mt-10 text-caption text-ink-soft">
        This page shows this one request and nothing else. What you send goes to {organisationName}, who looks
        at it before it counts. You were not expecting this? Do not send anything, and ask {senderName} by
        telephone.
      </p>
    </SignerLayout>
  )
}

function StateNotice({ page: { state, organisationName } }: { page: AskedPage }) {
  switch (state) {
    case 'answered':
      return (
        <Notice kind="success" title="Thank you, it arrived" announce>
          {organisationName} looks at it and comes back to you if something is missing. You can add more
          below.
        </Notice>
      )
    case 'fulfilled':
      return (
        <Notice kind="success" title="Done, nothing more is needed">
          {organisationName} has what it asked for. Thank you.
        </Notice>
      )
    case 'cancelled':
      return (
        <Notice kind="info" title="No longer needed">
          {organisationName} has taken this request back. You do not have to do anything.
        </Notice>
      )
    case 'open':
      return null
  }
}

function SendFiles({ uploadHref, maxUploadBytes }: { uploadHref: string; maxUploadBytes: number }) {
  const revalidator = useRevalidator()
  const [files, setFiles] = useState<File[]>([])
  const [note, setNote] = useState('')
  const [error, setError] = useState<string>()
  // A new key empties the file input, whose choice no script may set.
  const [round, setRound] = useState(0)
  const uploads = useUploads(uploadHref, ({ outcome }) => {
    if (outcome === 'sent') revalidator.revalidate()
  })

  function send(event: FormEvent) {
    event.preventDefault()
    const problem = fileProblem(files, maxUploadBytes)
    setError(problem)
    if (problem) return
    for (const file of files) uploads.add([file], { note })
    setFiles([])
    setNote('')
    setRound(round + 1)
  }

  return (
    <PageSection title="Send a file">
      {/* Without scripts the form goes there by itself. */}
      <form
        method="post"
        encType="multipart/form-data"
        action={uploadHref}
        noValidate
        onSubmit={send}
        className="flex flex-col gap-5"
      >
        <FileDrop
          key={round}
          id="file"
          name="file"
          label="Files"
          multiple
          error={error}
          onFiles={(chosen) => {
            setFiles(chosen)
            setError(chosen.length > 0 ? fileProblem(chosen, maxUploadBytes) : undefined)
          }}
          invitation={`A document, a picture or an export; up to ${formatSize(maxUploadBytes)} each`}
        />
        <TextField
          id="note"
          name="note"
          label="A word about it"
          optional
          value={note}
          onChange={(event) => setNote(event.target.value)}
          maxLength={1000}
          autoComplete="off"
        />
        <Button type="submit" variant="primary" icon={Send} className="self-start max-sm:self-stretch">
          Send
        </Button>
      </form>
      <LeaveGuard isActive={uploads.isBusy} />
      {uploads.uploads.length > 0 ? (
        <ul className="mt-6 border-rule border-t">
          {uploads.uploads.map((upload) => (
            <UploadRow
              key={upload.id}
              upload={upload}
              onCancel={() => uploads.cancel(upload.id)}
              onRetry={() => uploads.retry(upload.id)}
              onRemove={() => uploads.remove(upload.id)}
            />
          ))}
        </ul>
      ) : null}
    </PageSection>
  )
}

function WriteBack({ error }: { error: string | undefined }) {
  const { state, formData } = useNavigation()
  const isSending = (intent: string) => state !== 'idle' && formData?.get('intent') === intent
  return (
    <PageSection title="Or write back">
      <Form method="post" noValidate className="flex flex-col gap-4">
        <TextAreaField
          id="text"
          name="text"
          label="Your answer"
          hint="A question, where it can be found, or why you do not have it."
          rows={3}
          error={error}
        />
        <div className="flex flex-wrap gap-2.5 max-sm:*:grow">
          <Button type="submit" name="intent" value="reply" loading={isSending('reply')}>
            Send answer
          </Button>
          <Button type="submit" name="intent" value="cannot" variant="quiet" loading={isSending('cannot')}>
            I cannot provide this
          </Button>
        </div>
      </Form>
    </PageSection>
  )
}
