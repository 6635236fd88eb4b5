import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as client from '#app/routes/client.tsx'
import * as clientEdit from '#app/routes/client-edit.tsx'
import * as clientNew from '#app/routes/client-new.tsx'
import * as clientOverview from '#app/routes/client-overview.tsx'
import * as clientReports from '#app/routes/client-reports.tsx'
import * as clients from '#app/routes/clients.tsx'
import { listLedger } from '#app/services/ledger.server.ts'
import type { PortfolioRow } from '#app/services/portfolio.ts'
import { openWorld, type World } from '../support/world.ts'
import type { SignedIn } from './evidence-calls.ts'
import { get, locationOf, post } from './form-calls.ts'

let world: World
let owner: SignedIn
let stranger: SignedIn

beforeAll(async () => {
  world = await openWorld()
  owner = await world.signUpMember('Olive Owner')
  stranger = await world.signUpMember('Sam Stranger')
})
afterAll(() => world?.close())

/** Through the form, as a person would. @returns the new client's id */
async function create(fields: Record<string, string>, who = owner): Promise<string> {
  const reply = await post(
    clientNew.action,
    '/clients/new',
    { currency: 'USD', ...fields },
    { cookie: who.cookie },
  )
  const id = /^\/clients\/([0-9a-f-]{36})$/.exec(locationOf(reply) ?? '')?.[1]
  if (!id) throw new Error(`Not created: ${reply.status} ${JSON.stringify(reply.body)}`)
  return id
}

const at = (clientId: string, who = owner) => ({ cookie: who.cookie, params: { clientId } })
const edit = (clientId: string, fields: Record<string, string>) =>
  post(clientEdit.action, `/clients/${clientId}/edit`, { currency: 'USD', ...fields }, at(clientId))
const setIntent = (clientId: string, intent: string, who = owner) =>
  post(client.action, `/clients/${clientId}`, { intent }, at(clientId, who))
const read = async (clientId: string) =>
  (await get(clientEdit.loader, `/clients/${clientId}/edit`, at(clientId))).body

async function namesListed(search = '', who = owner): Promise<string[]> {
  const { rows } = (await get(clients.loader, `/clients${search}`, { cookie: who.cookie })).body
  return rows.map((row: PortfolioRow) => row.client.legalName)
}

describe('creating a client', () => {
  test('needs no more than the legal name', async () => {
    const id = await create({ legalName: 'Marlow & Finch Veterinary Ltd' })
    expect((await get(client.loader, `/clients/${id}`, at(id))).body).toMatchObject({
      legalName: 'Marlow & Finch Veterinary Ltd',
      archivedAt: null,
    })
    expect(await namesListed()).toContain('Marlow & Finch Veterinary Ltd')
  })

  test('keeps every field, and shows it again as it was typed', async () => {
    const typed = {
      legalName: 'Harbour Dental',
      tradingName: 'Harbour',
      industry: 'Healthcare',
      headcount: '1,042',
      annualRevenue: '6 400 000.50',
      currency: 'eur',
      domains: 'harbour.example,\nHTTPS://Mail.Harbour.example/x\n\nharbour.example',
      contactName: 'Miriam',
      contactTitle: 'Chief executive',
      contactEmail: 'Miriam@Harbour.example',
      policyInceptionOn: '2026-01-01',
      policyRenewalOn: '2027-01-01',
      notes: 'Two\nlines',
    }
    const id = await create(typed)
    expect((await read(id)).texts).toEqual({
      ...typed,
      headcount: '1042',
      annualRevenue: '6400000.5',
      currency: 'EUR',
      domains: 'harbour.example\nmail.harbour.example',
      contactEmail: 'miriam@harbour.example',
    })
  })

  test.each([
    ['no legal name', { legalName: ' ' }, 'legalName'],
    ['a headcount in words', { headcount: 'forty' }, 'headcount'],
    ['a negative headcount', { headcount: '-4' }, 'headcount'],
    ['half a person', { headcount: '4.5' }, 'headcount'],
    ['a revenue that could be two numbers', { annualRevenue: '1.250' }, 'annualRevenue'],
    ['an endless revenue', { annualRevenue: '9'.repeat(40) }, 'annualRevenue'],
    ['no currency code', { currency: 'euros' }, 'currency'],
    ['a domain that is none', { domains: 'ok.example, not a domain' }, 'domains'],
    ['an address as a domain', { domains: 'ana@ok.example' }, 'domains'],
    ['a contact without an @', { contactEmail: 'ana' }, 'contactEmail'],
    ['a day that does not exist', { policyRenewalOn: '2026-02-30' }, 'policyRenewalOn'],
    [
      'a renewal before the inception',
      { policyInceptionOn: '2026-05-01', policyRenewalOn: '2026-04-01' },
      'policyRenewalOn',
    ],
  ])('refuses %s beside its field, keeps what was typed and makes nothing', async (_case, wrong, field) => {
    const fields = { legalName: 'Refused Ltd', currency: 'USD', ...wrong }
    const reply = await post(clientNew.action, '/clients/new', fields, { cookie: owner.cookie })
    expect(reply.status).toBe(400)
    expect(Object.keys(reply.body.fieldErrors)).toEqual([field])
    expect(reply.body.fieldErrors[field]).not.toMatch(/invalid input|expected/i)
    expect(reply.body.typed).toEqual(fields)
    expect(await namesListed()).not.toContain('Refused Ltd')
  })

  test('takes a character that the database can’t hold for none', async () => {
    const id = await create({ legalName: 'Null\0 Ltd' })
    expect((await read(id)).legalName).toBe('Null Ltd')
  })

  test('leaves an empty number unknown, not zero', async () => {
    const id = await create({ legalName: 'Unknown Ltd', headcount: '', annualRevenue: '' })
    expect((await read(id)).texts).toMatchObject({ headcount: '', annualRevenue: '' })
  })
})

