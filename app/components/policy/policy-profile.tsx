/** What a policy says: whom with, how much, what depends on controls, what has to be told. */
import { CircleCheck, CircleDashed, CircleQuestionMark, CircleX, Contrast, OctagonX } from 'lucide-react'
import { CONTROL_HOLD_WORDS, type ControlHold } from '#app/services/policy-concerns.ts'
import { DOCUMENT_ROLE_WORDS, DOCUMENT_ROLES } from '#app/services/policy-input.ts'
import { formatAmount } from '#questionnaires/currency.ts'
import { DefinitionList } from '../definition-list.tsx'
import { TextLink } from '../link.tsx'
import { PageSection } from '../page-header.tsx'
import { StatusBadge, type StatusLook } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { PolicyStandingBadge } from './policy-standing-badge.tsx'
import type { ShownContact, ShownPolicy } from './policy-view.ts'

const HOLD_LOOKS: Record<ControlHold, Pick<StatusLook, 'icon' | 'tone'>> = {
  contradicted: { icon: OctagonX, tone: 'bad' },
  unmet: { icon: CircleX, tone: 'bad' },
  unsupported: { icon: CircleDashed, tone: 'warn' },
  partly: { icon: Contrast, tone: 'warn' },
  unknown: { icon: CircleQuestionMark, tone: 'info' },
  holds: { icon: CircleCheck, tone: 'ok' },
}

/** @param isStandingShown where no header has said it already */
export function PolicyProfile({
  policy,
  isStandingShown = false,
}: {
  policy: ShownPolicy
  isStandingShown?: boolean
}) {
  const { terms } = policy
  const money = (minor: number) => formatAmount(minor, terms.currency)
  const named = (items: [string, string | null][]) =>
    items.flatMap(([term, value]) =>
      value ? [{ term, value: <span className="wrap-anywhere">{value}</span> }] : [],
    )
  return (
    <>
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
        <DefinitionList
          items={[
            ...named([
              ['Insurer', policy.insurer],
              ['Contact at the insurer', contactLine(terms.insurerContact)],
              ['Broker', terms.broker],
              ['Contact at the broker', contactLine(terms.brokerContact)],
              ['Policy number', policy.policyNumber],
              ['Quote', terms.quoteReference],
            ]),
            {
              term: 'Period',
              value: (
                <>
                  <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                    <span>
                      <Time at={policy.inceptionOn} /> to <Time at={policy.expiresOn} />
                    </span>
                    {isStandingShown ? <PolicyStandingBadge standing={policy.standing} /> : null}
                  </span>
                  <span className="block text-caption text-ink-soft">
                    At 00:01, {policy.timeZone.replaceAll('_', ' ')}
                  </span>
                </>
              ),
            },
            { term: 'Application', value: <ApplicationLine policy={policy} /> },
            ...named([['Scans', terms.scanCadence]]),
          ]}
        />
        <DefinitionList
          items={[
            ...named([
              ...terms.limits.map(({ name, amountMinor }): [string, string] => [
                `Limit, ${name}`,
                money(amountMinor),
              ]),
            ]),
            ...(terms.retentionMinor === null
              ? []
              : [
                  {
                    term: 'Retention',
                    value: <Retention terms={terms} amount={money(terms.retentionMinor)} />,
                  },
                ]),
            ...named([
              [
                'Waiting period',
                terms.waitingPeriodHours === null ? null : `${terms.waitingPeriodHours} hours`,
              ],
            ]),
            ...(terms.retroactiveOn
              ? [{ term: 'Retroactive date', value: <Time at={terms.retroactiveOn} /> }]
              : []),
            ...terms.sublimits.map(({ name, amountMinor, note }) => ({
              term: `Sublimit, ${name}`,
              value: (
                <>
                  {money(amountMinor)}
                  {note ? (
                    <span className="wrap-anywhere block text-caption text-ink-soft">{note}</span>
                  ) : null}
                </>
              ),
            })),
          ]}
        />
      </div>
      {policy.endorsements.length > 0 ? (
        <PageSection title="Endorsements that depend on controls">
          <ul className="border-rule border-t">
            {policy.endorsements.map((endorsement) => (
              <li key={endorsement.title} className="border-hairline border-b py-3">
                <p className="wrap-anywhere font-medium">{endorsement.title}</p>
                {endorsement.wording ? (
                  <blockquote className="wrap-anywhere mt-1 max-w-measure whitespace-pre-line border-rule border-s-2 ps-3 text-ink-soft">
                    {endorsement.wording}
                  </blockquote>
                ) : null}
                {endorsement.controls.length > 0 ? (
                  <ul className="mt-1.5 flex flex-wrap gap-x-6 gap-y-1">
                    {endorsement.controls.map(({ id, label, hold }) => (
                      <li key={id} className="flex flex-wrap items-baseline gap-x-2">
                        <span>{label}</span>
                        <StatusBadge word={CONTROL_HOLD_WORDS[hold]} {...HOLD_LOOKS[hold]} />
                      </li>
                    ))}
                  </ul>
                ) : (
                  <p className="mt-1 text-caption text-ink-soft">No control is named for it.</p>
                )}
              </li>
            ))}
          </ul>
        </PageSection>
      ) : null}
      {terms.notices.length > 0 ? (
        <PageSection title="Duties to give notice">
          <ul className="border-rule border-t">
            {terms.notices.map(({ what, toWhom, within, unit, source }) => (
              <li key={`${what} ${toWhom}`} className="wrap-anywhere border-hairline border-b py-2.5">
                <span className="font-medium">{what}</span>: to {toWhom}, within {within}{' '}
                {within === 1 ? unit.slice(0, -1) : unit}
                {source ? <span className="block text-caption text-ink-soft">{source}</span> : null}
              </li>
            ))}
          </ul>
        </PageSection>
      ) : null}
      {policy.documents.length > 0 ? (
        <PageSection title="Files">
          <ul className="border-rule border-t">
            {policy.documents.map(({ evidenceId, role, title }) => (
              <li key={evidenceId} className="flex flex-wrap gap-x-4 border-hairline border-b py-2.5">
                <TextLink to={`/evidence/${evidenceId}`} className="wrap-anywhere">
                  {title}
                </TextLink>
                <span className="text-ink-soft">{roleWord(role)}</span>
              </li>
            ))}
          </ul>
        </PageSection>
      ) : null}
    </>
  )
}

