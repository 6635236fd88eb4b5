import { readFileSync, writeFileSync } from 'node:fs'
import { constants, deflateSync } from 'node:zlib'
import { PDF, PdfBool, PdfNumber, PdfStream } from '@libpdf/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { readDocument } from '#app/documents/documents.server.ts'
import { readForm } from '#app/documents/form-file.server.ts'
import { hasTool, runTool } from '../report/outside-tools.ts'
import {
  codeOf,
  drawForm,
  everyField,
  type Filled,
  fill,
  filled,
  GIVEN,
  left,
  MAPPING,
  map,
  PdfDict,
  PdfName,
  PdfString,
  PLAN,
  rawValues,
  savePdf,
} from './carrier-forms.ts'
import { temporaryFiles } from './workbook-forms.ts'

const file = temporaryFiles()
const read = (path: string) => readForm({ path, name: path })

const WITHOUT = ['pdftotext', 'qpdf'].filter((name) => !hasTool(name))
if (WITHOUT.length > 0)
  console.warn(`${WITHOUT.join(' and ')} missing: filled PDFs are not looked at from outside.`)
const hasTools = WITHOUT.length === 0

const printed = (path: string) => runTool('pdftotext', ['-layout', path, '-']).output

describe('a PDF with every kind of field', () => {
  let done: Filled
  beforeAll(async () => {
    done = await fill(await savePdf(file('every.pdf'), everyField().pdf), { mapping: MAPPING })
  })

  it('is listed from top to bottom under the words beside its fields', () => {
    expect(done.reading).toMatchObject({ kind: 'pdf', pages: 1 })
    expect(done.reading.fields.map(({ name, kind }) => [name, kind])).toEqual([
      ['applicant', 'text'],
      ['contact', 'text'],
      ['date', 'text'],
      ['tested', 'text'],
      ['revenue', 'text'],
      ['plan', 'text'],
      ['why', 'text'],
      ['mfa_yes', 'checkbox'],
      ['mfa_no', 'checkbox'],
      ['mfa', 'radio'],
      ['records', 'dropdown'],
      ['interval', 'dropdown'],
      ['protections', 'list'],
      ['people', 'text'],
      ['locked', 'text'],
      ['signature', 'signature'],
    ])
    const field = (name: string) => done.reading.fields.find((found) => found.name === name)
    expect(field('applicant')).toMatchObject({ label: 'Name of applicant', place: { page: 1 } })
    expect(field('date')).toMatchObject({ dateFormat: 'mm/dd/yyyy', maxLength: 10 })
    expect(field('mfa')).toMatchObject({ options: ['Yes', 'No'] })
    expect(field('mfa_yes')).toMatchObject({ options: [] })
    expect(field('locked')).toMatchObject({ readOnly: true })
  })

  it('is filled from the answers, each in the way its field takes it', () => {
    expect(filled(done)).toEqual({
      applicant: 'Harbour & Sons Ltd',
      contact: 'Łucja Nowak-Çeliková Đ',
      date: '03/02/2026',
      tested: '2026-05-31',
      revenue: '$1,234,567.89',
      plan: PLAN,
      why: '=1+1\nThe old VPN asks for a password only.',
      mfa_yes: 'Not ticked',
      mfa_no: 'Ticked',
      mfa: 'No',
      records: '1,000 or more',
      interval: 'Other (@home, by hand)',
      protections: expect.any(String),
      people: '1,234',
    })
  })

  it('leaves empty what nobody may fill, and says why', () => {
    expect(left(done)).toEqual({ locked: 'read-only', signature: 'signature' })
    expect(rawValues(done.path).has('signature')).toBe(false)
  })

  it('holds the values in its own characters', () => {
    const values = rawValues(done.path)
    expect(values.get('applicant')).toBe('Harbour & Sons Ltd')
    expect(values.get('contact')).toBe('Łucja Nowak-Çeliková Đ')
    expect(values.get('mfa')).toBe('No')
    expect(values.get('mfa_no')).toBe('Yes')
    expect(values.get('mfa_yes')).toBe('Off')
  })

  it.skipIf(!hasTools)('shows them in other programs (needs pdftotext and qpdf)', () => {
    const text = printed(done.path)
    for (const shown of [
      'Harbour & Sons Ltd',
      'Łucja Nowak-Çeliková Đ',
      '03/02/2026',
      '$1,234,567.89',
      'call the insurer',
      'the test in May',
      '1,000 or more',
      'Other (@home, by hand)',
    ]) {
      expect(text).toContain(shown)
    }
    expect(text.replace(/\s/g, '')).toContain('2026-05-31')
    expect(runTool('qpdf', ['--check', done.path]).status).toBe(0)
  })
})

