import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ButtonLink } from '#app/components/button.tsx'
import { CopyableHash } from '#app/components/copyable-hash.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { FilePreview } from '#app/components/evidence/file-preview.tsx'
import { RedactedMark } from '#app/components/evidence/redacted-mark.tsx'
import { FileSize } from '#app/components/file-size.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Time } from '#app/components/time.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getRevisionPage } from '#app/services/evidence-preview.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const page = await answering(() => getRevisionPage(member, idParam(params.revisionId)))
  const { evidence, revision, client } = page
  const { id, fileName, sequence, sha256, sizeBytes, mediaType, observedAt, redactedFrom, redaction } =
    revision
  return {
    client: { id: client.id, legalName: client.legalName },
    evidence: { id: evidence.id, title: evidence.title },
    revision: { id, fileName, sequence, sha256, sizeBytes, mediaType, observedAt, redactedFrom, redaction },
    original: page.original,
    isWithdrawn: evidence.withdrawnAt !== null || revision.withdrawnAt !== null,
    preview: page.preview,
    canRedact: page.redaction !== 'none' && redactedFrom === null,
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(...(page ? [page.revision.fileName, page.evidence.title] : ['File'])) },
]

export default function RevisionPage() {
  const { client, evidence, revision, original, preview, isWithdrawn, canRedact } =
    useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={revision.fileName}
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: `/clients/${client.id}` },
          { label: 'Evidence', href: `/clients/${client.id}/evidence` },
          { label: evidence.title, href: `/evidence/${evidence.id}` },
        ]}
        meta={
          <>
            <span>Version {revision.sequence}</span>
            <span>
              Observed <Time at={revision.observedAt} />
            </span>
            <FileSize sizeBytes={revision.sizeBytes} />
            <span>{revision.mediaType}</span>
            <span>
              SHA-256 <CopyableHash value={revision.sha256} />
            </span>
          </>
        }
        actions={
          <>
            <DownloadLink href={`/revisions/${revision.id}/file`}>Download</DownloadLink>
            {canRedact && !isWithdrawn ? (
              <ButtonLink to={`/revisions/${revision.id}/redact`}>Make a redacted copy</ButtonLink>
            ) : null}
          </>
        }
      />
      {isWithdrawn ? (
        <Notice kind="info">This file is withdrawn: it no longer counts and no longer goes out.</Notice>
      ) : null}
      {revision.redactedFrom ? (
        <div className="mb-4">
          <RedactedMark redactedFrom={revision.redactedFrom} redaction={revision.redaction} />
          {original ? (
            <p className="text-caption">
              <TextLink to={`/revisions/${original.id}`}>
                Open the original, version {original.sequence}
              </TextLink>
            </p>
          ) : null}
        </div>
      ) : null}
      <FilePreview src={`/revisions/${revision.id}/content`} fileName={revision.fileName} kind={preview} />
    </>
  )
}
