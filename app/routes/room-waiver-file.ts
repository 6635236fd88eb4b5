/** A waiver as it was signed, for whoever signed it. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { guestKey } from '#app/http/guest-code.server.ts'
import { guestFile } from '#app/http/guest-file.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { openRoomWaiver } from '#app/services/room-visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const key = await guestKey('room', request, params.token)
  return guestFile(`/room/${params.token}`, async () => {
    const { stream, ...file } = await openRoomWaiver(key, idParam(params.waiver))
    return download(stream, { ...file, mediaType: 'application/pdf' })
  })
}
