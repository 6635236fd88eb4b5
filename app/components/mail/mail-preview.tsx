/** A mail as its reader sees it: HTML and text side by side. */
import type { MailPreview } from '#app/services/mail-outbox.server.ts'

export function MailPreviews({ subject, preview }: { subject: string; preview: MailPreview }) {
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <figure className="min-w-0">
        <figcaption className="mb-2 font-medium">With formatting</figcaption>
        {/* An empty sandbox: no scripts, no forms, and no link leads anywhere. */}
        <iframe
          title={`${subject}, with formatting`}
          sandbox=""
          srcDoc={preview.html}
          className="h-[32rem] w-full rounded-small border border-hairline bg-white"
        />
      </figure>
      <figure className="min-w-0">
        <figcaption className="mb-2 font-medium">As plain text</figcaption>
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable.
          tabIndex={0}
          className="max-h-[32rem] overflow-auto whitespace-pre-wrap break-words rounded-small border border-hairline bg-raised p-4 font-mono text-caption"
        >
          {preview.text}
        </pre>
      </figure>
      {preview.calendar ? (
        <figure className="min-w-0 lg:col-span-2">
          <figcaption className="mb-2 font-medium">
            {preview.calendar.method === 'REQUEST' ? 'Invitation' : 'End of an invitation'} for calendars
          </figcaption>
          <pre className="overflow-auto whitespace-pre-wrap break-words rounded-small border border-hairline bg-raised p-4 font-mono text-caption">
            {preview.calendar.text}
          </pre>
        </figure>
      ) : null}
    </div>
  )
}
