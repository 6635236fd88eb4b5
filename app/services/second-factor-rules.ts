/** Who needs a second factor, and how long and how often one may be tried. */

/** Between the password and the second factor, and between beginning to set one up and showing that it works. */
export const STEP_MINUTES = 10
/** Wrong tries of one step; then it begins again with the password. */
export const STEP_TRIES = 5
/** Wrong codes and passwords of one account, whatever the steps, sessions and addresses. */
export const WRONG_PROOFS = 10
export const WRONG_PROOFS_MINUTES = 60
export const RECOVERY_CODES = 10
export const FACTORS_AT_MOST = 10

/** `always`: not the organisation’s to decide. */
export type SecondFactorDemand = 'none' | 'by-owner' | 'always'

/**
 * Whether members of an organisation open anything without a second factor, and who says so.
 * Insurers and assessment firms see the evidence of many organisations: there it is never left to each.
 */
export function demandOf(organisation: {
  kind: 'msp' | 'assessor' | 'insurer'
  secondFactorDemandedAt: Date | null
}): SecondFactorDemand {
  if (organisation.kind !== 'msp') return 'always'
  return organisation.secondFactorDemandedAt ? 'by-owner' : 'none'
}
