/** A file looked at inside the page; what it may do there is decided by the address that hands it out. */
import type { PreviewKind } from '#app/documents/preview-kind.ts'
import { TextLink } from '../link.tsx'
import { Notice } from '../notice.tsx'

const FRAME = 'h-[75dvh] w-full rounded-small border border-hairline bg-white'

export function FilePreview({
  src,
  fileName,
  kind,
}: {
  /** Where its content is handed out. */
  src: string
  fileName: string
  kind: PreviewKind
}) {
  switch (kind) {
    case 'image':
      return (
        <img
          src={src}
          alt={`Content of ${fileName}`}
          className="max-w-full rounded-small border border-hairline bg-white"
        />
      )
    case 'text':
      // No word in `sandbox`: the frame runs nothing and belongs to no origin.
      return <iframe src={src} sandbox="" title={`Content of ${fileName}`} className={FRAME} />
    case 'pdf':
      return (
        <>
          <iframe src={src} title={`Content of ${fileName}`} className={FRAME} />
          <p className="mt-2 text-caption text-ink-soft">
            Shown by your browser’s own PDF viewer.{' '}
            <TextLink to={src} reloadDocument>
              Open it on a page of its own
            </TextLink>
            , or download it where nothing is shown.
          </p>
        </>
      )
    case 'none':
      return (
        <Notice kind="info" title="No preview">
          This kind of file, or a picture or PDF of this size, is not shown here. Download it to look at it.
        </Notice>
      )
  }
}
