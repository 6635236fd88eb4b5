import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useMemo } from 'react'
import { ButtonLink } from '#app/components/button.tsx'
import { EditionPreview } from '#app/components/edition/edition-preview.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getDefinitionDraft } from '#app/services/definitions.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { draft, checked } = await answering(() => getDefinitionDraft(member, idParam(params.draftId)))
  return {
    draft: { id: draft.id, name: draft.name },
    edition: checked.ok ? checked.edition : null,
    now: new Date().toISOString(),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data ? `Preview: ${data.draft.name}` : 'Preview') },
]

export default function DefinitionDraftPreviewPage() {
  const page = useLoaderData<typeof loader>()
  const { draft, edition } = page
  const now = useMemo(() => new Date(page.now), [page.now])
  const draftHref = `/questionnaires/drafts/${draft.id}`
  return (
    <>
      <PageHeader
        title={`Preview of ${draft.name}`}
        breadcrumb={[
          { label: 'Questionnaires', href: '/questionnaires' },
          { label: draft.name, href: draftHref },
        ]}
        lead="The draft as it was last saved. Answer as the applicant would; nothing on this page is kept."
      />
      {edition ? (
        <EditionPreview edition={edition} now={now} />
      ) : (
        <Notice
          kind="warning"
          title="Nothing to preview yet"
          action={<ButtonLink to={draftHref}>Back to the draft</ButtonLink>}
        >
          The definition has problems. Correct them and save; then the form can be tried here.
        </Notice>
      )}
    </>
  )
}
