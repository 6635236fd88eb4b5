/** The names that a template's texts leave open, and what they are filled with. */

export interface PlaceholderValues {
  client: string
  service: string
  provider: string
}

const NAMES: readonly string[] = ['client', 'service', 'provider'] satisfies (keyof PlaceholderValues)[]
const PLACEHOLDER = /\{([^{}\s]{1,40})\}/g

/** As they stand in the text, braces included. */
export function unknownPlaceholders(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].flatMap(([whole, name = '']) =>
    NAMES.includes(name) ? [] : [whole],
  )
}

/** In one pass: what a name brings along is never filled in again. */
export function fillPlaceholders(text: string, values: PlaceholderValues): string {
  return text.replace(PLACEHOLDER, (whole, name: string) =>
    NAMES.includes(name) ? values[name as keyof PlaceholderValues] : whole,
  )
}
