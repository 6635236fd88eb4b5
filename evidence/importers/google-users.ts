/** The Google Workspace list of users (CSV) with its 2-step columns. Enrolled is what a person did; enforced is demanded. */
import { hasHeader } from './csv-reader.ts'
import type { Importer } from './importer.ts'
import { readUsers } from './scan/users.ts'

const EMAIL = 'Email Address [Required]'
const STATUS = 'Status [READ ONLY]'
const ENROLLED = '2sv Enrolled [READ ONLY]'
const ENFORCED = '2sv Enforced [READ ONLY]'

export const googleUsersImporter: Importer = {
  format: 'google-users',
  label: 'Google Workspace users (CSV)',
  evidenceKind: 'mfa-registration-report',

  recognises: (head) => hasHeader(head, EMAIL, ENROLLED, ENFORCED),

  read(bytes, options) {
    // Phone numbers, addresses and recovery data of the rows are passed over, and kept nowhere.
    return readUsers(bytes, options, {
      format: 'google-users',
      tool: 'Google Workspace',
      email: EMAIL,
      status: STATUS,
      enrolled: ENROLLED,
      enforced: ENFORCED,
      admin: 'Is Admin [READ ONLY]',
    })
  },
}
