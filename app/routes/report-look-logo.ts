/** The organisation's own logo, for the preview of its reports. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { errorReply } from '#app/http/error-reply.ts'
import { answering } from '#app/http/faults.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { readLogo } from '#app/services/report-look.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const digest = new URL(request.url).searchParams.get('digest') ?? ''
  if (!/^[0-9a-f]{64}$/.test(digest)) throw errorReply('There is no such logo', 404)
  const png = await answering(() => readLogo(member, digest))
  return new Response(Buffer.from(png), {
    headers: {
      'Content-Type': 'image/png',
      'Cache-Control': 'private, max-age=86400, immutable',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
