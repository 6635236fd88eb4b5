/** The words of re-attestations in the language of the report. */
import { DEFAULT_LANGUAGE, type Language } from '#app/language/languages.ts'
import { type Say, sayFrom, type Translation } from '#app/language/messages.ts'
import { type Formats, formatsOf } from '#app/language/patterns.ts'
import type { ReattestedAnswer } from '../../statement-reattestation.ts'
import { REATTEST_DE } from './de.ts'
import { REATTEST_EN } from './en.ts'

export interface ReattestWords extends Formats {
  language: Language
  say: Say<typeof REATTEST_EN>
}

const MESSAGES = { en: REATTEST_EN, de: REATTEST_DE } as const satisfies Record<
  Language,
  Translation<typeof REATTEST_EN>
>

const made = {
  en: { language: 'en', ...formatsOf('en'), say: sayFrom<typeof REATTEST_EN>('en', MESSAGES.en) },
  de: { language: 'de', ...formatsOf('de'), say: sayFrom<typeof REATTEST_EN>('de', MESSAGES.de) },
} as const satisfies Record<Language, ReattestWords>

export const reattestWords = (language: Language = DEFAULT_LANGUAGE): ReattestWords => made[language]

/** Why an answer has its marks: each reason a sentence. */
export function whySentences(
  { changed, lapsed, against }: Pick<ReattestedAnswer, 'changed' | 'lapsed' | 'against'>,
  { say, date }: ReattestWords,
): string[] {
  return [
    ...(changed
      ? [
          say('changed.shown', {
            answer: changed.shown,
            by: changed.by,
            day: date(changed.on),
            form: changed.form,
            item: changed.item,
          }),
        ]
      : []),
    ...against,
    ...lapsed.map(({ title, why, since }) => {
      if (why === 'withdrawn') return say('why.withdrawn', { title })
      return since ? say(`why.${why}-since`, { title, day: date(since) }) : say(`why.${why}`, { title })
    }),
  ]
}

/** A result in one phrase, with everything that belongs to it. */
export function brokerSentence(
  broker: { tell: 'yes' | 'no' | 'told'; on?: string | undefined },
  { say, date }: ReattestWords,
): string {
  return broker.tell === 'told' && broker.on
    ? say('broker.told', { day: date(broker.on) })
    : say(broker.tell === 'yes' ? 'broker.yes' : 'broker.no')
}
