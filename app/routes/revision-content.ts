/** A revision's file for the preview: as a picture, a PDF, or a page of escaped text; never as anything that runs. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { answeringFile } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { showPreview } from '#app/http/preview.server.ts'
import { openPreview } from '#app/services/evidence-preview.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const shown = await answeringFile(() => openPreview(member, idParam(params.revisionId)))
  return showPreview({ ...shown, file: shown.revision })
}