/** Only a layer above another policy has such a retention; else it was typed with a digit too many. */
function Retention({ terms, amount }: { terms: ShownPolicy['terms']; amount: string }) {
  const { limits, retentionMinor } = terms
  const isAboveAll =
    limits.length > 0 && limits.every(({ amountMinor }) => amountMinor < (retentionMinor ?? 0))
  return (
    <>
      {amount}
      {isAboveAll ? (
        <span className="block text-caption text-warn">
          Above every limit. That is right for an excess layer; else compare it with the declarations and
          change it.
        </span>
      ) : null}
    </>
  )
}

const contactLine = ({ name, email, phone }: ShownContact) => [name, email, phone].filter(Boolean).join(', ')

function roleWord(role: string): string {
  const known = DOCUMENT_ROLES.find((one) => one === role)
  return known ? DOCUMENT_ROLE_WORDS[known] : role
}

function ApplicationLine({ policy: { application, standing } }: { policy: ShownPolicy }) {
  if (!application) return <>None named</>
  const { id, title, report, reattestation } = application
  return (
    <>
      <TextLink to={`/applications/${id}`} className="wrap-anywhere">
        {title}
      </TextLink>
      {report?.attestedAt ? (
        <span className="block text-caption">
          <TextLink to={`/reports/${report.id}`}>Signed</TextLink> on <Time at={report.attestedAt} />
          {reportWords(report.state, standing)}
        </span>
      ) : (
        <span className="block text-caption text-ink-soft">Not signed</span>
      )}
      {reattestation?.attestedAt ? (
        <span className="block text-caption">
          Last <TextLink to={`/reports/${reattestation.id}`}>re-attested</TextLink> on{' '}
          <Time at={reattestation.attestedAt} />
        </span>
      ) : null}
    </>
  )
}

/** Beside cover that has ended, "in force" would be read of the policy. */
function reportWords(state: string, standing: ShownPolicy['standing']): string {
  if (state !== 'signed') return `, ${state}`
  return standing === 'expired' ? '' : ', in force'
}
