/** The renewals under way, each with how its account was sorted and what comes next. */
import { CircleCheck, FileQuestionMark, Wrench } from 'lucide-react'
import { ACCOUNT_SORT_WORDS, type AccountSort } from '#app/services/renewal-steps.ts'
import type { ListedRenewal } from '#app/services/renewal-table.ts'
import { countOf } from '../counts.ts'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { StatusBadge, type StatusLook } from '../status-badge.tsx'
import { Time } from '../time.tsx'

const SORT_LOOKS: Record<AccountSort, Pick<StatusLook, 'icon' | 'tone'>> = {
  clean: { icon: CircleCheck, tone: 'ok' },
  'evidence-needed': { icon: FileQuestionMark, tone: 'warn' },
  'remediation-needed': { icon: Wrench, tone: 'bad' },
}

export function RenewalTable({ caption, rows }: { caption: string; rows: readonly ListedRenewal[] }) {
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={({ policyId }) => policyId}
      empty={null}
      columns={[
        {
          id: 'client',
          header: 'Client',
          isRowHeader: true,
          cell: ({ policyId, client, insurer }) => (
            <>
              <TextLink to={`/policies/${policyId}`} quiet className="wrap-anywhere">
                {client.legalName}
              </TextLink>
              <span className="wrap-anywhere block font-normal text-caption text-ink-soft">{insurer}</span>
            </>
          ),
        },
        {
          id: 'expiry',
          header: 'Expires',
          cell: ({ expiresOn, daysLeft }) => (
            <>
              <Time at={expiresOn} />
              <span className="block text-caption text-ink-soft">{clock(daysLeft)}</span>
            </>
          ),
        },
        {
          id: 'sort',
          header: 'Account today',
          cell: ({ sort, because, sortedAs }) => (
            <>
              <StatusBadge word={ACCOUNT_SORT_WORDS[sort]} {...SORT_LOOKS[sort]} />
              <span className="block text-caption text-ink-soft">
                {because.join(', ')}
                {sortedAs && sortedAs !== sort
                  ? ` (sorted as ${ACCOUNT_SORT_WORDS[sortedAs].toLowerCase()})`
                  : ''}
              </span>
            </>
          ),
        },
        {
          id: 'next',
          header: 'Next step',
          cell: ({ next }) =>
            next ? (
              <>
                <span className="wrap-anywhere">{next.title}</span>
                <span className={`block text-caption ${next.daysLeft < 0 ? 'text-bad' : 'text-ink-soft'}`}>
                  {next.daysLeft < 0 ? 'Overdue since ' : 'Due '}
                  <Time at={next.dueOn} />, {next.ownerName}
                </span>
              </>
            ) : (
              <span className="text-ink-soft">None open</span>
            ),
        },
        {
          id: 'done',
          header: 'Steps',
          align: 'end',
          cell: ({ done, steps }) => (steps === 0 ? 'No plan' : `${done} of ${steps}`),
        },
      ]}
    />
  )
}

function clock(daysLeft: number): string {
  if (daysLeft === 0) return 'today'
  return daysLeft > 0 ? `in ${countOf(daysLeft, 'day')}` : `${countOf(-daysLeft, 'day')} ago`
}