describe('an answer that does not fit its field', () => {
  it('is left out whole instead of being cut off', async () => {
    const drawn = drawForm()
    drawn.text('short', 'Short', { maxLength: 5 })
    drawn.text('comb', 'Comb', { comb: true, maxLength: 8 })
    drawn.text('narrow', 'Narrow', { fontSize: 10 }, { size: [30, 18] })
    drawn.text('low', 'Low', { multiline: true, fontSize: 10 }, { size: [60, 20] })
    drawn.radio('mfa', 'MFA', ['In place', 'Missing'])
    drawn.dropdown('interval', 'Backups', ['Daily', 'Weekly'])
    drawn.text('letters', 'Letters')
    const done = await fill(await savePdf(file('narrow.pdf'), drawn.pdf), {
      mapping: [
        map('short', 'edr-product'),
        map('comb', 'tested'),
        map('narrow', '', 'client:legalName'),
        map('low', 'plan'),
        map('mfa', 'mfa'),
        map('interval', 'interval'),
        map('letters', 'remark'),
      ],
      answers: { ...GIVEN },
    })
    expect(done.report.filled).toEqual([])
    expect(left(done)).toEqual({
      short: 'does-not-fit',
      comb: 'does-not-fit',
      narrow: 'does-not-fit',
      low: 'does-not-fit',
      mfa: 'does-not-fit',
      interval: 'does-not-fit',
      letters: 'no-answer',
    })
    expect([...rawValues(done.path).values()].filter((value) => value !== '' && value !== 'Off')).toEqual([])
  })

  it('is written smaller, or shorter with the same meaning, before it is left out', async () => {
    const drawn = drawForm()
    drawn.text('small', 'Small', { fontSize: 12 }, { size: [80, 18] })
    drawn.text('digits', 'Digits', { maxLength: 5 })
    const done = await fill(await savePdf(file('small.pdf'), drawn.pdf), {
      mapping: [map('small', '', 'client:legalName'), map('digits', '', 'client:headcount')],
    })
    expect(filled(done)).toEqual({ small: 'Harbour & Sons Ltd', digits: '1,234' })
  })

  it('because no font here has its letters is left out too', async () => {
    const drawn = drawForm()
    drawn.text('plan', 'Plan', { multiline: true }, { size: [220, 80] })
    const answers = {
      ...GIVEN,
      plan: { state: 'answered', value: { kind: 'text', text: 'مرحبا 👩‍🚒' } },
    } as const
    const done = await fill(await savePdf(file('letters.pdf'), drawn.pdf), {
      mapping: [map('plan', 'plan')],
      answers,
    })
    expect(left(done)).toEqual({ plan: 'does-not-fit' })
  })
})

describe('an answer that is none', () => {
  it('leaves its field empty: unknown, hidden, unanswered, or a blank that would mean "no"', async () => {
    const drawn = drawForm()
    for (const name of ['vpn', 'mfa', 'people']) drawn.tick(name, name)
    drawn.text('number', 'People')
    const path = await savePdf(file('none.pdf'), drawn.pdf)
    const mapping = [
      map('vpn', 'vpn'),
      map('mfa', 'mfa', 'choice:no'),
      map('number', 'people'),
      map('people', 'nobody-asks'),
    ]
    const { FORM } = await import('./workbook-forms.ts')
    const edition = { ...FORM, blankMeans: 'no' as const }
    const hidden = await fill(path, { mapping, answers: {}, edition })
    expect(hidden.report.filled).toEqual([])
    expect(left(hidden)).toEqual({
      vpn: 'hidden-question',
      mfa: 'no-answer',
      number: 'no-answer',
      people: 'no-answer',
    })
    const unknown = await fill(path, {
      mapping,
      edition,
      answers: { ...GIVEN, mfa: { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } } },
    })
    expect(left(unknown).vpn).toBe('no-answer')
    expect(filled(unknown)).toEqual({ mfa: 'Not ticked', number: '1,234' })
  })
})

