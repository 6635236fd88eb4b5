/** Where the key of the next signing authority comes from. */
import { useState } from 'react'
import { ChoiceCards } from '../choice-field.tsx'
import { TextField } from '../text-field.tsx'

const OPTIONS = [
  {
    value: 'ec-p256',
    label: 'Made here: ECDSA on P-256',
    hint: 'The usual choice: small files, and every current reader knows it.',
  },
  {
    value: 'rsa-3072',
    label: 'Made here: RSA with 3072 bits',
    hint: 'Of the same strength. Worth it where an insurer’s document system knows no elliptic curves for authorities; certificates and lists become larger.',
  },
  {
    value: 'aws-kms',
    label: 'In AWS KMS',
    hint: 'The key never leaves Amazon’s service, and every use of it stands in CloudTrail. Nothing can be signed while the service is out of reach.',
  },
]

export function KeyChoiceFields({
  id,
  organisationId,
  errors,
}: {
  /** Told apart from the same fields in another form on the page. */
  id: string
  organisationId: string
  errors: Record<string, string>
}) {
  const [key, setKey] = useState('ec-p256')
  return (
    <>
      <ChoiceCards
        name="key"
        id={`${id}-key`}
        label="Key of the new authority"
        options={OPTIONS}
        value={key}
        onChange={({ currentTarget }) => setKey(currentTarget.value)}
        error={errors.key}
      />
      {key === 'aws-kms' ? (
        <>
          <TextField
            name="kmsKeyArn"
            id={`${id}-arn`}
            label="ARN of the key"
            hint="A key for signing (SIGN_VERIFY) of the kind ECC_NIST_P256 or RSA_3072, used for nothing else. Its tag says that this organisation may use it."
            required
            spellCheck={false}
            autoComplete="off"
            placeholder="arn:aws:kms:eu-central-1:111122223333:key/…"
            error={errors.kmsKeyArn}
          />
          <div>
            <p className="text-caption text-ink-soft">To make one with Amazon’s command line:</p>
            <code className="wrap-anywhere mt-1 block rounded-small bg-sunken px-2 py-1 font-mono text-micro">
              aws kms create-key --key-usage SIGN_VERIFY --key-spec ECC_NIST_P256 --tags
              TagKey=attested-organisation,TagValue={organisationId}
            </code>
          </div>
        </>
      ) : null}
    </>
  )
}
