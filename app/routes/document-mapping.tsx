import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { MappingForm } from '#app/components/document/mapping-form.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { DocumentMapping } from '#app/documents/carrier-document.ts'
import { pickParam } from '#app/http/edition-params.server.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { idParam, parseWith, readJson } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getMapping, saveMapping } from '#app/services/carrier-documents.server.ts'

const askedPick = (request: Request) => pickParam(new URL(request.url).searchParams.get('to'))

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const documentId = idParam(params.documentId)
  const pick = askedPick(request)
  return { documentId, ...(await answering(() => getMapping(member, documentId, pick))) }
}

const Change = z.object({ mapping: DocumentMapping, seenVersion: z.number().int().nonnegative() })

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const documentId = idParam(params.documentId)
  const parsed = parseWith(Change, await readJson(request))
  if (!parsed.ok) return data({ problems: Object.values(parsed.fieldErrors) }, { status: 400 })
  return acting(async () => {
    const problems = await saveMapping(member, documentId, { pick: askedPick(request), ...parsed.input })
    return problems.length > 0 ? data({ problems }, { status: 400 }) : { outcome: 'saved' as const }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data ? `Map ${data.fileName}` : 'Map fields') },
]

export default function DocumentMappingPage() {
  const page = useLoaderData<typeof loader>()
  const { edition } = page
  return (
    <>
      <PageHeader
        title={`Map ${page.fileName}`}
        breadcrumb={[
          { label: 'Insurers’ own forms', href: '/documents' },
          { label: page.fileName, href: `/documents/${page.documentId}` },
        ]}
        meta={
          <span>
            From {edition.form.title}, edition {edition.edition}
          </span>
        }
        lead="Say for each field which answer goes into it. Suggestions come from the likeness of words; nothing is used until you save it."
      />
      <MappingForm
        key={`${edition.form.code}/${edition.edition}`}
        reading={page.reading}
        edition={edition}
        mapping={page.mapping}
        suggestions={page.suggestions}
        version={page.version}
      />
    </>
  )
}
