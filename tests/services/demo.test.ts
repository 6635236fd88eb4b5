import { afterAll, beforeAll, expect, test } from 'vitest'
import { listConversations } from '#app/services/conversations.server.ts'
import { buildDemoWorkspace, createDemoOwner } from '#app/services/demo/build-workspace.server.ts'
import { listDisputes } from '#app/services/disputes.server.ts'
import { listRequests } from '#app/services/evidence-requests.server.ts'
import { checkLedger } from '#app/services/ledger-check.server.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import { getClientPolicies } from '#app/services/policy-page.server.ts'
import { listPortfolio } from '#app/services/portfolio.server.ts'
import { PortfolioQuery } from '#app/services/portfolio.ts'
import { listRenewals } from '#app/services/renewal-portfolio.server.ts'
import { getResponsibilityMatrix } from '#app/services/responsibility.server.ts'
import { getReviews } from '#app/services/reviews.server.ts'
import { listSubjectivities } from '#app/services/subjectivities.server.ts'
import { listClientWaivers } from '#app/services/waiver-pages.server.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World

beforeAll(async () => {
  world = await openWorld({ withJobs: true })
})
afterAll(() => world?.close())

test('the demo workspace shows what each side of an application does', async () => {
  const owner = await createDemoOwner()
  const { applicationId } = await buildDemoWorkspace(owner, 'https://attested.example', () => undefined)
  const clients = await listPortfolio(owner, PortfolioQuery.parse({}))
  const idOf = (name: string) =>
    clients.find(({ client }) => client.legalName.startsWith(name))?.client.id ?? ''
  const [dental, accounting, joinery] = [idOf('Harbour'), idOf('Brightwater'), idOf('Kestrel')]

  const { conditions, binder } = await listSubjectivities(owner, applicationId)
  expect(binder).toMatchObject({ kind: 'conditional', open: 2 })
  expect(conditions.map(({ state }) => state).sort()).toEqual(['open', 'submitted'])
  const { reviews } = await getReviews(owner, applicationId)
  expect(reviews.map(({ state, decided }) => [state, decided])).toEqual([['open', 3]])
  expect((await listConversations(owner, dental)).conversations).toHaveLength(1)

  expect((await listRenewals(owner)).map(({ client }) => client.id)).toEqual([dental])
  const renewing = (await getClientPolicies(owner, dental)).counting
  const left = renewing?.steps.filter(({ state }) => state === 'open')
  expect(left?.map(({ stepKey }) => stepKey)).toEqual(['gaps', 'post-bind'])
  const running = (await getClientPolicies(owner, accounting)).counting
  expect(running?.threatened).toHaveLength(1)

  const requests = await listRequests(owner, { clientId: accounting })
  expect(requests.map(({ state }) => state).sort()).toEqual(['answered', 'open'])
  expect(await listDisputes(owner, accounting)).toHaveLength(1)
  const { rows } = await getResponsibilityMatrix(owner, accounting)
  expect(rows.filter(({ current }) => current?.party === 'nobody')).toHaveLength(1)

  const { waivers } = await listClientWaivers(owner, joinery)
  expect(waivers.map(({ standing }) => standing)).toEqual(['in-force'])
  const links = (await listOutbox(owner)).flatMap(({ content }) => content?.action?.href ?? [])
  for (const [kind, count] of [
    ['review', 1],
    ['request', 2],
  ] as const)
    expect(links.filter((href) => href.startsWith(`https://attested.example/${kind}/`))).toHaveLength(count)
  expect((await checkLedger(owner)).verdict).toMatchObject({ ok: true })
})
