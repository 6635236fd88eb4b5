import { Tooltip as Primitive } from 'radix-ui'
import type { ReactElement } from 'react'

// Inside <main>, so that an open tooltip belongs to a landmark like the rest of the page.
function pageContent(): HTMLElement | null {
  return typeof document === 'undefined' ? null : document.getElementById('main')
}

/** A short explanation on hover and focus. Never the only place where something is said. */
export function Tooltip({ text, children }: { text: string; children: ReactElement }) {
  return (
    <Primitive.Provider delayDuration={300}>
      <Primitive.Root>
        <Primitive.Trigger asChild>{children}</Primitive.Trigger>
        <Primitive.Portal container={pageContent()}>
          <Primitive.Content
            sideOffset={6}
            collisionPadding={12}
            className="z-60 max-w-64 animate-appear rounded-small bg-ink px-2.5 py-1.5 text-caption text-paper shadow-lift"
          >
            {text}
            <Primitive.Arrow className="fill-ink" />
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  )
}
