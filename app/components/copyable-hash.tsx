import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'

/** First and last eight characters, enough to compare by eye. */
export function shortenHash(hash: string): string {
  return hash.length > 20 ? `${hash.slice(0, 8)}…${hash.slice(-8)}` : hash
}

const COPIED_FOR_MS = 2000

/** A hash or id in mono with a button that copies all of it. `whole` prints every character, wrapped. */
export function CopyableHash({
  value,
  label = 'SHA-256',
  whole = false,
}: {
  value: string
  label?: string
  whole?: boolean
}) {
  const [isCopied, setIsCopied] = useState(false)

  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setIsCopied(false), COPIED_FOR_MS)
    return () => clearTimeout(timer)
  }, [isCopied])

  // Without a clipboard (plain http on another host) the button stays silent and the text can be selected.
  const copy = () =>
    navigator.clipboard?.writeText(value).then(
      () => setIsCopied(true),
      () => {},
    )

  return (
    <span className="inline-flex max-w-full items-baseline gap-1.5">
      <code title={value} className={`font-mono text-micro ${whole ? 'break-all' : 'whitespace-nowrap'}`}>
        {whole ? value : shortenHash(value)}
      </code>
      <button
        type="button"
        onClick={copy}
        aria-label={`Copy ${label}`}
        className="grid size-6 shrink-0 translate-y-1 place-items-center rounded-small text-ink-faint hover:bg-accent-wash hover:text-accent no-print pointer-coarse:size-8"
      >
        {isCopied ? <Check aria-hidden size={13} className="text-ok" /> : <Copy aria-hidden size={13} />}
      </button>
      <span role="status" className="sr-only">
        {isCopied ? `${label} copied` : ''}
      </span>
    </span>
  )
}
