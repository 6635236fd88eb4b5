/** Where a request came from, for session lists and attestation records. */
import type { Caller } from '#app/services/sessions.server.ts'

/** The server sets this header from the socket and removes whatever the caller put there. */
const ADDRESS_HEADER = 'x-attested-address'

export function callerOf(request: Request): Caller {
  return {
    address: request.headers.get(ADDRESS_HEADER) ?? '',
    userAgent: request.headers.get('user-agent') ?? '',
  }
}
