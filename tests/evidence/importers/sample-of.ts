/** Picks one sample of a fixture and reads it, and shows findings and facts in few words. */
import type { Importer } from '#evidence/importers/importer.ts'
import type { Sample } from '../../fixtures/importers/sample.ts'
import { type ReadWhole, readAll } from './read-all.ts'

export function sampleOf(samples: Sample[], dialect?: string): string {
  const found = samples.find((sample) => sample.dialect === dialect)
  if (!found) throw new Error(`No sample of ${dialect ?? 'the plain dialect'}`)
  return found.text
}

export const readSample = (importer: Importer, samples: Sample[], dialect?: string): Promise<ReadWhole> =>
  readAll(importer, sampleOf(samples, dialect))

/** Key → `value completeness`, with `of` where it is a share. */
export const factsOf = ({ summary }: ReadWhole): Record<string, string> =>
  Object.fromEntries(
    summary.facts.map(({ key, value, numerator, denominator, completeness }) => [
      key,
      `${value}${numerator === undefined ? '' : ` (${numerator} of ${denominator})`} ${completeness}`,
    ]),
  )

/** Check and severity, `*` where it is suppressed. */
export const findingsOf = ({ findings }: ReadWhole): string[] =>
  findings.map(({ checkId, severity, isSuppressed }) => `${checkId}: ${severity}${isSuppressed ? '*' : ''}`)

export const isRecognised = (importer: Importer, content: string | Uint8Array): boolean =>
  importer.recognises(new Uint8Array(Buffer.from(content as string).subarray(0, 65_536)))
