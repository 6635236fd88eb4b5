import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { Pencil } from 'lucide-react'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { DefinitionList } from '#app/components/definition-list.tsx'
import { ClaimPacks } from '#app/components/incident/claim-packs.tsx'
import { DaySummary } from '#app/components/incident/day-summary.tsx'
import { NoticeAdvice } from '#app/components/incident/notice-advice.tsx'
import { Occurrence } from '#app/components/incident/occurrence.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { Time } from '#app/components/time.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { requestClaimPack } from '#app/services/claim-packs.server.ts'
import { compareDay } from '#app/services/incident-day.ts'
import { IncidentIntent, KIND_WORDS, PackInput } from '#app/services/incident-input.ts'
import { getIncidentPage, setIncidentClosed } from '#app/services/incidents.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const page = await answering(() => getIncidentPage(member, idParam(params.incidentId)))
  const { incident, client, assets, packs, asIs, asKnown } = page
  const { affectedAssetIds: _ids, recordedBy: _by, organisationId: _own, kind, ...shown } = incident
  return {
    incident: { ...shown, kind: KIND_WORDS[kind] },
    client: { id: client.id, legalName: client.legalName },
    assets: assets.map(({ id, name, address, operatingSystem }) => ({ id, name, address, operatingSystem })),
    packs: packs.map((pack) => ({
      id: pack.id,
      state: pack.state,
      asOf: pack.asOf,
      knownOn: pack.knownOn.toISOString(),
      progress: pack.progress,
      failure: pack.failure,
      sha256: pack.sha256,
      sizeBytes: pack.sizeBytes,
      missingCount: pack.missingCount,
      requestedByName: pack.requestedByName,
    })),
    application: asIs.application,
    unanswered: asIs.unanswered,
    groups: compareDay(asIs, asKnown),
    isNoticeLate: page.now.getTime() - incident.discoveredAt.getTime() > 3 * 86_400_000,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const incidentId = idParam(params.incidentId)
  const values = formValues(await readForm(request))
  if (values.intent === 'make-pack') {
    const parsed = parseWith(PackInput, values)
    if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
    return acting(async () => {
      await requestClaimPack(member, incidentId, parsed.input.asOf)
      return { outcome: 'asked' as const }
    })
  }
  const parsed = parseWith(IncidentIntent, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  const { intent, seenVersion } = parsed.input
  return acting(async () => ({
    outcome: await setIncidentClosed(member, incidentId, seenVersion, intent === 'close'),
  }))
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page?.incident.title ?? 'Incident') },
]

