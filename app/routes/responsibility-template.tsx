import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { ResponsibilityList } from '#app/components/responsibility/responsibility-list.tsx'
import { typedRow } from '#app/components/responsibility/row-reply.ts'
import { acting } from '#app/http/faults.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { TemplateInput } from '#app/services/responsibility-input.ts'
import { describeParty } from '#app/services/responsibility-matrix.ts'
import { getResponsibilityTemplate, recordTemplate } from '#app/services/responsibility-template.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return { rows: await getResponsibilityTemplate(member) }
}

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const values = formValues(await readForm(request))
  const controlId = String(values.controlId ?? '')
  const parsed = parseWith(TemplateInput, values)
  const typed = typedRow(values)
  if (!parsed.ok) return data({ controlId, fieldErrors: parsed.fieldErrors, typed }, { status: 400 })
  return acting(async () => {
    const saved = await recordTemplate(member, parsed.input)
    if (saved.outcome !== 'conflict') return { controlId, outcome: saved.outcome }
    const { version, shown } = saved.current
    const conflict = { version, shown: describeParty(shown), by: shown.recordedByName }
    return data({ controlId, conflict, typed }, { status: 409 })
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('Template of responsibilities') }]

export default function ResponsibilityTemplatePage() {
  const { rows } = useLoaderData<typeof loader>()
  const posted = useActionData<typeof action>()
  const domains = [...new Set(rows.map(({ domain }) => domain))]
  return (
    <>
      <PageHeader
        title="Template of responsibilities"
        breadcrumb={[{ label: 'Account', href: '/account' }]}
        lead="What you take on in general, control by control, and what is left to your clients. A client’s own matrix is filled from it where nothing was agreed yet; changing the template changes no client."
      />
      <ResponsibilityList
        isTemplate
        posted={posted}
        groups={domains.map((domain) => ({
          title: domain,
          rows: rows.filter((row) => row.domain === domain),
        }))}
      />
    </>
  )
}
