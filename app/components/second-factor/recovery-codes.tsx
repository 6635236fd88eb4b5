/** Recovery codes, shown this once. */
import { useEffect, useRef } from 'react'
import { Notice } from '../notice.tsx'

export function RecoveryCodes({ codes }: { codes: string[] }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section aria-labelledby="recovery-codes">
      <h2 ref={heading} tabIndex={-1} id="recovery-codes" className="font-semibold text-section">
        Keep these recovery codes now
      </h2>
      <p className="mt-1 mb-4 text-ink-soft">
        Each opens your account once, with your password, when your second factor is lost. Nobody can show
        them again: print them, or put them into a password manager.
      </p>
      <ol className="grid list-none grid-cols-1 gap-x-6 gap-y-1.5 rounded-small border border-rule bg-raised p-4 font-mono sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="mt-4">
        <Notice kind="warning">
          This page does not come back. Older recovery codes open nothing any more.
        </Notice>
      </div>
    </section>
  )
}
