/** Says in which file of the catalogue a mistake is, by the control's id instead of its number. */

interface PlacedControl {
  file: string
  control: unknown
}

/** `controls/identity.yaml: mfa-email.rules.2`; what is not inside a control is in the shared file. */
export function nameOfPlace(
  path: readonly PropertyKey[],
  controls: readonly PlacedControl[],
  sharedFile: string,
): string {
  const [first, index, ...rest] = path.map(String)
  const placed = first === 'controls' ? controls[Number(index)] : undefined
  if (!placed) return `${sharedFile}: ${path.map(String).join('.')}`
  return `${placed.file}: ${[idOf(placed.control) ?? `control ${Number(index) + 1}`, ...rest].join('.')}`
}

function idOf(control: unknown): string | null {
  const hasId = typeof control === 'object' && control !== null && 'id' in control
  return hasId && typeof control.id === 'string' ? control.id : null
}