describe('editing a client', () => {
  test('saves and records the change', async () => {
    const id = await create({ legalName: 'Before Ltd' })
    const reply = await edit(id, { legalName: 'After Ltd', seenVersion: '1' })
    expect(locationOf(reply)).toBe(`/clients/${id}`)
    expect((await read(id)).version).toBe(2)
    const [entry] = (await listLedger(owner.member)).entries
    expect(entry?.kind).toBe('client.changed')
    expect(entry?.payload).toContain('After Ltd')
  })

  test('the later of two saves is told, loses nothing and overwrites nothing', async () => {
    const id = await create({ legalName: 'Shared Ltd' })
    await edit(id, { legalName: 'Shared Ltd', industry: 'Law', seenVersion: '1' })
    const reply = await edit(id, { legalName: 'Mine Ltd', industry: 'Trade', seenVersion: '1' })
    expect(reply.status).toBe(409)
    expect(reply.body.typed).toMatchObject({ legalName: 'Mine Ltd', industry: 'Trade' })
    expect(reply.body.conflict.saved).toMatchObject({ legalName: 'Shared Ltd', industry: 'Law' })
    expect((await read(id)).texts).toMatchObject({ legalName: 'Shared Ltd', industry: 'Law' })
    // Who was told may decide to save all the same.
    const again = await edit(id, {
      legalName: 'Mine Ltd',
      industry: 'Trade',
      seenVersion: String(reply.body.seenVersion),
    })
    expect(locationOf(again)).toBe(`/clients/${id}`)
    expect((await read(id)).texts).toMatchObject({ legalName: 'Mine Ltd', industry: 'Trade' })
  })

  test('of many saves at once on the same version exactly one is kept', async () => {
    const id = await create({ legalName: 'Raced Ltd' })
    const replies = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        edit(id, { legalName: `Raced ${index} Ltd`, seenVersion: '1' }),
      ),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([302, 409, 409, 409, 409, 409])
    expect((await read(id)).version).toBe(2)
  })

  test.each<Record<string, string>>([{}, { seenVersion: '' }, { seenVersion: '0' }, { seenVersion: 'x' }])(
    'without the version it was made on (%j) changes nothing',
    async (fields) => {
      const id = await create({ legalName: 'Steady Ltd' })
      const reply = await edit(id, { legalName: 'Shaken Ltd', ...fields })
      expect(reply.status).toBe(400)
      expect(reply.body.fieldErrors.form).toBeTruthy()
      expect((await read(id)).legalName).toBe('Steady Ltd')
    },
  )

  test('an archive in between is a conflict too', async () => {
    const id = await create({ legalName: 'Gone Ltd' })
    await setIntent(id, 'archive')
    expect((await edit(id, { legalName: 'Gone Ltd', seenVersion: '1' })).status).toBe(409)
  })
})

