/** Definitions held against the words of this release: its control catalogue and its fact dictionary. */
import { FACT_DICTIONARY } from '#evidence/facts.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import type { KnownWords } from '#questionnaires/question-checks.ts'
import { type ParsedDefinition, parseDefinition } from '#questionnaires/validate-definition.ts'

/** The controls and facts that a form may name. */
export function listKnownWords(): Required<KnownWords> {
  return {
    controlIds: new Set(loadCatalogue().controls.map(({ id }) => id)),
    factKeys: new Set(Object.keys(FACT_DICTIONARY)),
  }
}

export function checkDefinitionText(text: string, fileName: string): ParsedDefinition {
  const { controlIds, factKeys } = listKnownWords()
  return parseDefinition(text, fileName, controlIds, factKeys)
}
