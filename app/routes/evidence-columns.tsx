import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { ChoiceCards } from '#app/components/choice-field.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { SelectField, TextField } from '#app/components/text-field.tsx'
import { Time } from '#app/components/time.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import {
  ColumnMappingInput,
  collectColumns,
  ROW_KINDS,
  type RowKind,
  TARGETS,
} from '#app/services/column-mapping-input.ts'
import { explainColumns, getColumns } from '#app/services/column-mappings.server.ts'

const asRowKind = (text: string | null): RowKind | undefined =>
  text !== null && Object.hasOwn(ROW_KINDS, text) ? (text as RowKind) : undefined

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const evidenceId = idParam(params.evidenceId)
  const rowsAre = asRowKind(new URL(request.url).searchParams.get('rows'))
  return answering(() => getColumns(member, evidenceId, rowsAre))
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const evidenceId = idParam(params.evidenceId)
  const parsed = parseWith(ColumnMappingInput, collectColumns(formValues(await readForm(request))))
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => redirect(`/scans/${await explainColumns(member, evidenceId, parsed.input)}`))
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle('Explain the columns', ...(page ? [page.evidence.title] : [])) },
]

export default function EvidenceColumnsPage() {
  const page = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { evidence, client, scan, failure, suggestion, savedBy } = page
  return (
    <>
      <PageHeader
        title="Explain the columns"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: `/clients/${client.id}` },
          { label: evidence.title, href: `/evidence/${evidence.id}` },
        ]}
        lead="Say once what the columns of this table mean. Attested keeps it for every later table with the same header."
      />
      {result && 'refusal' in result ? (
        <Notice kind="danger" announce>
          {result.refusal.message}
        </Notice>
      ) : null}
      {failure ? (
        <Notice kind="warning" title="It could not be read as explained">
          {failure}
        </Notice>
      ) : null}
      {scan ? (
        <EmptyState title="This table was read">
          <TextLink to={`/scans/${scan.id}`}>Look at what it holds.</TextLink> To have it read in another way,
          withdraw the evidence and upload the file again.
        </EmptyState>
      ) : !suggestion || !evidence.isOpen ? (
        <EmptyState title="There is no table to explain">
          {evidence.isOpen
            ? 'The file needs a header row with at least two columns, as CSV or on the first sheet of an .xlsx workbook. It stays evidence as it is.'
            : 'This evidence counts no more.'}
        </EmptyState>
      ) : (
        <>
          {savedBy ? (
            <Notice kind="info">
              {savedBy.name} explained this header on <Time at={savedBy.at} />. Look it over and read the
              table.
            </Notice>
          ) : null}
          <Explain key={suggestion.mapping.rowsAre} />
        </>
      )}
    </>
  )
}

function Explain() {
  const { suggestion } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const navigation = useNavigation()
  if (!suggestion) return null
  const { mapping, headers, examples } = suggestion
  const errors: Partial<Record<string, string>> = result && 'fieldErrors' in result ? result.fieldErrors : {}
  const targets = Object.entries(TARGETS[mapping.rowsAre])
  const exampleOf = (header: string | undefined) => {
    const place = header === undefined ? -1 : headers.indexOf(header)
    return examples.map((cells) => cells[place]?.trim()).find(Boolean)
  }
  return (
    <>
      <Form method="get" className="mb-8 flex flex-wrap items-end gap-3">
        <SelectField
          name="rows"
          label="Each row is about"
          defaultValue={mapping.rowsAre}
          options={Object.entries(ROW_KINDS).map(([value, label]) => ({ value, label }))}
        />
        <Button type="submit">Show its columns</Button>
      </Form>
      <Form method="post" className="max-w-measure space-y-8">
        <input type="hidden" name="rowsAre" value={mapping.rowsAre} />
        <TextField
          name="tool"
          label="Tool that wrote the table"
          hint="As your team calls it, for instance Nodeware. Findings are closed by later tables of the same tool only."
          defaultValue={mapping.tool}
          error={errors.tool}
        />
        <PageSection title="Columns" lead={errors.columns}>
          <div className="grid gap-5 sm:grid-cols-2">
            {targets.map(([field, target]) => {
              const example = exampleOf(mapping.columns[field])
              return (
                <SelectField
                  key={field}
                  name={`column.${field}`}
                  label={target.label}
                  optional={!target.required}
                  hint={example ? `For instance “${example.slice(0, 60)}”` : undefined}
                  error={errors[`columns.${field}`]}
                  defaultValue={mapping.columns[field] ?? ''}
                  options={[
                    { value: '', label: 'Not in the table' },
                    ...headers.filter(Boolean).map((header) => ({ value: header, label: header })),
                  ]}
                />
              )
            })}
          </div>
        </PageSection>
        {mapping.rowsAre === 'findings' ? (
          <ChoiceCards
            name="viewpoint"
            label="Where the tool stood"
            layout="row"
            defaultValue="internal"
            options={[
              { value: 'internal', label: 'Inside the network' },
              { value: 'external', label: 'On the internet' },
            ]}
          />
        ) : null}
        <label className="flex items-baseline gap-2.5">
          <input type="checkbox" name="dayFirst" defaultChecked={mapping.dayFirst} />
          <span>Dates such as 03/04/2026 name the day first</span>
        </label>
        <div className="flex flex-wrap gap-2.5">
          <Button
            type="submit"
            variant="primary"
            loading={navigation.state !== 'idle' && navigation.formMethod === 'POST'}
            loadingLabel="Saving"
          >
            Save and read the table
          </Button>
          <ButtonLink variant="quiet" to="..">
            Not now
          </ButtonLink>
        </div>
      </Form>
      <FirstRows headers={headers} examples={examples.slice(0, 5)} />
    </>
  )
}

function FirstRows({ headers, examples }: { headers: string[]; examples: string[][] }) {
  const columns = headers.map((header, at) => ({ id: `column-${at}`, header, at }))
  const rows = examples.map((cells, at) => ({ id: `row-${at}`, cells }))
  return (
    <PageSection title="First rows">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="overflow-x-auto" aria-label="First rows of the table" tabIndex={0}>
        <table className="w-full text-caption">
          <thead>
            <tr>
              {columns.map(({ id, header }) => (
                <th
                  key={id}
                  scope="col"
                  className="whitespace-nowrap border-rule border-b px-2 py-1.5 text-left"
                >
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, cells }) => (
              <tr key={id}>
                {columns.map((column) => (
                  <td key={column.id} className="max-w-64 truncate border-hairline border-b px-2 py-1.5">
                    {cells[column.at]?.slice(0, 120)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </PageSection>
  )
}
