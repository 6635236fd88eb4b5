/** How to see the same with tools of one's own. */

export function RepeatCommands({ commands, about }: { commands: readonly string[]; about: string }) {
  if (commands.length === 0) return null
  return (
    <details>
      <summary className="cursor-pointer py-1 text-accent text-caption">
        How to repeat it<span className="sr-only">: {about}</span>
      </summary>
      <ul className="mt-1 space-y-1">
        {commands.map((command) => (
          <li key={command}>
            <code className="wrap-anywhere block rounded-small bg-sunken px-2 py-1 font-mono text-micro">
              {command}
            </code>
          </li>
        ))}
      </ul>
    </details>
  )
}
