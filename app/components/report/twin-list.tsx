/** What a report says for other programs: each file with what it is and who signed it. */
import { DEFAULT_LANGUAGE, type Language } from '#app/language/languages.ts'
import { TWIN_TEXTS } from '#app/report/language/twin-texts.ts'
import type { TwinKind } from '#app/report/twins/twin-files.ts'
import { DefinitionList } from '../definition-list.tsx'

/** @param base the address below which each is found by its kind */
export function TwinList({
  kinds,
  base,
  language = DEFAULT_LANGUAGE,
}: {
  kinds: readonly TwinKind[]
  base: string
  language?: Language
}) {
  return (
    <DefinitionList
      items={TWIN_TEXTS[language]
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ kind, term, link, about }) => ({
          term,
          value: (
            <>
              <a className="text-link" href={`${base}/${kind}`} download>
                {link}
              </a>
              <span className="block text-caption text-ink-soft">{about}</span>
            </>
          ),
        }))}
    />
  )
}
