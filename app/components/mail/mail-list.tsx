/** The mails of the outbox, of one state or all, a page at a time. */
import { Form } from '@remix-run/react'
import { Inbox } from 'lucide-react'
import { OUTBOX_VIEWS, type OutboxQuery } from '#app/services/mail-input.ts'
import { Button, ButtonLink } from '../button.tsx'
import { EmptyState } from '../empty-state.tsx'
import { Pagination } from '../pagination.tsx'
import { SelectField } from '../text-field.tsx'
import { MailCard, type MailCardProps } from './mail-card.tsx'
import { MAIL_STATES } from './mail-states.ts'

export interface OutboxView extends OutboxQuery {
  pageSize: number
  total: number
}

const hrefOf = (state: OutboxQuery['state'], page = 1) =>
  `/outbox?${new URLSearchParams({ state, page: `${page}` })}`

export function MailList({ mails, view }: { mails: readonly MailCardProps[]; view: OutboxView }) {
  const { state, ...paging } = view
  if (state === 'all' && mails.length === 0) {
    return (
      <EmptyState icon={Inbox} title="Nothing was written yet">
        Once a report is certified, send the officer of the insured a link from its page. The mail shows up
        here.
      </EmptyState>
    )
  }
  return (
    <>
      <Form method="get" key={state} className="mb-5 flex flex-wrap items-end gap-3">
        <SelectField
          name="state"
          id="state"
          label="State"
          className="max-sm:w-full sm:w-56"
          defaultValue={state}
          options={OUTBOX_VIEWS.map((value) => ({
            value,
            label: value === 'all' ? 'All' : MAIL_STATES[value].word,
          }))}
        />
        <Button type="submit" className="max-sm:w-full">
          Show
        </Button>
      </Form>
      {mails.length > 0 ? (
        <div className="border-rule border-t">
          {mails.map((mail) => (
            <MailCard key={mail.id} {...mail} />
          ))}
        </div>
      ) : (
        <EmptyState
          icon={Inbox}
          title="None of this state"
          action={<ButtonLink to={hrefOf('all')}>Show all</ButtonLink>}
        >
          Mails of other states are there.
        </EmptyState>
      )}
      <Pagination label="mails" {...paging} hrefOf={(page) => hrefOf(state, page)} />
    </>
  )
}
