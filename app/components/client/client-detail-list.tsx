import { formatAmount } from '#questionnaires/currency.ts'
import { DefinitionList } from '../definition-list.tsx'
import { TextLink } from '../link.tsx'
import { Time } from '../time.tsx'
import { type ClientDetails, fieldLabels } from './client-texts.ts'

/** What is known of the client; what is not is left out. */
export function ClientDetailList({
  client,
}: {
  client: ClientDetails & { id: string; archivedAt: Date | null }
}) {
  const { contactName, contactTitle, contactEmail, annualRevenueMinor, currency, domains, headcount } = client
  const day = (on: string | null) => (on ? <Time at={on} /> : null)
  const items = [
    { term: fieldLabels.legalName, value: client.legalName },
    { term: fieldLabels.tradingName, value: client.tradingName },
    { term: fieldLabels.industry, value: client.industry },
    { term: fieldLabels.headcount, value: headcount?.toLocaleString('en-US') },
    {
      term: fieldLabels.annualRevenue,
      value: annualRevenueMinor === null ? null : formatAmount(annualRevenueMinor, currency),
    },
    {
      term: fieldLabels.domains,
      value:
        domains.length > 0 ? (
          <span className="whitespace-pre-line break-all">{domains.join('\n')}</span>
        ) : null,
    },
    {
      term: 'Contact',
      value:
        contactName || contactEmail ? (
          <>
            {[contactName, contactTitle].filter(Boolean).join(', ')}
            {contactEmail ? (
              <span className="block break-all text-caption text-ink-soft">{contactEmail}</span>
            ) : null}
          </>
        ) : null,
    },
    { term: fieldLabels.policyInceptionOn, value: day(client.policyInceptionOn) },
    { term: fieldLabels.policyRenewalOn, value: day(client.policyRenewalOn) },
    {
      term: fieldLabels.notes,
      value: client.notes ? <span className="whitespace-pre-line">{client.notes}</span> : null,
    },
  ].filter(({ value }) => value !== null && value !== undefined)
  return (
    <section aria-labelledby="details" className="mt-10 min-[88rem]:mt-0">
      <h2 id="details" className="mb-4 font-semibold text-section">
        Details
      </h2>
      <DefinitionList items={items} />
      {items.length < 4 && client.archivedAt === null ? (
        <p className="mt-3 text-ink-soft">
          Domains, a contact and the renewal date make the rest quicker.{' '}
          <TextLink to={`/clients/${client.id}/edit`}>Add them</TextLink>
        </p>
      ) : null}
    </section>
  )
}
