/** Whose signature is revoked together with a report, and why; nobody's unless somebody says so. */
import { useState } from 'react'
import { SelectField } from '../text-field.tsx'

const ROLES = [
  { value: '', label: 'No: the signatures are genuine' },
  { value: 'technical-contributor', label: 'Yes, that of the technical contributor' },
  { value: 'insured-officer', label: 'Yes, that of the officer of the insured' },
]
const REASONS = [
  { value: 'not-entitled', label: 'The person was not entitled to sign' },
  { value: 'key-compromise', label: 'Somebody else signed in this name' },
  { value: 'superseded', label: 'It was made by mistake and is replaced' },
]

export function RevokeFields({ isSigned }: { isSigned: boolean }) {
  const [role, setRole] = useState('')
  return (
    <>
      <SelectField
        name="revokeRole"
        label="Should a signature not have been made?"
        hint="Then it is revoked too: whoever verifies the file with your revocation list sees it rejected, even without asking here."
        options={ROLES.slice(0, isSigned ? 3 : 2)}
        value={role}
        onChange={(event) => setRole(event.target.value)}
      />
      {role === '' ? null : <SelectField name="revokeReason" label="Why it is revoked" options={REASONS} />}
    </>
  )
}