describe('what forms are like in the wild', () => {
  it('encrypted without a password: filled, and still opens for everybody and forbids what it forbade', async () => {
    const { pdf } = everyField()
    pdf.setProtection({ userPassword: '', ownerPassword: 'owner', permissions: { modify: false } })
    const done = await fill(await savePdf(file('encrypted.pdf'), pdf), { mapping: MAPPING })
    expect(Object.keys(filled(done))).toHaveLength(MAPPING.length)
    expect(done.reading.notices.join()).toMatch(/encrypted/)
    const again = await PDF.load(readFileSync(done.path))
    expect(again).toMatchObject({ isEncrypted: true, isAuthenticated: true })
    expect(again.getPermissions().modify).toBe(false)
    expect(again.getForm()?.getTextField('applicant')?.getValue()).toBe('Harbour & Sons Ltd')
    if (!hasTools) return
    expect(printed(done.path)).toContain('Łucja Nowak-Çeliková Đ')
    expect(runTool('qpdf', ['--check', done.path]).status).toBe(0)
  })

  it.skipIf(!hasTools).each([
    ['RC4 with 40 bits', ['40', '--modify=n']],
    ['RC4 with 128 bits', ['128', '--modify=form', '--use-aes=n']],
    ['AES with 128 bits', ['128', '--modify=form', '--use-aes=y']],
    ['AES with 128 bits and plain metadata', ['128', '--modify=form', '--use-aes=y', '--cleartext-metadata']],
    ['AES with 256 bits', ['256', '--modify=form']],
  ])(
    'encrypted elsewhere with %s: filled or refused by its permissions (needs qpdf)',
    async (name, options) => {
      const plain = await savePdf(file('plain.pdf'), everyField().pdf)
      const path = file(`${name.replaceAll(' ', '-')}.pdf`)
      const bits = options[0] ?? ''
      const args = [
        '--allow-weak-crypto',
        '--encrypt',
        '',
        'owner',
        bits,
        ...options.slice(1),
        '--',
        plain,
        path,
      ]
      expect(runTool('qpdf', args)).toMatchObject({ status: 0 })
      const done = await fill(path, { mapping: MAPPING })
      expect(Object.keys(filled(done))).toHaveLength(MAPPING.length)
      expect(printed(done.path)).toContain('Łucja Nowak-Çeliková Đ')
      expect(runTool('qpdf', ['--check', done.path]).status).toBe(0)
      const [before, after] = [path, done.path].map((at) => runTool('qpdf', ['--show-encryption', at]).output)
      expect(after).toBe(before)
    },
  )

  it('with XFA beside its fields: filled without it, and said so', async () => {
    const { pdf, form } = everyField()
    form.acroForm().getDict().set('XFA', PdfString.fromString('<xdp/>'))
    const done = await fill(await savePdf(file('hybrid.pdf'), pdf), { mapping: MAPPING })
    expect(done.report.notices.join()).toMatch(/second layer/)
    expect(readFileSync(done.path).toString('latin1')).not.toContain('/XFA')
  })

  it('that asks readers to draw its fields: prefilled ones are still drawn', async () => {
    const drawn = everyField()
    const known = drawn.text('known', 'Known')
    known.acroField().set('V', PdfString.fromString('Policy 12'))
    const widget = known.getWidgets()[0]
    widget?.dict.delete('AP')
    drawn.form.acroForm().getDict().set('NeedAppearances', PdfBool.TRUE)
    const done = await fill(await savePdf(file('undrawn.pdf'), drawn.pdf), { mapping: MAPPING })
    expect(done.report.kept).toEqual([
      { field: 'known', label: 'Known', why: 'unmapped', value: 'Policy 12' },
    ])
    const again = await PDF.load(readFileSync(done.path))
    expect(again.getForm()?.properties.needAppearances).toBe(true)
  })

  it('with rights for Adobe Reader: they are taken off, because they no longer fit', async () => {
    const { pdf } = everyField()
    pdf.getCatalog().set('Perms', new PdfDict([['UR3', new PdfDict()]]))
    const done = await fill(await savePdf(file('rights.pdf'), pdf), { mapping: MAPPING })
    expect(done.report.notices.join()).toMatch(/extra rights/)
    expect(readFileSync(done.path).toString('latin1')).not.toContain('/UR3')
  })

  it('with one name on two pages: filled in both places', async () => {
    const drawn = drawForm()
    const field = drawn.text('applicant', 'Name')
    drawn.pdf.addPage({ size: 'a4' }).drawField(field, { x: 50, y: 700, width: 200, height: 18 })
    const done = await fill(await savePdf(file('twice.pdf'), drawn.pdf), { mapping: MAPPING })
    expect(done.reading.fields).toHaveLength(1)
    expect(Object.keys(filled(done))).toEqual(['applicant'])
    if (hasTools) expect(printed(done.path).match(/Harbour & Sons/g)).toHaveLength(2)
  })

  it('with a length that stands in a parent field: no longer text is taken', async () => {
    const drawn = drawForm()
    const field = drawn.text('parent', 'Parent')
    field.acroField().set('MaxLen', PdfNumber.of(4))
    const done = await fill(await savePdf(file('parent.pdf'), drawn.pdf), {
      mapping: [map('parent', '', 'client:legalName')],
    })
    expect(left(done)).toEqual({ parent: 'does-not-fit' })
  })
})