export default function IncidentPage() {
  const page = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { incident, client, assets, groups, application } = page
  const here = `/clients/${client.id}`
  const { occurredFrom, occurredUntil } = incident
  const problem =
    result && 'refusal' in result
      ? result.refusal.message
      : result && 'fieldErrors' in result
        ? Object.values(result.fieldErrors)[0]
        : undefined
  return (
    <>
      <PageHeader
        title={incident.title}
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: here },
          { label: 'Incidents', href: `${here}/incidents` },
        ]}
        meta={
          <>
            <StatusBadge word={incident.closedAt ? 'Closed' : 'Open'} shape="stamp" />
            <span>{incident.kind}</span>
            <span>
              Occurred <Occurrence from={occurredFrom} until={occurredUntil} />
            </span>
          </>
        }
        actions={
          <>
            <ButtonLink icon={Pencil} to={`/incidents/${incident.id}/edit`}>
              Edit
            </ButtonLink>
            <CloseForm isClosed={incident.closedAt !== null} version={incident.version} />
          </>
        }
      />
      {result && 'outcome' in result && result.outcome === 'conflict' ? (
        <Notice kind="warning" announce title="Somebody changed this incident in the meantime">
          Nothing was changed. Look at it as it is now, then choose again.
        </Notice>
      ) : null}
      {incident.reportedOn || incident.closedAt ? null : (
        <Notice
          kind="warning"
          title={
            page.isNoticeLate
              ? 'No notice is recorded, and three days have passed'
              : 'No notice is recorded yet'
          }
        >
          <NoticeAdvice />
        </Notice>
      )}
      <PageSection
        title="Claim pack"
        lead="One signed archive of the record as of the day: the application in force, readiness, the original evidence, exceptions and proofs from the ledger. Anybody can check it without us."
      >
        <ClaimPacks packs={page.packs} days={{ from: occurredFrom, until: occurredUntil }} error={problem} />
        <p className="mt-3 max-w-measure text-caption text-ink-soft">
          It holds original files, and never a redacted copy. Hand it to breach counsel first.
        </p>
      </PageSection>
      <PageSection
        title="Readiness on the day"
        lead={
          application ? (
            <>
              {application.title}, edition {application.edition},{' '}
              {application.basis === 'signed' ? 'as attested' : 'a draft then'}, at the end of{' '}
              <Time at={occurredFrom} /> (UTC). “True” counts evidence about the day that came later; “known”
              counts only what had been recorded by then.
            </>
          ) : undefined
        }
      >
        {application ? (
          <>
            {groups
              .filter(({ answers, knownCount }) => answers.length > 0 || knownCount > 0)
              .map(({ id, title, answers, knownCount }) => (
                <details
                  key={id}
                  className="border-hairline border-b py-3"
                  open={id === 'contradicted' || id === 'excepted'}
                >
                  <summary className="cursor-pointer py-1">
                    <span className="font-medium">{title}</span>{' '}
                    <span className="text-ink-soft">
                      {answers.length} as it was on the day, {knownCount} as known then
                    </span>
                  </summary>
                  <div className="mt-3">
                    <DaySummary rows={answers} />
                  </div>
                </details>
              ))}
            {page.unanswered > 0 ? (
              <p className="mt-3 text-ink-soft">{page.unanswered} questions had no answer.</p>
            ) : null}
          </>
        ) : (
          <p className="text-ink-soft">No application of this client was on record for that day.</p>
        )}
      </PageSection>
      <PageSection title="Affected assets">
        {assets.length > 0 ? (
          <ul className="border-rule border-t">
            {assets.map(({ id, name, address, operatingSystem }) => (
              <li key={id} className="border-hairline border-b py-2">
                <TextLink to={`${here}/assets/${id}`}>{name}</TextLink>{' '}
                <span className="text-caption text-ink-soft">
                  {[address === name ? null : address, operatingSystem].filter(Boolean).join(', ')}
                </span>
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-ink-soft">None named.</p>
        )}
      </PageSection>
      <PageSection title="Details">
        <DefinitionList
          items={[
            { term: 'Discovered', value: <Time at={incident.discoveredAt} show="moment" /> },
            {
              term: 'Notice to the insurer',
              value: incident.reportedOn ? <Time at={incident.reportedOn} /> : 'Not recorded',
            },
            { term: 'Policy number', value: incident.policyNumber ?? 'Not recorded' },
            { term: 'Notice reference', value: incident.noticeReference ?? 'Not recorded' },
            {
              term: 'Account',
              value: incident.description ? (
                <span className="whitespace-pre-line wrap-anywhere">{incident.description}</span>
              ) : (
                'None'
              ),
            },
            { term: 'Recorded by', value: incident.recordedByName },
          ]}
        />
      </PageSection>
    </>
  )
}

function CloseForm({ isClosed, version }: { isClosed: boolean; version: number }) {
  const isSending = useNavigation().formData?.get('seenVersion') !== undefined
  return (
    <Form method="post">
      <input type="hidden" name="intent" value={isClosed ? 'reopen' : 'close'} />
      <input type="hidden" name="seenVersion" value={version} />
      <Button type="submit" loading={isSending} loadingLabel="Saving">
        {isClosed ? 'Open again' : 'Close'}
      </Button>
    </Form>
  )
}
