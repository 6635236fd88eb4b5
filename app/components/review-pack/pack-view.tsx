import { paperWords } from '#app/report/language/papers/words.ts'
import type { PackAccount } from '#app/report/review-pack/pack-account.ts'
import { formatCount } from '../counts.ts'
import { PageSection } from '../page-header.tsx'
import { Stat, StatRow } from '../stat.tsx'
import { Time } from '../time.tsx'
import { ChangeTable } from './change-table.tsx'
import { DatedTables } from './dated-tables.tsx'
import { FindingPicture } from './finding-picture.tsx'
import { ReadinessPicture } from './readiness-picture.tsx'

const { say } = paperWords('en')

/** The whole pack of a period, in the order in which a meeting goes through it. */
export function PackView({ pack }: { pack: PackAccount }) {
  const { period, domains, improved, drifted, contradictions, firstAnswered, findings, actions } = pack
  const hasReadiness = domains.length > 0
  return (
    <>
      <PageSection
        title={say('pack.kind')}
        lead={
          <>
            <Time at={period.first} /> to <Time at={period.last} />. {say('pack.read-when-made')} Everything
            else stands as it was known on the two days that are compared.
          </>
        }
      >
        {hasReadiness ? (
          <>
            <StatRow>
              <Stat label="Improved" value={improved.length} tone={improved.length > 0 ? 'ok' : undefined} />
              <Stat label="Drifted" value={drifted.length} tone={drifted.length > 0 ? 'warn' : undefined} />
              <Stat
                label="Contradictions at the end"
                value={formatCount(contradictions.left)}
                detail={`${formatCount(contradictions.opened)} opened, ${formatCount(contradictions.closed)} closed`}
                tone={contradictions.left > 0 ? 'bad' : 'ok'}
              />
              <Stat label="First answered" value={formatCount(firstAnswered.count)} />
            </StatRow>
            {firstAnswered.count > 0 ? (
              <p className="mt-4 max-w-measure text-caption text-ink-soft">
                {say('pack.first-answered', { count: firstAnswered.count })}{' '}
                {firstAnswered.contradicted > 0
                  ? say('pack.first-contradicted', { count: firstAnswered.contradicted })
                  : null}
              </p>
            ) : null}
            <ul className="mt-4 text-caption text-ink-soft" aria-label={say('pack.forms')}>
              {pack.forms.map(({ title, edition, isSigned }) => (
                <li key={`${title} ${edition}`} className="wrap-anywhere">
                  {title}, edition {edition} ({isSigned ? 'attested' : 'a draft'})
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </PageSection>
      <PageSection title={say('pack.readiness')}>
        {hasReadiness ? (
          <ReadinessPicture domains={domains} />
        ) : (
          <p className="text-ink-soft">{say('pack.no-application')}</p>
        )}
      </PageSection>
      <PageSection title={say('pack.actions')}>
        {actions.length > 0 ? (
          <ol className="max-w-measure list-decimal space-y-2 ps-5">
            {actions.map((action) => (
              <li key={`${action.kind} ${action.title}`} className="wrap-anywhere">
                {action.title}
                <span className="block text-caption text-ink-soft">
                  {action.kind === 'fix'
                    ? say('pack.action.fix', { findings: action.findings, assets: action.assets })
                    : say('pack.action.remedy', { count: action.answers })}
                </span>
              </li>
            ))}
          </ol>
        ) : (
          <p className="text-ink-soft">{say('pack.actions.none')}</p>
        )}
      </PageSection>
      <PageSection title="What improved">
        <ChangeTable caption="What improved" changes={improved} empty={say('pack.improved.none')} />
      </PageSection>
      <PageSection title="What drifted">
        <ChangeTable caption="What drifted" changes={drifted} empty={say('pack.drifted.none')} />
      </PageSection>
      <PageSection title={say('pack.findings')}>
        {findings && findings.length > 0 ? (
          <FindingPicture findings={findings} />
        ) : (
          <p className="text-ink-soft">
            {say(findings ? 'pack.findings.none' : 'pack.findings.no-register')}
          </p>
        )}
      </PageSection>
      <DatedTables pack={pack} />
    </>
  )
}
