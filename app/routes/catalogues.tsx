import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DataTable } from '#app/components/data-table.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { ListForms, listWords } from '#app/components/register/list-forms.tsx'
import { Time } from '#app/components/time.tsx'
import { useRefreshing } from '#app/components/use-refreshing.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { refusalOf } from '#app/http/form-upload.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { receiveMultipart } from '#app/http/multipart.server.ts'
import { CatalogueAddress, CatalogueFetch, CatalogueFile } from '#app/services/catalogue-input.ts'
import {
  fetchCatalogue,
  listCatalogues,
  loadCatalogueFile,
  saveCatalogueAddress,
} from '#app/services/catalogues.server.ts'
import { storeFile } from '#app/services/evidence.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return listCatalogues(member)
}

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  if (request.headers.get('content-type')?.startsWith('multipart/form-data')) {
    return answering(async () => {
      try {
        const { fields, fileName, stored } = await receiveMultipart(request, (file) =>
          storeFile(member, file),
        )
        const parsed = parseWith(CatalogueFile, fields)
        if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
        await loadCatalogueFile(member, stored, fileName, parsed.input)
        return { outcome: 'queued' as const }
      } catch (error) {
        return refusalOf(error)
      }
    })
  }
  const values = formValues(await readForm(request))
  if (values.intent === 'address') {
    const parsed = parseWith(CatalogueAddress, values)
    if (!parsed.ok) {
      return data({ fieldErrors: { ...parsed.fieldErrors, kind: String(values.kind) } }, { status: 400 })
    }
    await saveCatalogueAddress(member, parsed.input.kind, parsed.input.url)
    return { outcome: 'saved' as const }
  }
  const parsed = parseWith(CatalogueFetch, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    await fetchCatalogue(member, parsed.input.kind, parsed.input.mayGoBack)
    return { outcome: 'queued' as const }
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('Lists of exploited weaknesses') }]

const stateWords = { queued: 'Being loaded', done: 'Taken over', failed: 'Not taken over' }

export default function CataloguesPage() {
  const { lists, loads } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  useRefreshing(loads.some(({ state }) => state === 'queued'))
  const errors: Record<string, string> = result && 'fieldErrors' in result ? result.fieldErrors : {}
  return (
    <>
      <PageHeader
        title="Lists of exploited weaknesses"
        breadcrumb={[{ label: 'Clients', href: '/clients' }]}
        lead="Findings of all clients are held against these public lists. Attested fetches nothing by itself: load the lists when you want newer ones. Their dates stand wherever they are used."
      />
      {result && 'refusal' in result ? (
        <Notice kind="danger" title="The list was not taken" announce>
          {result.refusal.message}
        </Notice>
      ) : null}
      {result && 'outcome' in result ? (
        <Notice kind="success" announce>
          {result.outcome === 'saved'
            ? 'The address is saved.'
            : 'The list is being loaded; its outcome appears below.'}
        </Notice>
      ) : null}
      {lists.map((list) => (
        <ListForms
          key={`${list.kind} ${list.url}`}
          {...list}
          urlError={errors.kind === list.kind ? errors.url : undefined}
        />
      ))}
      <PageSection title="Loaded last">
        <DataTable
          caption="Loaded last"
          rows={loads}
          rowKey={({ id }) => id}
          empty={<p className="border-rule border-t pt-4 text-ink-faint">Nothing yet.</p>}
          columns={[
            { id: 'list', header: 'List', isRowHeader: true, cell: ({ kind }) => listWords[kind].title },
            {
              id: 'source',
              header: 'From',
              cell: ({ source }) => <span className="wrap-anywhere">{source}</span>,
            },
            {
              id: 'state',
              header: 'Outcome',
              cell: ({ state, failure }) => (
                <span className="wrap-anywhere">
                  {stateWords[state]}
                  {failure ? `: ${failure}` : ''}
                </span>
              ),
            },
            {
              id: 'date',
              header: 'List of',
              cell: ({ releasedAt }) => (releasedAt ? <Time at={releasedAt} /> : '–'),
            },
            {
              id: 'by',
              header: 'By',
              cell: ({ requestedByName, requestedAt }) => (
                <>
                  {requestedByName}, <Time at={requestedAt} />
                </>
              ),
            },
          ]}
        />
      </PageSection>
    </>
  )
}
