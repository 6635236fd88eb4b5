/** A secret that was just made and is shown this once. */
import { CopyableHash } from '../copyable-hash.tsx'
import { Notice } from '../notice.tsx'

export function SecretOnce({ secret, overlapHours }: { secret: string; overlapHours?: number }) {
  return (
    <Notice kind="warning" announce title="Copy this secret now: it is not shown again">
      <p>
        With it the other side checks that a message comes from here, as the Standard Webhooks specification
        says.
        {overlapHours ? ` For ${overlapHours} hours the secret before it signs as well.` : ''}
      </p>
      <div className="mt-3">
        <CopyableHash value={secret} label="secret" whole />
      </div>
    </Notice>
  )
}
