/** Asks before a long form is left with something in it that nobody saved. */
import { useBeforeUnload, useNavigation, unstable_usePrompt as usePrompt } from '@remix-run/react'
import { type RefObject, useCallback, useEffect, useRef } from 'react'

const contentOf = (form: HTMLFormElement) =>
  [...new FormData(form)]
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : value.name}`)
    .join('&')

/**
 * Posting the form goes to the page's own address or unloads nothing, so it is not asked about. Rows that were added
 * or removed count, as they are read off the form and not off its events.
 *
 * @param startsUnsaved where the form comes back with what somebody typed, because it could not be saved
 * @returns for the form
 */
export function useUnsavedForm(startsUnsaved: boolean): RefObject<HTMLFormElement> {
  const form = useRef<HTMLFormElement>(null)
  const saved = useRef<string | null>(null)
  const isSending = useNavigation().formMethod === 'POST'

  useEffect(() => {
    if (form.current) saved.current = startsUnsaved ? null : contentOf(form.current)
  }, [startsUnsaved])

  const isUnsaved = useCallback(
    () => !isSending && form.current !== null && contentOf(form.current) !== saved.current,
    [isSending],
  )
  usePrompt({
    message: 'What you typed is not saved. Leave and lose it?',
    when: ({ currentLocation, nextLocation }) =>
      currentLocation.pathname !== nextLocation.pathname && isUnsaved(),
  })
  useBeforeUnload(useCallback((event) => isUnsaved() && event.preventDefault(), [isUnsaved]))
  return form
}
