import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { action as saveAction } from '#app/routes/client-responsibility.tsx'
import { loader as exportLoader } from '#app/routes/responsibility-export.ts'
import { loader as fileLoader } from '#app/routes/responsibility-file.ts'
import { action as fillAction } from '#app/routes/responsibility-fill.tsx'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient, setClientArchived } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import {
  fillFromTemplate,
  getResponsibilityMatrix,
  listTemplateOffers,
  recordResponsibility,
} from '#app/services/responsibility.server.ts'
import { responsibilityInput, TemplateInput } from '#app/services/responsibility-input.ts'
import { getResponsibilityTemplate, recordTemplate } from '#app/services/responsibility-template.server.ts'
import { openWorld, type World } from '../support/world.ts'

const TODAY = new Date().toISOString().slice(0, 10)
const typed = (words: Record<string, string> = {}) => ({
  controlId: 'mfa-email',
  party: 'provider',
  thirdParty: '',
  note: '',
  agreedOn: '',
  seenVersion: '0',
  ...words,
})
const row = (words: Record<string, string> = {}) => responsibilityInput(() => TODAY).parse(typed(words))
const general = (words: Record<string, string> = {}) => TemplateInput.parse(typed(words))

let world: World
let mia: Member
let cookie: string

beforeAll(async () => {
  world = await openWorld()
  const signedUp = await world.signUpMember('Mia Member')
  mia = signedUp.member
  cookie = signedUp.cookie
})
afterAll(() => world?.close())

const newClient = () => createClient(mia, demoClients(new Date()).dental)
const rowOf = async (clientId: string, controlId = 'mfa-email') =>
  (await getResponsibilityMatrix(mia, clientId)).rows.find((one) => one.controlId === controlId)

describe('the form of one row', () => {
  test.each([
    ['no party', { party: 'somebody' }, 'party'],
    ['a third party without a name', { party: 'third-party' }, 'thirdParty'],
    ['a day to come', { agreedOn: '2999-01-01' }, 'agreedOn'],
    ['no day', { agreedOn: '27.11.2026' }, 'agreedOn'],
    ['a day of an agreement that there is not', { party: 'unset', agreedOn: TODAY }, 'agreedOn'],
    ['a note longer than fits', { note: 'x'.repeat(1001) }, 'note'],
    ['no version', { seenVersion: 'newest' }, 'seenVersion'],
  ])('%s is refused at its field', (_, words, field) => {
    const result = responsibilityInput(() => TODAY).safeParse(typed(words))
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
  })

  test('a form without the field of a third party’s name is whole', () => {
    const { thirdParty: _, ...without } = typed()
    expect(responsibilityInput(() => TODAY).parse(without).thirdParty).toBeNull()
  })

  test('a name left over from a third party is dropped with it', () => {
    expect(row({ party: 'client', thirdParty: 'Harbor Hosting' }).thirdParty).toBeNull()
    expect(row({ party: 'third-party', thirdParty: ' Harbor Hosting ' }).thirdParty).toBe('Harbor Hosting')
  })
})

