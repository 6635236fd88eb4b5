/** Where browsers reach us, for addresses that leave by mail. */
import { getRuntime } from '#app/services/runtime.server.ts'

/** An origin without a slash at the end: the configured one, else the one this request came to. */
export function publicOrigin(request: Request): string {
  return getRuntime().settings.publicUrl ?? new URL(request.url).origin
}
