/** The conditions of an application as a table, withdrawn ones among them. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listSubjectivities } from '#app/services/subjectivities.server.ts'
import { writeSubjectivityTable } from '#app/services/subjectivity-table.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  return answering(async () => {
    const { client, application, formTitle, binding, conditions } = await listSubjectivities(
      member,
      applicationId,
    )
    const of = { client, form: { title: formTitle, edition: application.edition } }
    const rows = conditions.map((condition) => ({ ...of, insurer: binding?.insurer ?? null, condition }))
    return downloadTable(`Subjectivities of ${client.legalName}.csv`, writeSubjectivityTable(rows))
  })
}
