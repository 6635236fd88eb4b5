/** Why the database could not be opened: each reason with a stable code and a sentence that says what to do next. */

export type DatabaseStartCode =
  | 'data-folder-locked'
  | 'data-folder-unusable'
  | 'disk-full'
  | 'system-user-missing'
  | 'platform-unsupported'
  | 'postgres-failed'
  | 'database-unreachable'
  | 'postgres-too-old'
  | 'privilege-missing'
  | 'migration-changed'
  | 'database-newer'

export class DatabaseStartError extends Error {
  override name = 'DatabaseStartError'
  constructor(
    readonly code: DatabaseStartCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** Another running Attested holds the data folder. */
export class DataFolderLockedError extends DatabaseStartError {
  override name = 'DataFolderLockedError'
  constructor(dataDir: string, holder: string | null) {
    const who = holder ? ` (${holder})` : ''
    super(
      'data-folder-locked',
      `The data folder ${dataDir} is in use by another running Attested${who}. ` +
        'Stop that one first, or give this one a folder of its own with ATTESTED_DATA_DIR.',
    )
  }
}

const NO_SPACE = /ENOSPC|EDQUOT|no space left on device|disk quota exceeded/i
const NO_ACCESS = /EACCES|EPERM|EROFS|permission denied|read-only file system/i

/** Gives a failure of the file system or of PostgreSQL's own programs the code that a person can act on. */
export function explainStartFailure(error: unknown, doing: string, folder: string): DatabaseStartError {
  if (error instanceof DatabaseStartError) return error
  const detail = error instanceof Error ? error.message : String(error)
  const because = { cause: error }
  if (NO_SPACE.test(detail)) {
    return new DatabaseStartError(
      'disk-full',
      `The disk that holds ${folder} is full, so the database cannot be used. Free some space and start again.`,
      because,
    )
  }
  if (NO_ACCESS.test(detail)) {
    return new DatabaseStartError(
      'data-folder-unusable',
      `${doing} was refused: ${detail}. Make ${folder} writable for the user that runs Attested, or choose another folder with ATTESTED_DATA_DIR.`,
      because,
    )
  }
  return new DatabaseStartError('postgres-failed', `${doing} failed: ${detail}`, because)
}
