/** What else changed since the report before: observations, exceptions, and open conditions of the insurer. */
import { reattestWords } from '#app/report/language/reattestation/words.ts'
import type { ShownComparison } from '#app/services/reattestation-pages.server.ts'
import { DataTable } from '../data-table.tsx'
import { PageSection } from '../page-header.tsx'
import { InLanguage, Said } from '../report/report-language.tsx'
import { Time } from '../time.tsx'

type Props = Pick<ShownComparison, 'language' | 'changedFacts' | 'newExceptions' | 'openSubjectivities'>

export function SinceThen({ language, changedFacts, newExceptions, openSubjectivities }: Props) {
  const { say, date } = reattestWords(language)
  return (
    <InLanguage language={language}>
      <PageSection title={say('chapter.facts')}>
        <DataTable
          caption={say('chapter.facts')}
          rows={changedFacts}
          rowKey={({ label, subject, before, now }) => [label, subject, before, now].join(' ')}
          empty={<p>{say('chapter.no-facts')}</p>}
          columns={[
            {
              id: 'fact',
              header: say('chapter.fact'),
              isRowHeader: true,
              cell: ({ label, subject }) => (
                <>
                  {label}
                  <span className="block break-words text-caption text-ink-soft">
                    <Said>{subject}</Said>
                  </span>
                </>
              ),
            },
            {
              id: 'before',
              header: say('chapter.before'),
              cell: ({ before }) => <Said>{before ?? say('chapter.nothing')}</Said>,
            },
            {
              id: 'now',
              header: say('chapter.now'),
              cell: ({ now, observedOn }) => (
                <>
                  <Said>{now ?? say('chapter.nothing')}</Said>
                  {now ? (
                    <span className="block text-caption text-ink-soft">
                      <Time at={observedOn} />
                    </span>
                  ) : null}
                </>
              ),
            },
          ]}
        />
      </PageSection>
      <PageSection title={say('chapter.new-exceptions')}>
        {newExceptions.length === 0 ? <p>{say('chapter.no-new-exceptions')}</p> : null}
        <ul>
          {newExceptions.map(({ form, scope, reason, approvedBy, expiresOn }) => (
            <li key={[form, scope, reason].join(' ')} className="break-words py-1">
              <Said>{scope}</Said>: <Said>{reason}</Said> ({approvedBy},{' '}
              {say('chapter.due', { day: date(expiresOn) })})
            </li>
          ))}
        </ul>
      </PageSection>
      <PageSection title={say('chapter.subjectivities')}>
        {openSubjectivities.length === 0 ? <p>{say('chapter.no-subjectivities')}</p> : null}
        <ul>
          {openSubjectivities.map(({ reference, condition, due }) => (
            <li key={[reference, condition].join(' ')} className="break-words py-1">
              <Said>{[reference, condition].filter(Boolean).join(' ')}</Said>
              {due ? ` (${say('chapter.due', { day: date(due) })})` : ''}
            </li>
          ))}
        </ul>
      </PageSection>
    </InLanguage>
  )
}
