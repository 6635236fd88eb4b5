/** An edition to take away: the definition as its authors wrote it, or as a spreadsheet. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { editionParam } from '#app/http/edition-params.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { exportDefinitionWorkbook } from '#app/services/definition-workbooks.server.ts'
import { getDefinitionText } from '#app/services/definitions.server.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const pick = editionParam(params)
  const name = `${pick.formCode}-${pick.edition}`
  if (new URL(request.url).searchParams.get('as') === 'xlsx') {
    const bytes = await answering(() => exportDefinitionWorkbook(member, pick))
    return download(Readable.from([bytes]), {
      name: `${name}.xlsx`,
      mediaType: XLSX,
      sizeBytes: bytes.byteLength,
    })
  }
  const text = Buffer.from(await answering(() => getDefinitionText(member, pick)))
  return download(Readable.from([text]), {
    name: `${name}.yaml`,
    mediaType: 'application/yaml; charset=utf-8',
    sizeBytes: text.byteLength,
  })
}
