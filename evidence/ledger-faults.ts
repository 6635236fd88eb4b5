/** What can be wrong with a ledger, in words: one form for entries, checkpoints, heads and files. */
import type { ChainProblem } from './ledger.ts'

export type LedgerProblem =
  | ChainProblem
  /** The head: no row, not sealed by us, another entry, or entries behind it. */
  | 'head-missing'
  | 'head-forged'
  | 'head-differs'
  | 'unsealed'
  /** A checkpoint: cannot be read, or its columns say something else than its signed text. */
  | 'checkpoint-unreadable'
  | 'checkpoint-edited'
  /** It does not stand where it belongs, or its number does not follow. */
  | 'checkpoint-misplaced'
  | 'checkpoint-missing'
  /** The entries are not those that it was signed over. */
  | 'root-differs'
  | 'signature-invalid'
  | 'certificate-invalid'
  | 'authority-unknown'
  /** The ledger says nothing of it, or something else. */
  | 'unrecorded'
  | 'timestamp-invalid'
  | 'timestamp-missing'
  /** The ledger itself, or the file that holds it. */
  | 'empty'
  | 'file-unreadable'
  | 'file-cut-off'

export interface LedgerFault {
  part: 'entry' | 'checkpoint' | 'head' | 'ledger' | 'file'
  /** Of the entry, of the checkpoint or of the line; null where it has none. */
  number: number | null
  problem: LedgerProblem
  /** Plain, complete, for people. */
  sentence: string
}

/** More are counted, not kept: every entry of a million may be wrong. */
const KEPT = 200

/** Collects faults in the order in which they are found. */
export function collectFaults() {
  const faults: LedgerFault[] = []
  let count = 0
  return {
    faults,
    count: () => count,
    add(...found: LedgerFault[]) {
      for (const fault of found) if (count++ < KEPT) faults.push(fault)
    },
  }
}
