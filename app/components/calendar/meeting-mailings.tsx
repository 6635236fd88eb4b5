/** Whether those who are invited know of a meeting as it stands, and the button that tells them. */
import { Form } from '@remix-run/react'
import { Notice } from '../notice.tsx'
import { Submit } from '../signing/form-parts.tsx'
import { Time } from '../time.tsx'

interface MailedTime {
  heldOn: string
  startsAt: string
}

export interface MeetingMailingsProps {
  sequence: number
  isCancelled: boolean
  /** Whether it is over. */
  isPast: boolean
  /** Newest first. */
  mailings: { sequence: number; at: Date | string; recipients: string[]; time?: MailedTime }[]
}

export function MeetingMailings(props: MeetingMailingsProps) {
  const { sequence, isCancelled, isPast, mailings } = props
  const [last] = mailings
  const isTold = last?.sequence === sequence
  return (
    <div className="mb-8 flex flex-col gap-4">
      <Standing {...props} />
      {isPast && !isCancelled ? null : (
        <Form method="post" preventScrollReset>
          <input type="hidden" name="intent" value="mail-invitation" />
          <Submit variant={isTold ? 'secondary' : 'primary'}>{labelOf(props)}</Submit>
        </Form>
      )}
      {mailings.length > 0 ? (
        <div>
          <h2 className="font-medium">What was mailed</h2>
          <ul className="mt-1 max-w-measure text-caption text-ink-soft">
            {mailings.map(({ sequence: of, at, recipients, time }) => (
              <li key={String(at)} className="wrap-anywhere py-0.5">
                <Time at={at} show="moment" />: version {of + 1}
                {time ? (
                  <>
                    {' '}
                    (<When time={time} />)
                  </>
                ) : null}{' '}
                to {recipients.join(', ')}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}

function labelOf({ sequence, isCancelled, mailings: [last] }: MeetingMailingsProps): string {
  const what = isCancelled
    ? 'the cancellation'
    : last && sequence > 0
      ? 'the changed invitation'
      : 'the invitation'
  return last?.sequence === sequence ? `Mail ${what} again` : `Mail ${what}`
}

function Standing({ sequence, isCancelled, isPast, mailings: [last] }: MeetingMailingsProps) {
  const isTold = last?.sequence === sequence
  if (isPast && !isCancelled)
    return (
      <Notice kind="warning" title="The day of this meeting has passed">
        It is kept as a record of a meeting that was held, and nobody can be invited to it any more. Is the
        day wrong? Change it below.
      </Notice>
    )
  if (isTold) return null
  if (isCancelled)
    return (
      <Notice kind="warning" title="Those who are invited have not been told that it is cancelled">
        {last ? (
          <>
            They still hold the invitation of <Time at={last.at} />
            {last.time ? (
              <>
                , for <When time={last.time} />
              </>
            ) : null}
            . They are told when you mail the cancellation.
          </>
        ) : (
          'No invitation was mailed from here. If you handed over the file, mail the cancellation or hand over its file.'
        )}
      </Notice>
    )
  if (!last) return null
  return (
    <Notice kind="warning" title="The meeting was changed since the invitation was mailed">
      Those who are invited hold version {last.sequence + 1} of <Time at={last.at} />
      {last.time ? (
        <>
          , for <When time={last.time} />
        </>
      ) : null}
      . Mail the changed invitation, so that their calendars move it.
    </Notice>
  )
}

const When = ({ time: { heldOn, startsAt } }: { time: MailedTime }) => (
  <>
    <Time at={heldOn} />, {startsAt}
  </>
)
