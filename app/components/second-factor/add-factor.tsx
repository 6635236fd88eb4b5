/** Beginning to set up a factor of one kind: what it will be called, and the proof that it is you. */
import { TextField } from '../text-field.tsx'
import { errorsAt, FactorForm, type FactorProblem } from './factor-form.tsx'
import { ProofField } from './proof-field.tsx'

const KINDS = {
  passkey: {
    title: 'Passkey',
    text: 'A fingerprint, a face, a PIN or a security key. It cannot be given away to a page that only looks like this one.',
    example: 'For instance: laptop, or blue key.',
    label: 'Set up a passkey',
  },
  app: {
    title: 'Authenticator app',
    text: 'An app on your phone shows six digits, new ones every half minute.',
    example: 'For instance: phone.',
    label: 'Set up an app',
  },
} as const

interface AddFactorProps {
  kind: keyof typeof KINDS
  hasApp: boolean
  problem: FactorProblem | null
}

export function AddFactor({ kind, hasApp, problem }: AddFactorProps) {
  const { title, text, example, label } = KINDS[kind]
  const at = `start-${kind}`
  const errors = errorsAt(problem, at)
  return (
    <section className="border-hairline border-t pt-4">
      <h3 className="font-semibold">{title}</h3>
      <p className="mt-1 mb-4 text-ink-soft">{text}</p>
      <FactorForm
        at={at}
        hidden={{ intent: 'start', kind }}
        problem={problem}
        submit={{ label, loading: 'Beginning', variant: kind === 'passkey' ? 'primary' : 'secondary' }}
      >
        <TextField
          id={`${at}-name`}
          name="name"
          label="Name"
          hint={example}
          autoComplete="off"
          maxLength={60}
          error={errors.name}
        />
        <ProofField at={at} hasApp={hasApp} error={errors.proof} />
      </FactorForm>
    </section>
  )
}
