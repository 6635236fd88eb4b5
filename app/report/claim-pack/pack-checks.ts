/** The checks of a claim pack in the order in which they are told. */

export const PACK_CHECKS = {
  container: 'The file is one complete archive, with nothing before, between or behind its files',
  names: 'Every name is a plain path inside the archive, and none comes twice',
  manifest: 'The manifest is complete',
  signature: 'The manifest is the one that was signed',
  signer: 'The organisation’s authority certified the key for claim packs',
  files: 'Every file of the manifest is there, unchanged',
  complete: 'Nothing stands beside the files of the manifest',
  sums: 'SHA256SUMS names the same hashes',
  proofs: 'Every ledger entry is covered by the signed checkpoint',
  times: 'The days and times of the pack fit one another',
  evidence: 'The ledger recorded each evidence file as it is told here',
  facts: 'The ledger recorded each fact that was read from the evidence',
  answers: 'The ledger recorded the answers in force on the day',
  exceptions: 'The ledger recorded each exception as it is told here',
  waivers: 'The ledger recorded each waiver of a declined service as it is told here',
  incident: 'The ledger recorded the incident as it is told here',
  attestation: 'The ledger recorded the attestation of this report',
  missing: 'No evidence file, no report and no waiver is missing',
  report: 'The signed report holds by itself',
  authority: 'The signing authority is the one you trust',
} as const
export type PackCheckId = keyof typeof PACK_CHECKS
