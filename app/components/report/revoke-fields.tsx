/** Whose signature is revoked together with a report, and why; nobody's unless somebody says so. */
import { useState } from 'react'
import { nameOfSlot, type SignatureSlot } from '#app/report/signing-order.ts'
import { SelectField } from '../text-field.tsx'

const NOBODY = { value: '', label: 'No: the signatures are genuine' }
const REASONS = [
  { value: 'not-entitled', label: 'The person was not entitled to sign' },
  { value: 'key-compromise', label: 'Somebody else signed in this name' },
  { value: 'superseded', label: 'It was made by mistake and is replaced' },
]

export function RevokeFields({ signed }: { signed: readonly SignatureSlot[] }) {
  const [chosen, setChosen] = useState('')
  return (
    <>
      <SelectField
        name="revokeSlot"
        label="Should a signature not have been made?"
        hint="Then it is revoked too: whoever verifies the file with your revocation list sees it rejected, even without asking here."
        options={[
          NOBODY,
          ...signed.map((slot) => ({
            value: slot.id,
            label: `Yes, that of ${slot.signer.name}, ${nameOfSlot(slot).toLowerCase()}`,
          })),
        ]}
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
      />
      {chosen === '' ? null : <SelectField name="revokeReason" label="Why it is revoked" options={REASONS} />}
    </>
  )
}
