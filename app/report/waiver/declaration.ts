/** The sentence that the decision-maker ticks, on the page and on paper, in the language of the waiver. */
import { paperWords } from '../language/papers/words.ts'
import type { WaiverText } from './waiver-text.ts'

export function declarationOf({ language, client, provider, service }: WaiverText): string {
  const names = { client: client.legalName, provider: provider.name, service }
  return paperWords(language).say('waiver.declaration', names)
}