describe('the matrix of a client', () => {
  test('lists every control, and first those that an application asks for and nobody answers for', async () => {
    const clientId = await newClient()
    const before = (await getResponsibilityMatrix(mia, clientId)).rows
    expect(new Set(before.map(({ place }) => place))).toEqual(new Set(['gap']))
    await startApplication(mia, clientId, { formCode: 'core-cyber', edition: '2' })
    const asked = (await getResponsibilityMatrix(mia, clientId)).rows
    expect(asked).toHaveLength(before.length)
    expect(asked[0]).toMatchObject({ place: 'asked-gap', current: null })
    expect(asked[0]?.askedBy[0]?.href).toMatch(/^\/applications\/[0-9a-f-]{36}\/sections\//)
    await recordResponsibility(mia, clientId, row())
    await recordResponsibility(mia, clientId, row({ controlId: 'email-spf', party: 'nobody' }))
    expect((await rowOf(clientId))?.place).toBe('agreed')
    expect((await rowOf(clientId, 'email-spf'))?.place).not.toBe('agreed')
    expect((await getResponsibilityMatrix(mia, clientId)).rows.at(-1)?.controlId).toBe('mfa-email')
  })

  test('keeps each version with who recorded it, and the ledger tells it', async () => {
    const clientId = await newClient()
    const first = await recordResponsibility(mia, clientId, row({ agreedOn: TODAY, note: 'In the contract' }))
    expect(first).toEqual({ outcome: 'saved', version: 1 })
    await recordResponsibility(
      mia,
      clientId,
      row({ party: 'third-party', thirdParty: 'Harbor Hosting', seenVersion: '1' }),
    )
    expect(await rowOf(clientId)).toMatchObject({
      current: { version: 2, party: 'third-party', thirdParty: 'Harbor Hosting', agreedOn: null },
      earlier: [{ version: 1, party: 'provider', agreedOn: TODAY, recordedByName: 'Mia Member' }],
    })
    const [entry] = (await listLedger(mia)).entries
    expect(entry?.kind).toBe('responsibility.recorded')
    expect(JSON.parse(entry?.payload ?? '')).toMatchObject({ clientId, controlId: 'mfa-email', version: 2 })
  })

  test('saving what stands already adds no version', async () => {
    const clientId = await newClient()
    expect(await recordResponsibility(mia, clientId, row({ party: 'unset' }))).toEqual({
      outcome: 'unchanged',
      version: 0,
    })
    await recordResponsibility(mia, clientId, row())
    const again = await recordResponsibility(mia, clientId, row({ seenVersion: '1' }))
    expect(again).toEqual({ outcome: 'unchanged', version: 1 })
    expect((await rowOf(clientId))?.earlier).toEqual([])
  })

  test('of two people who save at once one is told what the other chose, and nothing is lost', async () => {
    const clientId = await newClient()
    const both = await Promise.all([
      recordResponsibility(mia, clientId, row({ party: 'client' })),
      recordResponsibility(mia, clientId, row({ party: 'provider' })),
    ])
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['conflict', 'saved'])
    const request = new Request('http://attested.test/', {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams(typed({ party: 'nobody', note: 'My words' })),
    })
    const reply = (await saveAction({ request, params: { clientId }, context: {} } as never)) as {
      data: unknown
      init: { status: number }
    }
    expect(reply.init.status).toBe(409)
    expect(reply.data).toMatchObject({
      conflict: { version: 1, by: 'Mia Member' },
      typed: { party: 'nobody', note: 'My words' },
    })
  })

  test('refuses an unknown control, an archived client and another organisation', async () => {
    const clientId = await newClient()
    const unknown = recordResponsibility(mia, clientId, row({ controlId: 'no-such-control' }))
    await expect(unknown).rejects.toMatchObject({ code: 'not-found' })
    const stranger = (await world.signUpMember('Sam Stranger')).member
    const attempts = [
      () => getResponsibilityMatrix(stranger, clientId),
      () => recordResponsibility(stranger, clientId, row()),
      () => listTemplateOffers(stranger, clientId),
      () => fillFromTemplate(stranger, clientId, { fill: [], agreedOn: null }),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'not-found' })
    await setClientArchived(mia, clientId, true)
    await expect(recordResponsibility(mia, clientId, row())).rejects.toMatchObject({ code: 'archived' })
  })
})