describe('archiving a client', () => {
  test('takes it out of the list, and restoring brings it back', async () => {
    const id = await create({ legalName: 'Dormant Ltd' })
    expect((await setIntent(id, 'archive')).body).toEqual({ outcome: 'archive' })
    expect(await namesListed()).not.toContain('Dormant Ltd')
    expect(await namesListed('?view=archived')).toContain('Dormant Ltd')
    expect((await get(client.loader, `/clients/${id}`, at(id))).body.archivedAt).toBeInstanceOf(Date)
    await setIntent(id, 'restore')
    expect(await namesListed()).toContain('Dormant Ltd')
    expect(await namesListed('?view=archived')).not.toContain('Dormant Ltd')
  })

  test('twice is recorded once', async () => {
    const id = await create({ legalName: 'Twice Ltd' })
    await setIntent(id, 'archive')
    const head = (await listLedger(owner.member)).entries[0]?.sequence
    await setIntent(id, 'archive')
    expect((await listLedger(owner.member)).entries[0]?.sequence).toBe(head)
  })

  test('knows no other intent', async () => {
    const id = await create({ legalName: 'Deleted Ltd' })
    expect((await setIntent(id, 'delete')).status).toBe(400)
    expect(await namesListed()).toContain('Deleted Ltd')
  })
})

describe('the list of clients', () => {
  test('is found by any word of its names or its industry, whatever the accents', async () => {
    const searcher = await world.signUpMember('Sea Archer')
    await create({ legalName: 'Café Müller GmbH', industry: 'Hospitality' }, searcher)
    await create({ legalName: 'Mullion Windows', tradingName: 'Bright Panes' }, searcher)
    expect(await namesListed('?q=muller+cafe', searcher)).toEqual(['Café Müller GmbH'])
    expect(await namesListed('?q=HOSPITAL', searcher)).toEqual(['Café Müller GmbH'])
    expect(await namesListed('?q=panes', searcher)).toEqual(['Mullion Windows'])
    expect(await namesListed('?q=%25', searcher)).toEqual([])
  })

  test('sorts by renewal with unknown dates last, and ignores what makes no sense', async () => {
    const sorter = await world.signUpMember('Sor Ter')
    await create({ legalName: 'Aa Ltd' }, sorter)
    await create({ legalName: 'Bb Ltd', policyRenewalOn: '2027-03-01' }, sorter)
    await create({ legalName: 'Cc Ltd', policyRenewalOn: '2027-01-01' }, sorter)
    expect(await namesListed('?sort=renewal', sorter)).toEqual(['Cc Ltd', 'Bb Ltd', 'Aa Ltd'])
    expect(await namesListed('?sort=;drop&view=all', sorter)).toEqual(['Aa Ltd', 'Bb Ltd', 'Cc Ltd'])
  })

  test('shows nothing of another organisation', async () => {
    await create({ legalName: 'Secret Ltd' })
    expect(await namesListed('', stranger)).toEqual([])
    expect(await namesListed('?q=secret', stranger)).toEqual([])
  })
})

describe('somebody of another organisation', () => {
  const pages = { client, clientEdit, clientOverview, clientReports }

  test.each(Object.keys(pages) as (keyof typeof pages)[])('finds nothing on %s', async (name) => {
    const id = await create({ legalName: 'Private Ltd' })
    expect((await get(pages[name].loader, `/clients/${id}`, at(id))).status).toBe(200)
    expect((await get(pages[name].loader, `/clients/${id}`, at(id, stranger))).status).toBe(404)
    const missing = crypto.randomUUID()
    expect((await get(pages[name].loader, `/clients/${missing}`, at(missing))).status).toBe(404)
    expect((await get(pages[name].loader, '/clients/1', at("1' or '1"))).status).toBe(404)
  })

  test('neither edits nor archives', async () => {
    const id = await create({ legalName: 'Untouched Ltd' })
    const fields = { legalName: 'Taken Ltd', currency: 'USD', seenVersion: '1' }
    const edited = await post(clientEdit.action, `/clients/${id}/edit`, fields, at(id, stranger))
    expect([edited.status, (await setIntent(id, 'archive', stranger)).status]).toEqual([404, 404])
    expect(await read(id)).toMatchObject({ legalName: 'Untouched Ltd', version: 1 })
    expect(await namesListed()).toContain('Untouched Ltd')
  })
})
