/** An exception in plain words before the client's decision-maker, who approves it or says why not. */
import { Form, Link } from '@remix-run/react'
import type { RoomApproval } from '#app/services/room-approvals.server.ts'
import { SignerLayout } from '../attestation/signer-layout.tsx'
import { Button } from '../button.tsx'
import { CheckboxField } from '../choice-field.tsx'
import { CopyableHash } from '../copyable-hash.tsx'
import { DefinitionList } from '../definition-list.tsx'
import { Notice } from '../notice.tsx'
import { TextAreaField } from '../text-field.tsx'
import { Time } from '../time.tsx'

interface RoomApprovalViewProps {
  approval: RoomApproval
  base: string
  /** Of the last try. */
  wrong: { fieldErrors: Record<string, string>; typed: { intent: string; words: string } } | undefined
  refusal: string | undefined
  isSending: boolean
}

export function RoomApprovalView({ approval, base, wrong, refusal, isSending }: RoomApprovalViewProps) {
  const { text, state, dueOn, askedByName, textSha256 } = approval
  return (
    <SignerLayout
      kicker={
        <Link to={base} className="text-link">
          Back to what waits for you
        </Link>
      }
      title="Your decision is needed"
      lead={
        <>
          In the insurance application of {text.clientName} something is not in order, and is to stay as it is
          for a while. That is for somebody at {text.clientName} to accept. {askedByName} of{' '}
          {text.organisationName} asks you
          {state === 'asked' ? (
            <>
              {' '}
              to decide by <Time at={dueOn} />
            </>
          ) : null}
          .
        </>
      }
    >
      <div className="flex flex-col gap-6">
        {refusal ? <Notice kind="danger" announce title={refusal} /> : null}
        <Outcome approval={approval} />
        {text.note ? (
          <div className="max-w-measure border-rule border-s-2 ps-3">
            <p className="text-caption text-ink-soft">{askedByName} adds</p>
            <p className="wrap-anywhere whitespace-pre-line">{text.note}</p>
          </div>
        ) : null}
        <DefinitionList
          items={[
            { term: 'What stays as it is', value: <Words>{text.scope || 'Not stated'}</Words> },
            { term: 'Why', value: <Words>{text.reason}</Words> },
            { term: 'What limits the risk meanwhile', value: <Words>{text.compensatingControl}</Words> },
            { term: 'Who puts it in order', value: <Words>{text.owner}</Words> },
            {
              term: 'How long',
              value: (
                <>
                  From <Time at={text.startsOn} /> to <Time at={text.expiresOn} />
                </>
              ),
            },
          ]}
        />
        <section aria-labelledby="effect" className="max-w-measure">
          <h2 id="effect" className="font-semibold text-section">
            What it means for the insurance
          </h2>
          <p className="mt-1">
            The form “{text.formTitle}” asks: “{text.prompt}”
          </p>
          <p className="mt-2">
            {text.answer ? (
              <>
                The answer “{text.answer}” stays in the application although evidence speaks against it. The
                insurer reads this exception beside the answer, with your name.
              </>
            ) : (
              <>The insurer reads this exception beside the answer, with your name.</>
            )}{' '}
            If you do not approve it, the exception ends at once, and the answer has to be changed or put in
            order before the application can be signed.
          </p>
        </section>
        {state === 'asked' ? <Decide {...{ text, wrong, isSending }} /> : null}
        <footer className="text-caption text-ink-soft">
          <span className="block">SHA-256 of what is decided on:</span>
          <CopyableHash value={textSha256} label="SHA-256 of what is decided on" />
        </footer>
      </div>
    </SignerLayout>
  )
}

const Words = ({ children }: { children: string }) => (
  <span className="wrap-anywhere whitespace-pre-line">{children}</span>
)

function Decide({
  text,
  wrong,
  isSending,
}: Pick<RoomApprovalViewProps, 'wrong' | 'isSending'> & { text: RoomApproval['text'] }) {
  const isRefusing = wrong?.typed.intent === 'refuse'
  const errors = wrong?.fieldErrors ?? {}
  return (
    <>
      <Form
        method="post"
        noValidate
        aria-label="Approve"
        className="flex max-w-measure flex-col gap-5 border-rule border-t pt-5"
      >
        <input type="hidden" name="intent" value="approve" />
        <CheckboxField id="agree" name="agree" label={text.declaration} error={errors.agree} />
        <TextAreaField
          id="approve-words"
          name="words"
          label="Anything to add"
          optional
          rows={2}
          maxLength={1000}
          defaultValue={isRefusing ? '' : (wrong?.typed.words ?? '')}
          error={isRefusing ? undefined : errors.words}
        />
        <Button
          type="submit"
          variant="primary"
          className="self-start max-sm:w-full"
          loading={isSending}
          loadingLabel="Recording"
        >
          Approve
        </Button>
      </Form>
      <details open={isRefusing} className="max-w-measure">
        <summary className="cursor-pointer py-1 text-ink-soft hover:text-ink">I do not approve it</summary>
        <Form method="post" noValidate className="mt-3 flex flex-col gap-4">
          <input type="hidden" name="intent" value="refuse" />
          <TextAreaField
            id="refuse-words"
            name="words"
            label="Why not"
            hint={`${text.organisationName} will read it.`}
            rows={3}
            maxLength={1000}
            defaultValue={isRefusing ? (wrong?.typed.words ?? '') : ''}
            error={isRefusing ? errors.words : undefined}
          />
          <Button
            type="submit"
            className="self-start max-sm:w-full"
            loading={isSending}
            loadingLabel="Recording"
          >
            I do not approve it
          </Button>
        </Form>
      </details>
    </>
  )
}

function Outcome({ approval: { state, decidedAt, words } }: { approval: RoomApproval }) {
  if (state === 'closed')
    return (
      <Notice kind="info" title="No decision is needed any more">
        The exception ended, or the form was signed in the meantime.
      </Notice>
    )
  if (!decidedAt) return null
  const isApproved = state === 'approved'
  return (
    <Notice
      kind={isApproved ? 'success' : 'info'}
      title={isApproved ? 'You approved this' : 'You did not approve this'}
    >
      On <Time at={decidedAt} show="moment" />
      {words ? `: ${words}` : '.'}
    </Notice>
  )
}
