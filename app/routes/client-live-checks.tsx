import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation, useRevalidator } from '@remix-run/react'
import { MailCheck, RefreshCw } from 'lucide-react'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { CheckProgress } from '#app/components/live-check/check-progress.tsx'
import { DomainResult } from '#app/components/live-check/domain-result.tsx'
import { PermissionDialog } from '#app/components/live-check/permission-dialog.tsx'
import { PermissionList } from '#app/components/live-check/permission-list.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { unknownAct } from '#app/http/error-reply.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { schemaOf } from '#app/services/check-input.ts'
import { recordPermission, withdrawPermission } from '#app/services/check-permissions.server.ts'
import {
  getLiveChecks,
  nameSelectors,
  startExposureCheck,
  startMailCheck,
} from '#app/services/live-checks.server.ts'

const PERMISSION_DAYS = 180

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const found = await answering(() => getLiveChecks(member, idParam(params.clientId)))
  const { client, now } = found
  const evidenceOf = (held: { id: string; withdrawnAt: Date | null } | null) => ({
    evidenceId: held?.id ?? null,
    isWithdrawn: held?.withdrawnAt != null,
  })
  const day = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10)
  return {
    client: { id: client.id, legalName: client.legalName, isArchived: client.archivedAt !== null },
    unfinished: found.unfinished.map(({ check }) => {
      const { id, kind, state, step, stepsDone, stepsTotal, failure } = check
      return { id, kind, state, step, stepsDone, stepsTotal, failure }
    }),
    failures: found.failed.map(({ id, kind, failure }) => ({ id, kind, failure })),
    domains: found.domains.map(({ domain, selectors, latest }) => ({
      domain,
      selectors,
      latest: latest && {
        at: latest.at,
        by: latest.by,
        entries: latest.reading.entries,
        ...evidenceOf(latest.evidence),
      },
    })),
    permissions: found.permissions.map(({ latest, writing, ...permission }) => ({
      id: permission.id,
      targets: permission.targets,
      kinds: permission.kinds,
      grantedByName: permission.grantedByName,
      grantedByTitle: permission.grantedByTitle,
      reference: permission.reference,
      grantedOn: permission.grantedOn,
      expiresOn: permission.expiresOn,
      recordedByName: permission.recordedByName,
      revokedAt: permission.revokedAt,
      revokedByName: permission.revokedByName,
      revokedReason: permission.revokedReason,
      state: permission.state,
      writing,
      latest: latest && {
        at: latest.at,
        by: latest.by,
        subjects: latest.subjects,
        reading: latest.reading,
        ...evidenceOf(latest.evidence),
      },
    })),
    writings: found.writings,
    defaults: {
      grantedByName: client.contactName ?? '',
      grantedByTitle: client.contactTitle ?? '',
      grantedOn: day(0),
      expiresOn: day(PERMISSION_DAYS),
    },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const values = formValues(await readForm(request))
  const schema = schemaOf(values.intent)
  if (!schema) throw unknownAct()
  const parsed = parseWith(schema, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  const { input } = parsed
  return acting(async () => {
    switch (input.intent) {
      case 'grant':
        await recordPermission(member, clientId, input)
        break
      case 'revoke':
        await withdrawPermission(member, clientId, input.permissionId, input.reason)
        break
      case 'check-domains':
        await startMailCheck(member, clientId, input.domains)
        break
      case 'check-targets':
        await startExposureCheck(member, clientId, input.permissionId, input.targets)
        break
      case 'name-selectors':
        await nameSelectors(member, clientId, input.domain, input.selectors)
        break
    }
    return { outcome: input.intent }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(...(page ? ['Live checks', page.client.legalName] : ['Live checks'])) },
]

const KIND = {
  mail: 'The last check of mail records failed',
  exposure: 'The last check of ports and certificates failed',
}

export default function ClientLiveChecksPage() {
  const page = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const revalidator = useRevalidator()
  const canCheck = !page.client.isArchived
  const refusal = reply && 'refusal' in reply ? reply.refusal.message : null
  return (
    <>
      <div className="flex flex-col gap-4">
        {refusal ? (
          <Notice kind="danger" title="Nothing was checked" announce>
            {refusal}
          </Notice>
        ) : null}
        {page.failures.map(({ id, kind, failure }) => (
          <Notice key={id} kind="danger" title={KIND[kind]}>
            {failure}
          </Notice>
        ))}
        {page.unfinished.map((check) => (
          <CheckProgress key={check.id} initial={check} onOver={() => revalidator.revalidate()} />
        ))}
      </div>
      <MailSection page={page} canCheck={canCheck} />
      <PageSection
        title="Ports and certificates"
        lead="What of the client’s machines answers from the internet. Looked at only where the client has allowed it in writing."
        actions={canCheck ? <PermissionDialog defaults={page.defaults} writings={page.writings} /> : null}
      >
        {page.permissions.length === 0 ? (
          <p className="max-w-measure text-ink-soft">
            No permission is on record, so nothing is contacted. Ask the client for a sentence such as “We
            allow you to look at the open ports and certificates of 198.51.100.0/28 and vpn.example.com until
            31 December”, signed by somebody who may say so, and record it here. Insurers look at the same
            ports without asking.
          </p>
        ) : (
          <PermissionList permissions={page.permissions} canCheck={canCheck} />
        )}
      </PageSection>
    </>
  )
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

function MailSection({ page, canCheck }: { page: Page; canCheck: boolean }) {
  const sending = useNavigation().formData
  const { client, domains } = page
  const isStarting =
    sending?.get('intent') === 'check-domains' &&
    sending.getAll('domains[]').length === domains.length &&
    domains.length > 1
  if (domains.length === 0) {
    return (
      <div className="mt-6">
        <EmptyState
          icon={MailCheck}
          title="No domain to check yet"
          action={
            canCheck ? (
              <ButtonLink variant="primary" to={`/clients/${client.id}/edit`}>
                Add domains
              </ButtonLink>
            ) : null
          }
        >
          SPF, DKIM and DMARC are public records: anybody can look them up, and insurers do. Add the domains
          from which the client sends mail, and Attested asks for the records, says what they mean, and keeps
          the answers as evidence.
        </EmptyState>
      </div>
    )
  }
  return (
    <PageSection
      title="Mail records"
      lead="Public records, asked for now and kept as evidence for 30 days. A record that could not be asked for counts neither way."
      actions={
        canCheck && domains.length > 1 ? (
          <Form method="post" preventScrollReset>
            <input type="hidden" name="intent" value="check-domains" />
            {domains.map(({ domain }) => (
              <input key={domain} type="hidden" name="domains[]" value={domain} />
            ))}
            <Button
              type="submit"
              variant="primary"
              icon={RefreshCw}
              loading={isStarting}
              loadingLabel="Starting"
            >
              Check all domains
            </Button>
          </Form>
        ) : null
      }
    >
      {domains.map((domain) => (
        <DomainResult key={domain.domain} {...domain} canCheck={canCheck} />
      ))}
    </PageSection>
  )
}
