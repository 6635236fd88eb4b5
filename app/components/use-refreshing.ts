/** Loads the page's data again every few seconds while something on it is under way. */
import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'

const EVERY_MS = 2000

export function useRefreshing(isUnderWay: boolean): void {
  const { revalidate, state } = useRevalidator()
  useEffect(() => {
    if (!isUnderWay || state !== 'idle') return
    const timer = setTimeout(revalidate, EVERY_MS)
    return () => clearTimeout(timer)
  }, [isUnderWay, state, revalidate])
}
