/** How often somebody without an account may ask, by address. */
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'

/** A person with a pile of reports needs no more; nobody can guess a digest at any speed. */
export const ASKS_A_MINUTE = 30
const asks = new RateLimiterMemory({ points: ASKS_A_MINUTE, duration: 60 })

/** @returns null where the question is allowed, else the seconds to wait */
export async function takeFromAllowance(address: string): Promise<number | null> {
  try {
    await asks.consume(address)
    return null
  } catch (refused) {
    if (refused instanceof Error) throw refused
    const { msBeforeNext } = refused as RateLimiterRes
    return Math.ceil(msBeforeNext / 1000)
  }
}
