/** Why a command could not read the database of this installation. */
const OLD_SCHEMA = new Set(['42P01', '42703', '3D000', '22023'])

/** For people who run a command: what is wrong with the database, and what to do. */
export function explainDatabaseFault(error: unknown): string {
  for (let fault = error; fault instanceof Error; fault = fault.cause) {
    const { code } = fault as NodeJS.ErrnoException
    if (code && OLD_SCHEMA.has(code)) {
      return 'The database is not that of this version of Attested. Start Attested once with npm start, then check again.'
    }
    // Ours say what to do; the system's and PostgreSQL's are the innermost.
    if (/^[a-z]+(-[a-z]+)*$/.test(code ?? '') || fault.cause === undefined) return fault.message
  }
  return String(error)
}
