/** On the account page: what stands beside the password, and whether everybody of the organisation needs it. */
import { Form } from '@remix-run/react'
import type { SecondFactorDemand } from '#app/services/second-factor-rules.ts'
import { Button, ButtonLink } from '../button.tsx'
import { DataTable } from '../data-table.tsx'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { Time } from '../time.tsx'
import { type FactorItem, KIND_WORDS } from './factor-list.tsx'

interface SecondFactorSectionProps {
  factors: FactorItem[]
  recoveryCodesLeft: number
  demand: SecondFactorDemand
  isDemo: boolean
  isOwner: boolean
  organisationName: string
  refusal: string | null
  changed: 'demanded' | 'released' | null
}

export function SecondFactorSection(props: SecondFactorSectionProps) {
  const { factors, recoveryCodesLeft, isDemo } = props
  return (
    <PageSection
      title="Second factors"
      lead="What you show beside your password when you sign in: a passkey, or a code of an app."
      actions={
        isDemo ? null : (
          <ButtonLink to="/second-factors" size="small">
            {factors.length > 0 ? 'Change second factors' : 'Set up a second factor'}
          </ButtonLink>
        )
      }
    >
      {factors.length > 0 ? (
        <DataTable
          caption="Second factors"
          rows={factors}
          rowKey={({ id }) => id}
          empty={null}
          columns={[
            {
              id: 'name',
              header: 'Name',
              isRowHeader: true,
              cell: ({ name }) => <span className="break-words">{name}</span>,
            },
            { id: 'kind', header: 'Kind', cell: ({ kind }) => KIND_WORDS[kind] },
            { id: 'added', header: 'Added', cell: ({ createdAt }) => <Time at={createdAt} show="day" /> },
            {
              id: 'used',
              header: 'Last used',
              cell: ({ lastUsedAt }) =>
                lastUsedAt ? <Time at={lastUsedAt} show="moment" /> : 'Not used yet',
            },
          ]}
        />
      ) : (
        <p className="max-w-measure text-ink-soft">
          {isDemo
            ? 'Everybody shares the account of the demo, so it has no second factor.'
            : 'None yet: whoever learns your password can sign in as you, and sign in your name.'}
        </p>
      )}
      {factors.length > 0 ? (
        <p className="mt-3 text-ink-soft">
          {recoveryCodesLeft === 0
            ? 'No recovery code is left.'
            : `Recovery codes left: ${recoveryCodesLeft}.`}
        </p>
      ) : null}
      {isDemo ? null : <Demand {...props} />}
    </PageSection>
  )
}

function Demand({ demand, isOwner, organisationName, refusal, changed }: SecondFactorSectionProps) {
  return (
    <div className="mt-5 flex max-w-measure flex-col gap-3">
      <h3 className="font-semibold">Everybody of {organisationName}</h3>
      {refusal ? (
        <Notice kind="danger" announce>
          {refusal}
        </Notice>
      ) : null}
      {changed ? (
        <Notice kind="success" announce>
          {changed === 'demanded'
            ? 'From now on nobody opens anything without a second factor. It stands in the ledger.'
            : 'A second factor is left to each member again. It stands in the ledger.'}
        </Notice>
      ) : null}
      <p className="text-ink-soft">{DEMAND_WORDS[demand]}</p>
      {isOwner && demand !== 'always' ? (
        <Form method="post">
          <input type="hidden" name="intent" value={demand === 'none' ? 'demand' : 'release'} />
          <Button type="submit" size="small">
            {demand === 'none' ? 'Demand a second factor of everybody' : 'Leave it to each member'}
          </Button>
        </Form>
      ) : null}
    </div>
  )
}

const DEMAND_WORDS: Record<SecondFactorDemand, string> = {
  none: 'Each member decides. An owner can demand it of everybody: members without one are then led to set one up before anything else opens.',
  'by-owner': 'Everybody needs a second factor: an owner of the organisation demands it.',
  always:
    'Everybody needs a second factor: insurers and assessment firms see what many organisations entrust to them.',
}
