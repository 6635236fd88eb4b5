/** One domain: what was seen last, what each record means, and how anybody sees the same. */
import { Form, useNavigation } from '@remix-run/react'
import { RefreshCw } from 'lucide-react'
import type { MailEntry } from '#evidence/checks/reading.ts'
import { Button } from '../button.tsx'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { Notice } from '../notice.tsx'
import { Time } from '../time.tsx'
import { RepeatCommands } from './repeat-commands.tsx'
import { SelectorsForm } from './selectors-form.tsx'
import { VerdictBadge } from './verdict-badge.tsx'

export interface DomainResultProps {
  domain: string
  selectors: string[]
  latest: {
    at: Date
    by: string
    evidenceId: string | null
    isWithdrawn: boolean
    entries: MailEntry[]
  } | null
  canCheck: boolean
}

export function DomainResult({ domain, selectors, latest, canCheck }: DomainResultProps) {
  const sending = useNavigation().formData
  const isStarting =
    sending?.get('intent') === 'check-domains' && sending.getAll('domains[]').includes(domain)
  const id = `domain-${domain.replaceAll('.', '-')}`
  return (
    <section aria-labelledby={id} className="mt-8 border-rule border-t pt-5">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 id={id} className="wrap-anywhere font-semibold text-lead">
            {domain}
          </h3>
          <p className="text-caption text-ink-soft">
            {latest ? (
              <>
                Asked on <Time at={latest.at} show="moment" /> for {latest.by}.{' '}
                {latest.evidenceId ? (
                  <TextLink to={`/evidence/${latest.evidenceId}`}>
                    Evidence<span className="sr-only"> of {domain}</span>
                  </TextLink>
                ) : null}
              </>
            ) : (
              'Not asked yet.'
            )}
          </p>
        </div>
        {canCheck ? (
          <Form method="post" preventScrollReset>
            <input type="hidden" name="intent" value="check-domains" />
            <input type="hidden" name="domains[]" value={domain} />
            <Button type="submit" size="small" icon={RefreshCw} loading={isStarting} loadingLabel="Starting">
              Check now<span className="sr-only">: {domain}</span>
            </Button>
          </Form>
        ) : null}
      </div>
      {latest?.isWithdrawn ? (
        <div className="mb-3">
          <Notice kind="info">
            The evidence of this check is withdrawn: nothing that it says counts any more.
          </Notice>
        </div>
      ) : null}
      {latest ? <EntryTable domain={domain} entries={latest.entries} /> : null}
      {canCheck ? <SelectorsForm key={selectors.join()} domain={domain} selectors={selectors} /> : null}
    </section>
  )
}

function EntryTable({ domain, entries }: { domain: string; entries: MailEntry[] }) {
  return (
    <DataTable
      caption={`Mail records of ${domain}`}
      rows={entries}
      rowKey={({ topic }) => topic}
      empty={null}
      columns={[
        {
          id: 'check',
          header: 'Check',
          isRowHeader: true,
          cell: (entry) => (
            <>
              <span className="block">{entry.title}</span>
              <VerdictBadge verdict={entry.verdict} />
            </>
          ),
        },
        {
          id: 'result',
          header: 'Seen',
          cell: (entry) => (
            <>
              <span className="block font-medium">{entry.shown}</span>
              {entry.records.map((record) => (
                <code
                  key={record}
                  className="wrap-anywhere block max-w-measure whitespace-pre-wrap font-mono text-micro text-ink-soft"
                >
                  {record}
                </code>
              ))}
            </>
          ),
        },
        {
          id: 'means',
          header: 'What it means',
          cell: (entry) => (
            <>
              <span className="block">{entry.means}</span>
              {entry.notes.map((note) => (
                <span key={note} className="wrap-anywhere block text-caption text-ink-soft">
                  {note}
                </span>
              ))}
              <RepeatCommands commands={entry.commands} about={`${entry.title} of ${domain}`} />
            </>
          ),
        },
        {
          id: 'wants',
          header: 'What insurers want',
          cell: (entry) => <span className="text-ink-soft">{entry.wants}</span>,
        },
      ]}
    />
  )
}
