/** What the decision-maker will read, whom it was put to, and putting it to somebody. */
import { Form, useNavigation } from '@remix-run/react'
import { Send, Undo2 } from 'lucide-react'
import type { ApprovalText } from '#app/services/exception-approval-input.ts'
import type { KnownPerson } from '#app/services/room-people.server.ts'
import { PersonFields } from '../assignment/person-fields.tsx'
import { Button } from '../button.tsx'
import { DataTable } from '../data-table.tsx'
import { DefinitionList } from '../definition-list.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { DateField, TextAreaField } from '../text-field.tsx'
import { Time } from '../time.tsx'

type Texts = { recipientName?: string; recipientEmail?: string; dueOn?: string; note?: string }

interface ApprovalRow {
  id: string
  recipientName: string
  recipientEmail: string
  dueOn: string
  state: 'asked' | 'approved' | 'refused' | 'taken-back'
  askedByName: string
  askedAt: Date
  decidedAt: Date | null
  words: string | null
  method: string | null
  address: string | null
}

interface AskApprovalProps {
  page: {
    isOpen: boolean
    text: ApprovalText
    people: readonly KnownPerson[]
    texts: Texts
    approvals: readonly ApprovalRow[]
  }
  wrong: { fieldErrors: Record<string, string>; typed: Texts } | undefined
}

const STATES = {
  asked: { word: 'Asked', tone: 'info' },
  approved: { word: 'Approved', tone: 'ok' },
  refused: { word: 'Refused', tone: 'bad' },
  'taken-back': { word: 'Taken back', tone: 'neutral' },
} as const

export function AskApproval({ page, wrong }: AskApprovalProps) {
  const { text, approvals, isOpen } = page
  const isSettled = approvals.some(({ state }) => state === 'asked' || state === 'approved')
  return (
    <>
      {approvals.length > 0 ? <Asked approvals={approvals} /> : null}
      <PageSection title="The exception" lead={`${text.formTitle}, item ${text.item}: ${text.prompt}`}>
        <DefinitionList
          items={[
            { term: 'Answer', value: text.answer ?? 'None yet' },
            { term: 'What is excepted', value: text.scope || 'Not stated' },
            { term: 'Why', value: text.reason },
            { term: 'What limits the risk', value: text.compensatingControl },
            { term: 'Owner', value: text.owner },
            {
              term: 'Holds',
              value: (
                <>
                  <Time at={text.startsOn} /> to <Time at={text.expiresOn} />
                </>
              ),
            },
          ]}
        />
      </PageSection>
      {isOpen && !isSettled ? <Ask page={page} wrong={wrong} /> : null}
      {isOpen ? null : (
        <Notice kind="info">
          Nobody can be asked any more: the exception is over, the application is signed, or the client is
          archived.
        </Notice>
      )}
    </>
  )
}

function Asked({ approvals }: { approvals: readonly ApprovalRow[] }) {
  return (
    <PageSection title="Whom it was put to">
      <DataTable
        caption="Whom it was put to"
        rows={approvals}
        rowKey={({ id }) => id}
        empty={null}
        columns={[
          {
            id: 'who',
            header: 'Person',
            isRowHeader: true,
            cell: (row) => (
              <span className="wrap-anywhere">
                {row.recipientName}{' '}
                <span className="font-normal text-caption text-ink-soft">{row.recipientEmail}</span>
              </span>
            ),
          },
          {
            id: 'asked',
            header: 'Asked',
            cell: (row) => (
              <>
                <Time at={row.askedAt} show="moment" />
                <span className="block text-caption text-ink-soft">
                  by {row.askedByName}, needed by <Time at={row.dueOn} />
                </span>
              </>
            ),
          },
          { id: 'state', header: 'State', cell: (row) => <StatusBadge {...STATES[row.state]} /> },
          {
            id: 'decided',
            header: 'Decision',
            cell: (row) =>
              row.decidedAt ? (
                <span className="wrap-anywhere">
                  <Time at={row.decidedAt} show="moment" />
                  {row.words ? `: “${row.words}”` : ''}
                  <span className="block text-caption text-ink-soft">
                    {row.method}
                    {row.address ? `, from ${row.address}` : ''}
                  </span>
                </span>
              ) : null,
          },
          {
            id: 'back',
            header: 'Take back',
            cell: (row) =>
              row.state === 'asked' ? (
                <Form method="post">
                  <input type="hidden" name="intent" value="take-back" />
                  <input type="hidden" name="approvalId" value={row.id} />
                  <Button type="submit" size="small" icon={Undo2}>
                    Take back<span className="sr-only"> what {row.recipientName} was asked</span>
                  </Button>
                </Form>
              ) : null,
          },
        ]}
      />
    </PageSection>
  )
}

function Ask({ page, wrong }: AskApprovalProps) {
  const { state, formData } = useNavigation()
  const errors = wrong?.fieldErrors ?? {}
  const texts = wrong?.typed ?? page.texts
  return (
    <PageSection
      title="Put it to somebody at the client"
      lead="They need no account: a mail brings their link, and a one-time code opens it."
    >
      <Form method="post" noValidate className="flex max-w-measure flex-col gap-5">
        <FormErrorSummary
          problems={Object.entries(errors).map(([field, message]) => ({ fieldId: field, message }))}
        />
        <input type="hidden" name="intent" value="ask" />
        <PersonFields people={page.people} typed={texts} errors={errors} />
        <DateField
          id="dueOn"
          name="dueOn"
          label="Needed by"
          defaultValue={texts.dueOn ?? ''}
          error={errors.dueOn}
        />
        <TextAreaField
          id="note"
          name="note"
          label="Note to them"
          optional
          hint="In plain words: what this is about, and why you ask."
          rows={3}
          maxLength={1000}
          defaultValue={texts.note ?? ''}
          error={errors.note}
        />
        <Button
          type="submit"
          variant="primary"
          icon={Send}
          className="self-start max-sm:w-full"
          loading={state !== 'idle' && formData?.get('intent') === 'ask'}
          loadingLabel="Sending"
        >
          Ask for approval
        </Button>
      </Form>
    </PageSection>
  )
}
