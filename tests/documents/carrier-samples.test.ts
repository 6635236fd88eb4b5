import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { DocumentReading } from '#app/documents/carrier-document.ts'
import { fillDocument, readDocument } from '#app/documents/documents.server.ts'
import { textValue } from '#app/documents/part-value.ts'
import { hasTool, needs, runTool } from '../report/outside-tools.ts'
import { CLIENT, GIVEN, map } from './carrier-forms.ts'
import { FORM, temporaryFiles } from './workbook-forms.ts'

const folder = fileURLToPath(new URL('../../../shared/samples/acroform/', import.meta.url))
const file = temporaryFiles()

const isThere = existsSync(folder)
if (!isThere)
  console.warn('Real PDF forms are not beside this checkout (../shared/samples): their tests are skipped.')

/** Text into every field of text, a tick into every box, the last choice into every list. */
function mapAll({ fields }: DocumentReading) {
  return fields
    .filter(({ kind, readOnly }) => kind !== 'signature' && !readOnly)
    .map(({ name, options, kind, dateFormat }) => {
      if (dateFormat) return map(name, 'tested')
      if (kind === 'checkbox' && options.length === 0) return map(name, 'mfa', 'choice:no')
      const last = options.at(-1)
      if (last !== undefined) return { ...map(name, 'mfa'), values: { no: last } }
      return map(name, '', 'client:headcount')
    })
}

describe.skipIf(!isThere)('real forms', () => {
  it.each([
    ['fancy_fields.pdf', { pages: 1, fields: 11, notFilled: ['does-not-fit'] }],
    ['sample_form.pdf', { pages: 1, fields: 28, notFilled: ['does-not-fit', 'signature'] }],
    ['with_combed_fields.pdf', { pages: 13, fields: 713, notFilled: ['read-only'] }],
  ])(
    '%s is filled in all its fields that can take the value',
    async (name, expected) => {
      const path = file(name)
      copyFileSync(join(folder, name), path)
      const reading = await readDocument(path, { name })
      expect(reading).toMatchObject({ kind: 'pdf', pages: expected.pages })
      expect(reading.fields).toHaveLength(expected.fields)
      expect(new Set(reading.fields.map((field) => field.name)).size).toBe(expected.fields)
      const outPath = file(`filled-${name}`)
      const report = await fillDocument({
        path,
        outPath,
        reading,
        mapping: mapAll(reading),
        edition: FORM,
        answers: GIVEN,
        circumstances: {},
        client: CLIENT,
        today: '2026-03-02',
      })
      expect(report.filled.length + report.leftEmpty.length + report.kept.length).toBe(expected.fields)
      const reasons = [...report.leftEmpty, ...report.kept].map(({ why }) => why)
      expect([...new Set(reasons)].sort()).toEqual(expected.notFilled)
      expect(reasons.length).toBeLessThan(expected.fields / 6)
      const again = await readDocument(outPath, { name })
      expect(again.fields).toEqual(reading.fields)
      if (!hasTool('qpdf') || !hasTool('pdftotext')) return
      expect(runTool('qpdf', ['--check', outPath]).status).toBe(0)
      const shown = runTool('pdftotext', ['-layout', outPath, '-']).output.match(/1,?234/g)?.length ?? 0
      const texts = report.filled.filter(
        ({ text }) => textValue(text)?.kind === 'text' && /^1,?234$/.test(text),
      ).length
      expect(shown).toBeGreaterThanOrEqual(texts * 0.9)
    },
    60_000,
  )

  it('encrypted_new.pdf asks for a password, which qpdf says too', async ({ skip }) => {
    const path = join(folder, 'encrypted_new.pdf')
    const error = await readDocument(path, { name: 'encrypted_new.pdf' }).catch((caught) => caught)
    expect(error).toMatchObject({ name: 'DocumentError', code: 'password' })
    needs('qpdf', skip)
    expect(runTool('qpdf', ['--requires-password', path]).status).toBe(0)
  })
})