describe('the template', () => {
  test('fills only what nothing was agreed on, and only as it was shown', async () => {
    const clientId = await newClient()
    await recordTemplate(mia, general())
    await recordTemplate(
      mia,
      general({ controlId: 'email-spf', party: 'client', note: 'They own the domain' }),
    )
    await recordTemplate(mia, general({ controlId: 'email-dkim', party: 'client' }))
    await recordTemplate(mia, general({ controlId: 'pen-test', party: 'nobody' }))
    await recordTemplate(
      mia,
      general({ controlId: 'training-annual', party: 'unset', note: 'Ask each client' }),
    )
    await recordResponsibility(mia, clientId, row({ controlId: 'email-dkim', party: 'nobody' }))
    const { offers } = await listTemplateOffers(mia, clientId)
    expect(offers.map(({ controlId }) => controlId).sort()).toEqual(['email-spf', 'mfa-email', 'pen-test'])
    // Changed by somebody between showing and filling.
    await recordTemplate(mia, general({ controlId: 'pen-test', party: 'client', seenVersion: '1' }))
    const fill = [
      ...offers.map(({ controlId, held }) => ({ controlId, templateVersion: held.version })),
      {
        controlId: 'email-dkim',
        templateVersion: 1,
      },
    ]
    expect(await fillFromTemplate(mia, clientId, { fill, agreedOn: null })).toEqual({
      filled: 2,
      leftAlone: 2,
    })
    expect(await rowOf(clientId, 'email-spf')).toMatchObject({
      current: { party: 'client', note: 'They own the domain', fromTemplate: true, agreedOn: null },
    })
    expect((await rowOf(clientId, 'pen-test'))?.current).toBeNull()
    expect((await rowOf(clientId, 'email-dkim'))?.current?.party).toBe('nobody')
    expect((await listLedger(mia)).entries[0]?.kind).toBe('responsibility.filled')
  })

  test('changing it changes no client, and a stale change is told', async () => {
    const clientId = await newClient()
    const { offers } = await listTemplateOffers(mia, clientId)
    const fill = offers
      .filter(({ controlId }) => controlId === 'mfa-email')
      .map(({ controlId, held }) => ({ controlId, templateVersion: held.version }))
    await fillFromTemplate(mia, clientId, { fill, agreedOn: TODAY })
    const stale = await recordTemplate(mia, general({ party: 'client' }))
    expect(stale.outcome).toBe('conflict')
    await recordTemplate(mia, general({ party: 'client', seenVersion: '1' }))
    expect((await rowOf(clientId))?.current).toMatchObject({ party: 'provider', agreedOn: TODAY })
    const template = await getResponsibilityTemplate(mia)
    expect(template.find(({ controlId }) => controlId === 'mfa-email')).toMatchObject({
      current: { party: 'client', version: 2 },
      earlier: [{ party: 'provider' }],
    })
  })

  test('a form that ticks nothing, or something made up, comes back with a sentence', async () => {
    const clientId = await newClient()
    const post = async (body: URLSearchParams) => {
      const request = new Request('http://attested.test/', { method: 'POST', headers: { cookie }, body })
      return (await fillAction({ request, params: { clientId }, context: {} } as never)) as {
        data: { fieldErrors: Record<string, string> }
      }
    }
    const nothing = await post(new URLSearchParams({ agreedOn: '' }))
    expect(nothing.data.fieldErrors).toEqual({ fill: 'Choose at least one control' })
    const odd = await post(new URLSearchParams({ 'fill[]': '../etc 1', agreedOn: '2999-01-01' }))
    expect(Object.keys(odd.data.fieldErrors).sort()).toEqual(['agreedOn', 'fill.0'])
  })
})

describe('handed out', () => {
  const call = async (load: typeof exportLoader, clientId: string) => {
    const request = new Request('http://attested.test/', { headers: { cookie } })
    return (await load({ request, params: { clientId }, context: {} } as never)) as Response
  }

  test('as a table that executes nothing, and as a PDF', async () => {
    const clientId = await newClient()
    await recordResponsibility(mia, clientId, row({ note: '=HYPERLINK("http://x")' }))
    const table = await (await call(exportLoader, clientId)).text()
    expect(table.split('\r\n')[0]).toContain('Responsible')
    expect(table).toContain(`"'=HYPERLINK(""http://x"")"`)
    const pdf = await call(fileLoader, clientId)
    expect(pdf.headers.get('Content-Type')).toBe('application/pdf')
    expect((await pdf.text()).slice(0, 5)).toBe('%PDF-')
  }, 60_000)
})
