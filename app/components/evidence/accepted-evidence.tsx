/** What insurers take as proof, said where there is none yet. */
import { FileCheck2 } from 'lucide-react'
import { EmptyState } from '../empty-state.tsx'

export function AcceptedEvidence() {
  return (
    <EmptyState icon={FileCheck2} title="No evidence yet">
      <p>
        Underwriters believe exports that a system wrote over statements that a person made. These settle most
        questions:
      </p>
      <ul className="mt-3 list-disc space-y-1.5 ps-5">
        <li>
          A sign-in policy export that shows who is included in MFA and who is excluded, at most 30 days old.
        </li>
        <li>An EDR coverage report together with the device inventory it is compared with.</li>
        <li>Backup job reports of the last 90 days, and the log of a restore test from the last year.</li>
        <li>
          A vulnerability scan from inside and one from the internet. Nessus files are read, not only kept.
        </li>
        <li>Plans, policies and contracts with their version, their approver and their end date.</li>
      </ul>
      <p className="mt-3">
        Screenshots are the weakest kind: they need the tenant, the date and who took them.
      </p>
    </EmptyState>
  )
}
