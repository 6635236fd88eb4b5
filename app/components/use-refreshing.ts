/** Loads the page's data again every few seconds while something on it is under way. */
import { useRevalidator } from '@remix-run/react'
import { useEffect, useRef } from 'react'

const EVERY_MS = 2000
const SLOWER_MS = 30_000
const SOON_MS = 60_000

/** @param waitedMs for the same things; what did not end within a minute is being tried for hours */
export const pauseMs = (waitedMs: number) => (waitedMs < SOON_MS ? EVERY_MS : SLOWER_MS)

/**
 * @param waitsFor what is under way, in a word that changes with it: for what may take hours, such as a mail that its
 *   server wants later. The page then looks less often after a minute, until something else is under way.
 */
export function useRefreshing(isUnderWay: boolean, waitsFor?: string): void {
  const { revalidate, state } = useRevalidator()
  const wait = useRef<{ waitsFor?: string; since: number }>(undefined)
  useEffect(() => {
    if (!isUnderWay || state !== 'idle') return
    if (wait.current?.waitsFor !== waitsFor) wait.current = { waitsFor, since: Date.now() }
    const waitedMs = waitsFor === undefined ? 0 : Date.now() - (wait.current?.since ?? Date.now())
    const timer = setTimeout(revalidate, pauseMs(waitedMs))
    return () => clearTimeout(timer)
  }, [isUnderWay, waitsFor, state, revalidate])
}
