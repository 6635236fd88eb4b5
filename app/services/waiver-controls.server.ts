/** The controls that a waiver concerns, as the catalogue has them. */
import { DEFAULT_LANGUAGE, type Language } from '#app/language/languages.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findControl } from '#questionnaires/controls.ts'
import { RefusedError } from './errors.ts'

/** For the picker, grouped by domain. */
export function listControlGroups() {
  const { domains, controls } = loadCatalogue()
  return domains.map(({ id: domain, label }) => ({
    label,
    controls: controls.filter((control) => control.domain === domain).map(({ id, label }) => ({ id, label })),
  }))
}

/** In the catalogue's order; an id that it no longer has keeps its own name, and comes last. */
export function labelControls(
  controlIds: readonly string[],
  language: Language = DEFAULT_LANGUAGE,
): { id: string; label: string }[] {
  const { controls } = loadCatalogue(language)
  const known = controls.filter(({ id }) => controlIds.includes(id)).map(({ id, label }) => ({ id, label }))
  const unknown = controlIds.filter((id) => !known.some((control) => control.id === id))
  return [...known, ...unknown.map((id) => ({ id, label: id }))]
}

/** @throws RefusedError `controls` */
export function refuseUnknownControls(controlIds: readonly string[]): void {
  if (controlIds.some((id) => !findControl(loadCatalogue(), id)))
    throw new RefusedError(
      'controls',
      'One of the controls is not in the catalogue. Choose the controls again.',
    )
}
