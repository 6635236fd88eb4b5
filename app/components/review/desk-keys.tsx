/** Single keys for an assessor who goes through many answers; off until somebody wants them, and silent while typing. */
import { useNavigate } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { DECISION_KINDS, type DecisionKind } from '#app/services/review-input.ts'
import { CheckboxField } from '../choice-field.tsx'
import { KeyboardHint } from '../keyboard-hint.tsx'

const DECISION_KEYS: Record<string, DecisionKind> = Object.fromEntries(
  DECISION_KINDS.map((kind, index) => [String(index + 1), kind]),
)

interface DeskKeysProps {
  previous: string | null
  next: string | null
  nextUnreviewed: string | null
}

const KEPT = 'attested-review-keys'

const KEYS: { keys: string[]; what: string }[] = [
  { keys: ['j'], what: 'next answer' },
  { keys: ['k'], what: 'the one before' },
  { keys: ['u'], what: 'next that is not reviewed' },
  { keys: ['1', '…', '5'], what: 'choose a decision' },
  { keys: ['r'], what: 'write the reason' },
  { keys: ['Ctrl', 'Enter'], what: 'record it' },
]

export function DeskKeys({ previous, next, nextUnreviewed }: DeskKeysProps) {
  const navigate = useNavigate()
  const [isOn, setIsOn] = useState(false)
  useEffect(() => setIsOn(window.localStorage.getItem(KEPT) === 'on'), [])
  useEffect(() => {
    if (!isOn) return
    const go = (to: string | null) => to && navigate(to, { preventScrollReset: true })
    function press(event: KeyboardEvent) {
      const form = document.getElementById('decide') as HTMLFormElement | null
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return form?.requestSubmit()
      const target = event.target as HTMLElement
      const isTyping = target.matches('textarea, select, input:not([type=radio]):not([type=checkbox])')
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return
      const kind = DECISION_KEYS[event.key]
      if (kind) document.getElementById(`kind-${kind}`)?.click()
      else if (event.key === 'j') go(next)
      else if (event.key === 'k') go(previous)
      else if (event.key === 'u') go(nextUnreviewed)
      else if (event.key === 'r') document.getElementById('note')?.focus()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [isOn, navigate, next, previous, nextUnreviewed])
  return (
    <div className="max-sm:hidden">
      <CheckboxField
        id="keys"
        label="Single keys"
        checked={isOn}
        onChange={({ target }) => {
          setIsOn(target.checked)
          window.localStorage.setItem(KEPT, target.checked ? 'on' : 'off')
        }}
      />
      {isOn ? (
        <ul className="mt-2 flex flex-col gap-1 text-caption">
          {KEYS.map(({ keys, what }) => (
            <li key={what} className="flex items-baseline gap-2">
              <KeyboardHint keys={keys} /> {what}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
