/** Somebody at the client: chosen among those known already, or named for the first time. */
import { useState } from 'react'
import type { KnownPerson } from '#app/services/room-people.server.ts'
import { SelectField, TextField } from '../text-field.tsx'

interface PersonFieldsProps {
  people: readonly KnownPerson[]
  /** Of the last try, or proposed. */
  typed: { recipientName?: string; recipientEmail?: string }
  errors: Record<string, string>
}

const NEW = ''

export function PersonFields({ people, typed, errors }: PersonFieldsProps) {
  const [name, setName] = useState(typed.recipientName ?? '')
  const [email, setEmail] = useState(typed.recipientEmail ?? '')
  const known = people.find((person) => person.email === email.trim().toLowerCase())
  return (
    <>
      {people.length > 0 ? (
        <SelectField
          id="person"
          label="Person"
          value={known?.email ?? NEW}
          onChange={(event) => {
            const person = people.find((one) => one.email === event.target.value)
            setName(person?.name ?? '')
            setEmail(person?.email ?? '')
          }}
          options={[
            { value: NEW, label: 'Somebody else' },
            ...people.map((person) => ({ value: person.email, label: `${person.name} (${person.email})` })),
          ]}
        />
      ) : null}
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          id="recipientName"
          name="recipientName"
          label="Name"
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={errors.recipientName}
        />
        <TextField
          id="recipientEmail"
          name="recipientEmail"
          type="email"
          label="E-mail"
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={errors.recipientEmail}
        />
      </div>
    </>
  )
}
