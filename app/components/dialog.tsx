import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

interface DialogProps {
  /** The button that opens it; leave out when `open` is controlled. */
  trigger?: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  title: string
  lead?: ReactNode
  children: ReactNode
  /** Buttons, main action first. */
  actions?: ReactNode
}

export const overlay = 'fixed inset-0 z-40 animate-appear bg-scrim'
export const panel =
  'fixed inset-x-0 bottom-0 z-50 mx-auto max-h-[90dvh] w-full max-w-lg animate-appear overflow-y-auto rounded-t-large border border-hairline bg-raised p-6 shadow-lift sm:inset-y-0 sm:my-auto sm:h-fit sm:rounded-large'

/** On phones the panel rises from the lower edge, within reach of a thumb. */
export function Dialog({ trigger, open, onOpenChange, title, lead, children, actions }: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Primitive.Trigger asChild>{trigger}</Primitive.Trigger> : null}
      <Primitive.Portal>
        <Primitive.Overlay className={overlay} />
        <Primitive.Content className={panel} {...(lead ? {} : { 'aria-describedby': undefined })}>
          <Primitive.Title className="pe-10 font-semibold text-section">{title}</Primitive.Title>
          {lead ? (
            <Primitive.Description asChild>
              <div className="mt-1.5 text-ink-soft">{lead}</div>
            </Primitive.Description>
          ) : null}
          <div className="mt-5">{children}</div>
          {actions ? <DialogActions>{actions}</DialogActions> : null}
          <Primitive.Close
            aria-label="Close"
            className="absolute end-4 top-4 grid size-10 place-items-center rounded-small text-ink-soft hover:bg-accent-wash hover:text-ink"
          >
            <X aria-hidden size={18} />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-6 flex flex-col gap-2.5 sm:flex-row-reverse sm:justify-start">{children}</div>
}

/** Closes the dialog it stands in: <DialogClose><Button>Cancel</Button></DialogClose>. */
export function DialogClose({ children }: { children: ReactNode }) {
  return <Primitive.Close asChild>{children}</Primitive.Close>
}
