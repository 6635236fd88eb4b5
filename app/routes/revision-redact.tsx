import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { PictureRedaction } from '#app/components/evidence/picture-redaction.tsx'
import { TextRedaction } from '#app/components/evidence/text-redaction.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getRevisionPage, readFirstRow } from '#app/services/evidence-preview.server.ts'
import { checkRedactionTarget, redactTextRevision } from '#app/services/evidence-redaction.server.ts'
import { TextRedactionInput } from '#app/services/redaction-input.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { evidence, revision, client, redaction } = await answering(() =>
    getRevisionPage(member, idParam(params.revisionId)),
  )
  return {
    client: { id: client.id, legalName: client.legalName },
    evidence: { id: evidence.id, title: evidence.title },
    revision: { id: revision.id, fileName: revision.fileName, sequence: revision.sequence },
    isClosed:
      evidence.withdrawnAt !== null || revision.withdrawnAt !== null || revision.redactedFrom !== null,
    kind: redaction,
    ...(redaction === 'table'
      ? await readFirstRow(member, revision)
      : { columns: [], looksLikeHeading: false }),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const revisionId = idParam(params.revisionId)
  const values = formValues(await readForm(request))
  return acting(async () => {
    await checkRedactionTarget(member, revisionId)
    const parsed = parseWith(TextRedactionInput, values)
    if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
    return redactTextRevision(member, revisionId, parsed.input)
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(...(page ? ['Redacted copy', page.evidence.title] : ['Redacted copy'])) },
]

export default function RedactPage() {
  const { client, evidence, revision, isClosed, kind, columns, looksLikeHeading } =
    useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="Make a redacted copy"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: `/clients/${client.id}` },
          { label: evidence.title, href: `/evidence/${evidence.id}` },
          { label: `Version ${revision.sequence}`, href: `/revisions/${revision.id}` },
        ]}
        lead="The original stays as it is and goes on counting. The copy names the original’s hash and goes out in its place."
      />
      <Outcome />
      {isClosed ? (
        <Notice kind="info">
          No copy can be made of a withdrawn file or of a redacted copy.{' '}
          <TextLink to={`/evidence/${evidence.id}`}>Open the evidence</TextLink>
        </Notice>
      ) : kind === 'image' ? (
        <PictureRedaction revisionId={revision.id} fileName={revision.fileName} />
      ) : kind === 'pdf' ? (
        <PdfAdvice />
      ) : kind === 'none' ? (
        <Notice kind="info" title="This file cannot be redacted here">
          Texts, tables and JSON up to 20 MB, and PNG and JPEG pictures can. Export the part that shall go out
          in one of these formats and upload it as evidence of its own.
        </Notice>
      ) : (
        <Text kind={kind} columns={columns} looksLikeHeading={looksLikeHeading} />
      )}
    </>
  )
}

interface TextProps {
  kind: 'table' | 'text' | 'json'
  columns: string[]
  looksLikeHeading: boolean
}

function Text(props: TextProps) {
  const result = useActionData<typeof action>()
  const errors: Record<string, string> = result && 'fieldErrors' in result ? result.fieldErrors : {}
  return <TextRedaction {...props} errors={errors} />
}

function Outcome() {
  const result = useActionData<typeof action>()
  if (!result || 'fieldErrors' in result) return null
  if ('refusal' in result) {
    return (
      <div className="mb-5">
        <Notice kind="danger" title="No copy was made" announce>
          {result.refusal.message}
        </Notice>
      </div>
    )
  }
  return (
    <div className="mb-5">
      <Notice
        kind={result.leftovers > 0 ? 'warning' : 'success'}
        title={result.outcome === 'redacted' ? 'Redacted copy made' : 'Exactly this copy is held already'}
        announce
      >
        {result.leftovers > 0 ? (
          <p>
            {result.leftovers} of the values that stood in those columns can still be read in others. Black
            those columns out as well if they tell the same.
          </p>
        ) : null}
        <p>
          It goes out in place of the original.{' '}
          <TextLink to={`/revisions/${result.revisionId}`}>Look at it</TextLink> before you hand it out.
        </p>
      </Notice>
    </div>
  )
}

function PdfAdvice() {
  return (
    <Notice kind="warning" title="Attested does not redact PDFs">
      <p>
        A black box drawn over a PDF hides nothing: the text below it can be copied, and older versions of a
        page can be kept inside the file. Taking all of that out safely is not something that Attested can
        promise.
      </p>
      <p className="mt-2">
        Export the page that shall go out as a PNG picture from your PDF viewer, upload it as evidence of its
        own, and black it out there: a picture holds nothing but what it shows.
      </p>
    </Notice>
  )
}
