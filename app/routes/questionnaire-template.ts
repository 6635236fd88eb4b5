/** The spreadsheet template for a questionnaire. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { exportDefinitionTemplate } from '#app/services/definition-workbooks.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await requireMember(request)
  const bytes = await exportDefinitionTemplate()
  return download(Readable.from([bytes]), {
    name: 'questionnaire-template.xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    sizeBytes: bytes.byteLength,
  })
}
