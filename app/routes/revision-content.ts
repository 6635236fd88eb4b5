/** A revision's file for the preview: as a picture, a PDF, or a page of escaped text; never as anything that runs. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { renderPreview } from '#app/documents/preview-page.ts'
import { errorReply } from '#app/http/error-reply.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { showFile, showPage } from '#app/http/preview.server.ts'
import { openPreview } from '#app/services/evidence-preview.server.ts'
import { StoreError } from '#evidence/store/store.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  try {
    const shown = await answering(() => openPreview(member, idParam(params.revisionId)))
    switch (shown.kind) {
      case 'text':
        return showPage(renderPreview(shown.revision, shown.head))
      case 'none':
        throw errorReply('This file can be downloaded, not shown here.', 415)
      default:
        return showFile(shown.bytes, shown.kind, shown.revision.mediaType)
    }
  } catch (error) {
    if (error instanceof StoreError) throw errorReply(error.message, 500)
    throw error
  }
}
