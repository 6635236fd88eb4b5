/** The factors of an account, each with its name, its last use, and the way to change or remove it. */
import { KeyRound, Smartphone } from 'lucide-react'
import { Disclosure } from '../disclosure.tsx'
import { TextField } from '../text-field.tsx'
import { Time } from '../time.tsx'
import { errorsAt, FactorForm, type FactorProblem } from './factor-form.tsx'
import { ProofField } from './proof-field.tsx'

export interface FactorItem {
  id: string
  kind: 'passkey' | 'app'
  name: string
  createdAt: Date | string
  lastUsedAt: Date | string | null
}

export const KIND_WORDS = { passkey: 'Passkey', app: 'Authenticator app' } as const
const ICONS = { passkey: KeyRound, app: Smartphone } as const

export function FactorList({ factors, problem }: { factors: FactorItem[]; problem: FactorProblem | null }) {
  const hasApp = factors.some(({ kind }) => kind === 'app')
  return (
    <ul className="border-rule border-t">
      {factors.map((factor) => (
        <FactorEntry
          key={factor.id}
          factor={factor}
          hasApp={hasApp}
          isLast={factors.length === 1}
          problem={problem}
        />
      ))}
    </ul>
  )
}

interface FactorEntryProps {
  factor: FactorItem
  hasApp: boolean
  isLast: boolean
  problem: FactorProblem | null
}

function FactorEntry({ factor, hasApp, isLast, problem }: FactorEntryProps) {
  const { id, kind, name, createdAt, lastUsedAt } = factor
  const Icon = ICONS[kind]
  const [rename, remove] = [`rename-${id}`, `remove-${id}`]
  return (
    <li className="grid grid-cols-[1.75rem_1fr] border-hairline border-b py-3">
      <Icon aria-hidden size={17} className="mt-1 text-ink-soft" />
      <div className="min-w-0">
        <p className="break-words font-medium">{name}</p>
        <p className="text-caption text-ink-soft">
          {KIND_WORDS[kind]}, added <Time at={createdAt} show="day" />,{' '}
          {lastUsedAt ? (
            <>
              last used <Time at={lastUsedAt} show="moment" />
            </>
          ) : (
            'not used yet'
          )}
        </p>
        <div className="mt-2 flex flex-col gap-2">
          <Disclosure title={`Rename ${name}`} isOpen={problem?.at === rename}>
            <FactorForm
              at={rename}
              hidden={{ intent: 'rename', factorId: id }}
              problem={problem}
              submit={{ label: 'Rename', loading: 'Saving' }}
            >
              <TextField
                id={`${rename}-name`}
                name="name"
                label="Name"
                defaultValue={name}
                maxLength={60}
                autoComplete="off"
                error={errorsAt(problem, rename).name}
              />
            </FactorForm>
          </Disclosure>
          <Disclosure title={`Remove ${name}`} isOpen={problem?.at === remove}>
            <p className="mb-3 text-ink-soft">
              {isLast
                ? 'It is your last one: your password alone will open your account, and your recovery codes go with it. Every other session ends.'
                : 'Every other session ends.'}
            </p>
            <FactorForm
              at={remove}
              hidden={{ intent: 'remove', factorId: id }}
              problem={problem}
              submit={{ label: 'Remove', loading: 'Removing', variant: 'danger' }}
            >
              <ProofField at={remove} hasApp={hasApp} error={errorsAt(problem, remove).proof} />
            </FactorForm>
          </Disclosure>
        </div>
      </div>
    </li>
  )
}
