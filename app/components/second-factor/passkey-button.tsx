/** A button that needs scripts, and says so without them. */
import { useNavigation } from '@remix-run/react'
import { KeyRound } from 'lucide-react'
import { Button, type ButtonProps } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { usePasskey } from './use-passkey.ts'

interface PasskeyButtonProps {
  ask: () => Promise<unknown>
  label: string
  /** What the server found wrong with the last answer. */
  problem?: string
  variant?: ButtonProps['variant']
}

export function PasskeyButton({ ask, label, problem, variant = 'primary' }: PasskeyButtonProps) {
  const passkey = usePasskey(ask)
  const { state, formData } = useNavigation()
  const isSending = state !== 'idle' && formData?.get('intent') === 'passkey'
  const told = passkey.problem ?? problem
  return (
    <div className="flex flex-col gap-3">
      {told ? (
        <Notice kind="danger" announce>
          {told}
        </Notice>
      ) : null}
      {passkey.state === 'unsupported' ? (
        <p className="text-ink-soft">This browser has no passkeys, or not at this address.</p>
      ) : (
        <Button
          icon={KeyRound}
          variant={variant}
          wide
          disabled={passkey.state === 'unknown'}
          loading={passkey.state === 'busy' || isSending}
          loadingLabel="Waiting for the browser"
          onClick={passkey.start}
        >
          {label}
        </Button>
      )}
      <noscript>
        <p className="text-ink-soft">Passkeys need scripts, which are switched off here.</p>
      </noscript>
    </div>
  )
}
