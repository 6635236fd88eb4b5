import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderReport } from '#app/report/render.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { collectLogo, drawLogo, MOST_LOGO_BYTES } from '#app/services/report-logo.server.ts'
import { getReportLook, readLogo, removeLogo, setAccent, setLogo } from '#app/services/report-look.server.ts'
import { contrastWithWhite, ReportColourInput } from '#app/services/report-look-input.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { exampleStatement } from '../report/example-statement.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let owner: Member
let stranger: Member
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 200, g: 0, b: 0, alpha: 0.5 } } })

beforeAll(async () => {
  world = await openWorld()
  owner = (await world.signUpMember('Olive Owner')).member
  stranger = (await world.signUpMember('Sam Stranger')).member
})
afterAll(() => world?.close())

describe('a logo', () => {
  test('is written anew: opaque, of bounded size, without what the file carried', async () => {
    const uploaded = await picture(3000, 600)
      .withExif({ IFD0: { Copyright: 'secret-in-the-file' } })
      .jpeg()
      .toBuffer()
    const { png, widthPixels, heightPixels } = await drawLogo(uploaded)
    expect([widthPixels, heightPixels]).toEqual([600, 120])
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', hasAlpha: false })
    expect((await sharp(png).metadata()).exif).toBeUndefined()
    expect(Buffer.from(png).includes('secret-in-the-file')).toBe(false)
  })

  test.each([
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'logo-format'],
    ['a page', Buffer.from('<html></html>'), 'logo-format'],
    ['half a PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]), 'logo-broken'],
  ])('is refused when it is %s', async (_name, bytes, code) => {
    await expect(setLogo(owner, bytes)).rejects.toMatchObject({ code })
  })

  test('of more bytes than allowed is refused while it arrives', async () => {
    let sent = 0
    async function* endless() {
      for (;;) {
        sent += 65_536
        yield new Uint8Array(65_536)
      }
    }
    await expect(collectLogo(endless())).rejects.toMatchObject({ code: 'logo-size' })
    expect(sent).toBeLessThan(MOST_LOGO_BYTES + 200_000)
  })

  test('belongs to one organisation, is set by its owners only, and is recorded', async () => {
    await setLogo(owner, await picture(300, 100).png().toBuffer())
    await setAccent(owner, { accent: '#7a1f5c' })
    const { logo, accent } = await getReportLook(owner)
    expect(accent).toBe('#7a1f5c')
    if (!logo) throw new Error('No logo')
    expect(sha256Hex(await readLogo(owner, logo.sha256))).toBe(logo.sha256)
    expect(await getReportLook(stranger)).toEqual({ accent: null, logo: null })
    await expect(readLogo(stranger, logo.sha256)).rejects.toMatchObject({ name: 'NotFoundError' })
    const technician = { ...owner, role: 'technician' as const }
    await expect(setAccent(technician, { accent: '#000000' })).rejects.toMatchObject({ code: 'owner' })
    await expect(removeLogo(technician)).rejects.toMatchObject({ code: 'owner' })
    expect((await listLedger(owner)).entries[0]?.kind).toBe('report-look.changed')
    await removeLogo(owner)
    expect((await getReportLook(owner)).logo).toBeNull()
    // Reports that name it are still drawn.
    expect((await readLogo(owner, logo.sha256)).length).toBeGreaterThan(50)
  })
})

test('a colour that cannot be read on white is refused with its contrast', () => {
  expect(ReportColourInput.parse({ accent: ' #0B5B53 ' }).accent).toBe('#0b5b53')
  expect(contrastWithWhite('#ffffff')).toBeCloseTo(1)
  expect(contrastWithWhite('#000000')).toBeCloseTo(21)
  const pale = ReportColourInput.safeParse({ accent: '#ffcc00' })
  expect(pale.error?.issues[0]?.message).toContain('contrast of 1.5')
  expect(ReportColourInput.safeParse({ accent: 'red' }).error?.issues).toHaveLength(1)
})

test('a report is drawn with the logo that its statement names and no other, each time the same', async () => {
  const { png, widthPixels, heightPixels } = await drawLogo(await picture(300, 100).png().toBuffer())
  const logo = { sha256: sha256Hex(png), format: 'png' as const, widthPixels, heightPixels }
  const statement = { ...exampleStatement(), brand: { accent: '#7a1f5c', logo } }
  const first = await renderReport(statement, { logo: png })
  expect(Buffer.compare(first, await renderReport(statement, { logo: png }))).toBe(0)
  expect(Buffer.from(first).includes('/Subtype /Image')).toBe(true)
  await expect(renderReport(statement)).rejects.toMatchObject({ code: 'logo-mismatch' })
  await expect(renderReport(exampleStatement(), { logo: png })).rejects.toMatchObject({
    code: 'logo-mismatch',
  })
}, 600_000)
