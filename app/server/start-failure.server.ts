/** Says in one paragraph why the server cannot start, and what to do about it. */
import type { ServerSettings } from './settings.server.ts'

type Place = Pick<ServerSettings, 'port' | 'host' | 'dataDir'>

/** Our own errors carry such a code, and a sentence that says what to do; the system's and PostgreSQL's do not. */
const OWN_CODE = /^[a-z]+(-[a-z]+)+$/

/**
 * @param error whatever a start step threw
 * @returns null for a fault of the program itself, which deserves its stack
 */
export function explainStartFailure(error: unknown, place: Place): string | null {
  const { code, message, syscall } = readFault(error)
  if (OWN_CODE.test(code)) return message
  if (code === 'EADDRINUSE') {
    return `Port ${place.port} is taken by another program, or Attested already runs there. Stop it, or choose another port: PORT=${place.port === 65_535 ? 3001 : place.port + 1} npm start`
  }
  if (syscall === 'listen' && code === 'EACCES') {
    return `This user may not listen on port ${place.port}; ports below 1024 are reserved. Choose another: PORT=3001 npm start`
  }
  if (code === 'EADDRNOTAVAIL' || syscall === 'getaddrinfo') {
    return `HOST is ${place.host}, which is no address of this machine. Use 127.0.0.1 for this machine only or 0.0.0.0 for the network.`
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return `The disk that holds ${place.dataDir} is full. Free some space and start again; nothing was lost.`
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `This user may not write to the data folder ${place.dataDir} (${message}). Give this user the folder, or choose another with ATTESTED_DATA_DIR.`
  }
  return null
}

/** The outermost fault with a code: what wraps it without one tells less. */
function readFault(error: unknown): { code: string; message: string; syscall: string } {
  for (let fault = error; fault instanceof Error; fault = fault.cause) {
    const inner = fault instanceof AggregateError ? fault.errors[0] : fault
    const { code, syscall } = inner as NodeJS.ErrnoException
    if (typeof code === 'string') return { code, message: inner.message, syscall: syscall ?? '' }
  }
  return { code: '', message: String(error), syscall: '' }
}
