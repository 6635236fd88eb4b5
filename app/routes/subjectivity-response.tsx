import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FileText } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { ResponseDocument } from '#app/components/subjectivity/response-document.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getConditionResponse } from '#app/services/subjectivity-response.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const page = await answering(() => getConditionResponse(member, applicationId))
  return { applicationId, ...page }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Response to conditions') }]

export default function SubjectivityResponsePage() {
  const { applicationId, account, alike, clientId } = useLoaderData<typeof loader>()
  const here = `/applications/${applicationId}/subjectivities`
  const isEmpty = account.conditions.length === 0
  return (
    <>
      <PageHeader
        title="Response to conditions"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: account.client, href: `/clients/${clientId}` },
          { label: account.form, href: `/applications/${applicationId}` },
          { label: 'Subjectivities', href: here },
        ]}
        meta={<span>{account.client}</span>}
        lead="The newest answer to each condition, line by line. Print this page, or send the PDF to the broker with the files that it names."
        actions={isEmpty ? null : <DownloadLink href={`${here}/response/file`}>Download as PDF</DownloadLink>}
      />
      {isEmpty ? (
        <EmptyState
          icon={FileText}
          title="No condition to answer"
          action={<ButtonLink to={here}>Back to the conditions</ButtonLink>}
        >
          Once conditions of the insurer are recorded, each stands here with its newest answer and the
          evidence for it.
        </EmptyState>
      ) : (
        <>
          {alike.length > 0 ? (
            <div className="no-print mb-6">
              <Notice kind="warning" title="Several conditions have the same answer">
                {alike.join('; ')}. Insurers send blanket answers back; say for each what was done.
              </Notice>
            </div>
          ) : null}
          <ResponseDocument account={account} />
        </>
      )}
    </>
  )
}
