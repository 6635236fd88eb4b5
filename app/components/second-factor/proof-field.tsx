/** Asked again before anything about second factors changes: a session alone is not enough. */
import { TextField } from '../text-field.tsx'

export function ProofField({ at, hasApp, error }: { at: string; hasApp: boolean; error?: string }) {
  return (
    <TextField
      id={`${at}-proof`}
      name="proof"
      type="password"
      label={hasApp ? 'Your password, or a code of your app' : 'Your password'}
      autoComplete="current-password"
      error={error}
    />
  )
}
