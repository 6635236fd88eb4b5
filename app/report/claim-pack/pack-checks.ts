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
  record: 'The ledger recorded these files, the attestation and the incident',
  report: 'The signed report holds by itself',
  authority: 'The signing authority is the one you trust',
} as const
export type PackCheckId = keyof typeof PACK_CHECKS
