/** The application as a workbook for somebody without an account. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { exportWorkbook } from '#app/services/workbooks.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { name, bytes } = await answering(() => exportWorkbook(member, idParam(params.applicationId)))
  return download(Readable.from([bytes]), {
    name,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    sizeBytes: bytes.byteLength,
  })
}
