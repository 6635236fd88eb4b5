import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useMemo } from 'react'
import { editionHref } from '#app/components/edition/addresses.ts'
import { EditionPreview } from '#app/components/edition/edition-preview.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { editionParam } from '#app/http/edition-params.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getListedEdition } from '#app/services/editions.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { found } = await answering(() => getListedEdition(member, editionParam(params)))
  return { edition: found.edition, now: new Date().toISOString() }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data ? `Preview: ${data.edition.form.title}` : 'Preview') },
]

export default function EditionPreviewPage() {
  const page = useLoaderData<typeof loader>()
  const { form, edition } = page.edition
  const now = useMemo(() => new Date(page.now), [page.now])
  const title = `${form.title}, edition ${edition}`
  return (
    <>
      <PageHeader
        title={`Preview of ${title}`}
        breadcrumb={[
          { label: 'Questionnaires', href: '/questionnaires' },
          { label: title, href: editionHref({ formCode: form.code, edition }) },
        ]}
        lead="Answer as the applicant would. Nothing on this page is kept."
      />
      <EditionPreview edition={page.edition} now={now} />
    </>
  )
}
