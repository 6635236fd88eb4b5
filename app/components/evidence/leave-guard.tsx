/** Asks before an upload that is under way is thrown away by leaving the page. */
import { useBeforeUnload, useBlocker } from '@remix-run/react'
import { useCallback } from 'react'
import { ConfirmDialog } from '../confirm-dialog.tsx'

export function LeaveGuard({ isActive }: { isActive: boolean }) {
  useBeforeUnload(
    useCallback(
      (event) => {
        if (isActive) event.preventDefault()
      },
      [isActive],
    ),
  )
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isActive && currentLocation.pathname !== nextLocation.pathname,
  )
  return (
    <ConfirmDialog
      open={blocker.state === 'blocked'}
      onOpenChange={(isOpen) => !isOpen && blocker.state === 'blocked' && blocker.reset()}
      title="Leave while uploading?"
      confirmLabel="Leave and stop the upload"
      danger
      onConfirm={() => blocker.state === 'blocked' && blocker.proceed()}
    >
      A file is still on its way. Leaving stops it, and nothing is kept of it.
    </ConfirmDialog>
  )
}
