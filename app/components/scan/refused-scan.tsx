/** A scan file that could not be read whole: why, and how to go on. */
import { ButtonLink } from '../button.tsx'
import { Notice } from '../notice.tsx'

export function RefusedScan({ failure, evidenceId }: { failure: string | null; evidenceId: string }) {
  return (
    <Notice
      kind="danger"
      title="This scan could not be imported"
      action={<ButtonLink to={`/evidence/${evidenceId}`}>Go to the evidence to withdraw it</ButtonLink>}
    >
      <p className="break-words">{failure}</p>
      <p className="mt-2">
        Nothing of it was taken over: a scan is imported whole or not at all. Withdraw this piece of evidence,
        export the scan again and add the new file.
      </p>
    </Notice>
  )
}
