import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FileWarning } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { countOf } from '#app/components/counts.ts'
import { DownloadLink } from '#app/components/download-link.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { LinkSwitch } from '#app/components/link-switch.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { ExceptionTable } from '#app/components/readiness/exception-table.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { RenewInput, RevokeInput } from '#app/services/exception-input.ts'
import { listClientExceptions } from '#app/services/exception-register.server.ts'
import { ExceptionSearch, type ExceptionStanding, WARNING_DAYS } from '#app/services/exception-register.ts'
import { renewException, revokeException } from '#app/services/exceptions.server.ts'

const RENEWAL_DAYS = 90

const LABEL: Record<ExceptionStanding, string> = {
  'in-force': 'In force',
  ended: 'Ended',
  revoked: 'Revoked',
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const { standing } = ExceptionSearch.parse(Object.fromEntries(new URL(request.url).searchParams))
  const all = await answering(() => listClientExceptions(member, clientId))
  const countIn = (state: ExceptionStanding) => all.filter((row) => row.standing === state).length
  return {
    clientId,
    standing,
    rows: all.filter((row) => row.standing === standing),
    counts: { 'in-force': countIn('in-force'), ended: countIn('ended'), revoked: countIn('revoked') },
    endingSoon: all.filter(({ isEndingSoon }) => isEndingSoon).length,
    renewUntil: new Date(Date.now() + RENEWAL_DAYS * 86_400_000).toISOString().slice(0, 10),
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const values = formValues(await readForm(request))
  if (values.intent === 'revoke-exception') {
    const parsed = parseWith(RevokeInput, values)
    if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
    return acting(async () => {
      await revokeException(member, parsed.input)
      return { outcome: 'revoked' as const }
    })
  }
  const parsed = parseWith(RenewInput, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    await renewException(member, parsed.input)
    return { outcome: 'renewed' as const }
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('Exceptions') }]

export default function ClientExceptionsPage() {
  const page = useLoaderData<typeof loader>()
  const { clientId, counts, standing, endingSoon } = page
  const here = `/clients/${clientId}/exceptions`
  if (counts['in-force'] + counts.ended + counts.revoked === 0) {
    return (
      <EmptyState
        icon={FileWarning}
        title="No exceptions recorded"
        action={<ButtonLink to={`/clients/${clientId}`}>See the applications</ButtonLink>}
      >
        <p>
          Where evidence contradicts an answer that still holds, an exception says why: what exactly is
          excepted, what limits the risk in the meantime, who resolves it, who at the client accepts it, and
          until when. Without one, a contradicted answer cannot be signed.
        </p>
        <p className="mt-2">
          Record one on the readiness page of an application, beside the answer it covers. All of them come
          together here, so that none ends unnoticed.
        </p>
      </EmptyState>
    )
  }
  return (
    <PageSection
      title="Exceptions"
      lead="What was accepted although evidence contradicts it. Each covers one answer to the end of its last day (UTC)."
      actions={<DownloadLink href={`${here}/export`}>Export as CSV</DownloadLink>}
    >
      {endingSoon > 0 ? (
        <div className="mb-5">
          <Notice kind="warning" title={`${countOf(endingSoon, 'exception')} to renew or resolve`}>
            {endingSoon === 1 ? 'It ends' : 'They end'} within {WARNING_DAYS} days. From then on the answer
            blocks signing again.
          </Notice>
        </div>
      ) : null}
      <div className="mb-5">
        <LinkSwitch
          label="Exceptions by state"
          options={(Object.keys(LABEL) as ExceptionStanding[]).map((state) => ({
            to: `${here}?standing=${state}`,
            label: `${LABEL[state]} (${counts[state]})`,
            isCurrent: state === standing,
          }))}
        />
      </div>
      <ExceptionTable
        rows={page.rows}
        renewUntil={page.renewUntil}
        empty={<p className="border-rule border-t pt-4 text-ink-faint">None of this state.</p>}
      />
    </PageSection>
  )
}
