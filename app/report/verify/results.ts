/** The checks of a report in the order in which they are told; one that could not be made counts as failed. */

export const CHECKS = {
  file: 'The file is one complete PDF',
  structure: 'Every byte belongs to a known part of the file',
  inert: 'Nothing in the file runs, opens or loads anything',
  attachment: 'The machine-readable statement and its twins are attached, and nothing else',
  statement: 'The statement is complete and in its canonical form',
  consistency: 'The statement agrees with itself',
  oscal: 'The OSCAL file says what the statement says',
  signatures: 'Every expected signature is there, in order',
  coverage: 'Each signature covers everything before it, the last one all that was signed',
  additions: 'Between the signatures nothing was changed or added',
  containers: 'The signatures hold nothing but what a signature needs',
  content: 'The signed content is unchanged',
  values: 'The signature values fit the signers’ keys',
  certificates: 'The signers’ certificates are bound to their signatures',
  chain: 'The signing authority certified the signers',
  timestamps: 'Every timestamp of another authority holds',
  archive: 'The archive timestamp covers the whole file',
  times: 'The times of signing are possible',
  revocation: 'No certificate was revoked before it was used',
  signers: 'The signers are those whom the statement names',
  envelope: 'The in-toto envelope names statement and evidence, signed by the first signer',
  authority: 'The signing authority is the one you trust',
} as const

/** Made only where the envelope that stands beside a report was given. */
export const DETACHED_CHECK = {
  detached: 'The envelope that you gave belongs to this file, signed by the last signer',
} as const
/** Made only where evidence files were given. */
export const EVIDENCE_CHECK = {
  evidence: 'Every evidence file that you gave is one that the report names',
} as const
export type CheckId = keyof typeof CHECKS | keyof typeof DETACHED_CHECK | keyof typeof EVIDENCE_CHECK

export interface Check<Id extends string = CheckId> {
  id: Id
  ok: boolean
  title: string
  detail: string
  /** Holds, yet something about it should be known. */
  note?: true
  /** Counts as failed, because an earlier failure made it impossible. */
  unmade?: true
}

/** One or more reasons why a check does not hold. */
export class CheckFailure extends Error {
  override name = 'CheckFailure'
  readonly code = 'check-failed'
  constructor(...reasons: string[]) {
    super(reasons.join(' '))
  }
}

// A hostile file can hold thousands of faults; a person reads the first few.
const TOLD_REASONS = 5

/** @param titles of the checks in their order; those of a report unless others are given */
export class Results<Id extends string = CheckId> {
  private readonly found = new Map<Id, Omit<Check, 'id' | 'title'> & { title?: string }>()

  constructor(private readonly titles: Partial<Record<Id, string>> = CHECKS as Partial<Record<Id, string>>) {}

  /** Makes a check; what it throws is why it failed. Undefined then, so that later checks can tell. */
  async run<T>(
    id: Id,
    work: () => T | Promise<T>,
    detail: string | ((value: T) => string),
  ): Promise<T | undefined> {
    try {
      const value = await work()
      this.found.set(id, { ok: true, detail: typeof detail === 'string' ? detail : detail(value) })
      return value
    } catch (error) {
      this.found.set(id, { ok: false, detail: sentenceOf(error) })
      return undefined
    }
  }

  /** Says under another title what a check found. */
  entitle(id: Id, title: string): void {
    const found = this.found.get(id)
    if (found) found.title = title
  }

  /** Not a failure, but something that its reader must know; said under a title of its own. */
  note(id: Id, title: string, detail: string): void {
    this.found.set(id, { ok: true, title, detail, note: true })
  }

  list(): Check<Id>[] {
    return Object.entries<string>(this.titles as Record<string, string>).map(([key, title]) => {
      const id = key as Id
      const result = this.found.get(id) ?? {
        ok: false,
        detail: 'Not checked, because an earlier check failed.',
        unmade: true as const,
      }
      return { id, title, ...result }
    })
  }
}

/** @throws CheckFailure when there are any */
export function failOn(faults: readonly string[]): void {
  if (faults.length === 0) return
  const rest = faults.length - TOLD_REASONS
  throw new CheckFailure(...faults.slice(0, TOLD_REASONS), ...(rest > 0 ? [`And ${rest} more.`] : []))
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const short = message.length > 600 ? `${message.slice(0, 600)}…` : message
  return /[.!?…]$/.test(short) ? short : `${short}.`
}