describe('a PDF that cannot be filled is refused for what it is', () => {
  const CASES: [code: string, make: () => Promise<string>][] = [
    ['not-a-form', async () => put('notes.pdf', 'Item;Answer')],
    ['not-a-form', async () => put('empty.pdf', '')],
    ['damaged', async () => put('torn.pdf', Buffer.from('%PDF-1.7\n'))],
    ['damaged', async () => put('noise.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), noise(50_000)]))],
    ['flat', async () => savePdf(file('flat.pdf'), drawForm().pdf)],
    ['password', async () => locked()],
    ['forbidden', async () => forbidden()],
    ['xfa', async () => pureXfa()],
    ['xfa', async () => dynamicXfa()],
    ['signed', async () => signed()],
    [
      'too-large',
      async () => put('huge.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(26 * 1024 * 1024)])),
    ],
  ]

  it.each(CASES)('%s', async (code, make) => {
    expect(await codeOf(read(await make()))).toBe(code)
  })

  it('signature fields alone make no form', async () => {
    const drawn = drawForm()
    drawn.signature('signature', 'Signature')
    expect(await codeOf(read(await savePdf(file('only-signature.pdf'), drawn.pdf)))).toBe('flat')
  })

  it('wherever it is cut off, it is read or refused with a sentence', async () => {
    const whole = readFileSync(await savePdf(file('whole.pdf'), everyField().pdf))
    for (let part = 1; part < 20; part++) {
      const path = put('cut.pdf', whole.subarray(0, Math.floor((whole.length * part) / 20)))
      expect(await codeOf(read(path))).toMatch(/^(read|damaged|flat)$/)
    }
  })

  it('whichever of its bytes is another, it is read or refused with a sentence', async () => {
    const whole = readFileSync(await savePdf(file('bytes.pdf'), everyField().pdf))
    for (let step = 0; step < 60; step++) {
      const bytes = Buffer.from(whole)
      const at = (step * 7919) % bytes.length
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (step % 8))
      expect(await codeOf(read(put('flipped.pdf', bytes)))).toMatch(
        /^(read|damaged|flat|xfa|signed|password|not-a-form)$/,
      )
    }
  })

  function put(name: string, bytes: string | Uint8Array): string {
    const path = file(name)
    writeFileSync(path, bytes)
    return path
  }

  async function locked() {
    const { pdf } = everyField()
    pdf.setProtection({ userPassword: 'secret', ownerPassword: 'owner' })
    return savePdf(file('locked.pdf'), pdf)
  }

  async function forbidden() {
    const { pdf } = everyField()
    pdf.setProtection({ ownerPassword: 'owner', permissions: { fillForms: false, annotate: false } })
    return savePdf(file('forbidden.pdf'), pdf)
  }

  async function pureXfa() {
    const { pdf, form } = drawForm()
    form.acroForm().getDict().set('XFA', PdfString.fromString('<xdp/>'))
    return savePdf(file('xfa.pdf'), pdf)
  }

  async function dynamicXfa() {
    const { pdf, form } = everyField()
    form.acroForm().getDict().set('XFA', PdfString.fromString('<xdp/>'))
    pdf.getCatalog().set('NeedsRendering', PdfBool.TRUE)
    return savePdf(file('dynamic.pdf'), pdf)
  }

  async function signed() {
    const drawn = everyField()
    const signature = new PdfDict([['Type', PdfName.of('Sig')]])
    drawn.form.getSignatureField('signature')?.acroField().set('V', signature)
    return savePdf(file('signed.pdf'), drawn.pdf)
  }
})

/** Reproducible. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length)
  let state = 12345
  for (let index = 0; index < length; index++) {
    state = (state * 1103515245 + 12345) % 2147483648
    bytes[index] = state >> 16
  }
  return bytes
}

describe('the worker', () => {
  it('reads a form off this thread, and gives its errors back with their codes', async () => {
    const path = await savePdf(file('worker.pdf'), everyField().pdf)
    expect((await readDocument(path, { name: 'form.pdf' })).fields).toHaveLength(16)
    const flat = await savePdf(file('worker-flat.pdf'), drawForm().pdf)
    const error = await readDocument(flat, { name: 'form.pdf' }).catch((caught) => caught)
    expect(error).toMatchObject({ name: 'DocumentError', code: 'flat' })
  })

  it('is ended before a stream that unpacks to gigabytes takes the process with it', async () => {
    const spaces = deflateSync(Buffer.alloc(16 * 1024 * 1024, ' '), { finishFlush: constants.Z_SYNC_FLUSH })
    const bomb = Buffer.concat([spaces, ...Array<Buffer>(300).fill(spaces.subarray(2))])
    const { pdf, page } = everyField()
    const stream = new PdfStream([['Filter', PdfName.of('FlateDecode')]], bomb)
    page.dict.set('Contents', pdf.context.register(stream))
    const path = file('bomb.pdf')
    writeFileSync(path, await pdf.save({ compressStreams: false }))
    const error = await readDocument(path, { name: 'form.pdf' }).catch((caught) => caught)
    expect(error).toMatchObject({ name: 'DocumentError', code: 'too-large' })
  })
})
