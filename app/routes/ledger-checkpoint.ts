/** One checkpoint to take away: its signed text, signature, certificates and timestamp. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { numberParam } from '#app/http/number-param.server.ts'
import { getCheckpoint } from '#app/services/checkpoints.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const number = numberParam(params.checkpointId)
  const checkpoint = await answering(() => getCheckpoint(member, number))
  return download(Readable.from([`${JSON.stringify(checkpoint, null, 2)}\n`]), {
    name: `ledger-checkpoint-${number}.json`,
    mediaType: 'application/json',
  })
}
