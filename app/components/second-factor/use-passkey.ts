/** Asks the browser for a passkey and posts what it answers; what went wrong comes back as a sentence. */
import { useSubmit } from '@remix-run/react'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { useEffect, useState } from 'react'

export type PasskeyState = 'unknown' | 'ready' | 'unsupported' | 'busy'

/** @param ask what of the browser is called; its answer is posted under `response` */
export function usePasskey(ask: () => Promise<unknown>) {
  const submit = useSubmit()
  const [state, setState] = useState<PasskeyState>('unknown')
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => setState(browserSupportsWebAuthn() ? 'ready' : 'unsupported'), [])
  const start = async () => {
    setState('busy')
    setProblem(null)
    try {
      const response = JSON.stringify(await ask())
      submit({ intent: 'passkey', response }, { method: 'post' })
    } catch (error) {
      setProblem(sentenceOf(error))
    } finally {
      setState('ready')
    }
  }
  return { state, problem, start }
}

function sentenceOf(error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  if (name === 'InvalidStateError')
    return 'This device holds a passkey of your account already. Use another device.'
  if (name === 'SecurityError')
    return 'The browser makes no passkeys at this address. Open Attested by its https address.'
  return 'The browser gave no passkey: it was cancelled, took too long, or none is there. Try again.'
}
