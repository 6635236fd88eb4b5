/** The quote, the binder, and whether conditions hold the one or end the other. */
import { Pencil } from 'lucide-react'
import type { BinderStanding } from '#app/services/subjectivity-standing.ts'
import { URGENT_DAYS } from '#app/services/subjectivity-standing.ts'
import { ButtonLink } from '../button.tsx'
import { countOf } from '../counts.ts'
import { DefinitionList } from '../definition-list.tsx'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { Time } from '../time.tsx'

export interface ShownBinding {
  insurer: string
  quoteReference: string
  quotedOn: string | null
  boundOn: string | null
  binderExpiresOn: string | null
  expirySource: string | null
}

interface BinderPanelProps {
  binding: ShownBinding | null
  binder: BinderStanding
  editTo: string
  /** Where a bound quote becomes a policy. */
  policyTo: string
}

export function BinderPanel({ binding, binder, editTo, policyTo }: BinderPanelProps) {
  return (
    <PageSection
      title="Quote and binder"
      actions={
        <>
          {binding?.boundOn ? <ButtonLink to={policyTo}>Record the policy</ButtonLink> : null}
          <ButtonLink icon={Pencil} to={editTo}>
            {binding ? (binding.boundOn ? 'Correct' : 'Correct or bind') : 'Record the quote'}
          </ButtonLink>
        </>
      }
    >
      <BinderNotice binder={binder} />
      {binding ? (
        <div className="mt-4 max-w-measure">
          <DefinitionList
            items={[
              { term: 'Insurer', value: <span className="wrap-anywhere">{binding.insurer}</span> },
              {
                term: 'Quote',
                value: (
                  <>
                    <span className="wrap-anywhere">{binding.quoteReference}</span>
                    {binding.quotedOn ? (
                      <>
                        , of <Time at={binding.quotedOn} />
                      </>
                    ) : null}
                  </>
                ),
              },
              {
                term: 'Binder issued',
                value: binding.boundOn ? <Time at={binding.boundOn} /> : 'Not yet',
              },
              ...(binding.binderExpiresOn
                ? [{ term: 'Last day while conditional', value: <LastDay binding={binding} /> }]
                : []),
            ]}
          />
        </div>
      ) : null}
    </PageSection>
  )
}

function LastDay({ binding: { binderExpiresOn, expirySource } }: { binding: ShownBinding }) {
  return (
    <>
      {binderExpiresOn ? <Time at={binderExpiresOn} /> : null}
      <span className="wrap-anywhere block text-caption text-ink-soft">
        {expirySource ? `By ${expirySource}` : 'The usual 30 days after issue'}
      </span>
    </>
  )
}

/** Also shown where a binder ends all the conditions of a list. */
export function BinderNotice({ binder }: { binder: BinderStanding }) {
  switch (binder.kind) {
    case 'no-quote':
      return (
        <p className="max-w-measure text-ink-soft">
          Record the insurer and its quote here, and later the day of the bind: the clock of every condition
          after the bind begins with it.
        </p>
      )
    case 'quoted':
      return (
        <Notice kind="info" title="Nothing holds the quote">
          No condition before the bind is open. The binder can be recorded once the broker has it.
        </Notice>
      )
    case 'held':
      return (
        <Notice
          kind="warning"
          title={`${countOf(binder.open, 'condition')} before the bind ${binder.open === 1 ? 'holds' : 'hold'} the quote`}
        >
          Nothing is insured until the insurer has closed or waived {binder.open === 1 ? 'it' : 'them'} and
          the binder is issued.
        </Notice>
      )
    case 'conditional':
      return (
        <Notice
          kind={binder.daysLeft <= URGENT_DAYS ? 'danger' : 'warning'}
          title={
            binder.daysLeft === 0
              ? 'The conditional binder lapses after today'
              : `Conditional binder: ${countOf(binder.daysLeft, 'day')} left`
          }
        >
          It becomes unconditional once the insurer has closed or waived {countOf(binder.open, 'condition')},
          and lapses after <Time at={binder.expiresOn} /> otherwise.
        </Notice>
      )
    case 'lapsed':
      return (
        <Notice kind="danger" title={`The binder lapsed ${countOf(-binder.daysLeft, 'day')} ago`}>
          Its last day was <Time at={binder.expiresOn} />, with {countOf(binder.open, 'condition')} open. Ask
          the broker today whether cover still stands, and record what was granted.
        </Notice>
      )
    case 'unconditional':
      return (
        <Notice kind="success" title="The binder is unconditional">
          Every condition is closed or waived.
        </Notice>
      )
    case 'settled-late':
      return (
        <Notice kind="warning" title="The conditions were settled after the binder’s last day">
          The binder ended with <Time at={binder.expiresOn} />, and the last condition was settled on{' '}
          <Time at={binder.settledOn} />. Ask the broker to confirm in writing that cover stood in between,
          and keep the answer as evidence.
        </Notice>
      )
  }
}
