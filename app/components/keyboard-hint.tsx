/** Keys to press, one box each: <KeyboardHint keys={['Ctrl', 'Enter']} />. */
export function KeyboardHint({ keys }: { keys: string[] }) {
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap text-ink-soft">
      {keys.map((key) => (
        <kbd
          key={key}
          className="rounded-small border border-hairline border-b-2 bg-raised px-1.5 font-mono text-micro leading-5"
        >
          {key}
        </kbd>
      ))}
    </span>
  )
}
