import { Menu, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type ReactNode, useEffect, useState } from 'react'
import { overlay } from './dialog.tsx'

interface NavigationSheetProps {
  /** The sheet closes when this changes: the link has done its work. */
  currentPath: string
  organisationName: string
  children: ReactNode
  footer: ReactNode
}

const squareButton = 'grid size-11 place-items-center rounded-small text-ink hover:bg-accent-wash'

export function NavigationSheet({ currentPath, organisationName, children, footer }: NavigationSheetProps) {
  const [isOpen, setIsOpen] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is the signal, not an input.
  useEffect(() => setIsOpen(false), [currentPath])

  return (
    <Dialog.Root open={isOpen} onOpenChange={setIsOpen}>
      <Dialog.Trigger aria-label="Open menu" className={`-me-2 ${squareButton}`}>
        <Menu aria-hidden size={20} />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={overlay} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 end-0 z-50 flex w-[min(20rem,88vw)] animate-appear flex-col overflow-y-auto border-hairline border-s bg-sunken px-4 pt-1.5 pb-5"
        >
          <div className="mb-3 flex items-center justify-between gap-2">
            <Dialog.Title className="min-w-0 truncate font-medium">{organisationName}</Dialog.Title>
            <Dialog.Close aria-label="Close menu" className={`-me-2 shrink-0 ${squareButton}`}>
              <X aria-hidden size={20} />
            </Dialog.Close>
          </div>
          {children}
          <div className="mt-auto pt-6">{footer}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
