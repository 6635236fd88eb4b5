import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApplication } from '#app/services/applications.server.ts'
import type { Key } from '#app/services/attestation-door.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { decide, visitReview } from '#app/services/review-visit.server.ts'
import { getReviews } from '#app/services/reviews.server.ts'
import { campaign } from '../support/campaign.ts'
import { openWorld, type World } from '../support/world.ts'
import { enter, invite } from './review-world.ts'

const NOW = new Date('2026-11-27T10:00:00.000Z')
const LINKS = campaign(60, 200)
const AT_ONCE = 50
/** So that several decide on the same answer at the same time. */
const QUESTIONS = 10

let world: World
beforeAll(async () => {
  world = await openWorld()
  world.setClock(NOW)
})
afterAll(() => world?.close())

test(`${LINKS} links on one application and ${AT_ONCE} reviews at once lose no decision`, async () => {
  const { member } = await world.signUpMember('Mia Member')
  const clientId = await createClient(member, demoClients(NOW).dental)
  const applicationId = await startApplication(member, clientId, { formCode: 'core-cyber', edition: '1' })
  const sent: Awaited<ReturnType<typeof invite>>[] = []
  for (let count = 0; count < LINKS; count += 1)
    sent.push(await invite(member, applicationId, { assessorEmail: `a${count}@harbor-mutual.example` }))
  // The outbox shows the newest mails, which the codes then are.
  world.setClock(new Date(NOW.getTime() + 1000))
  const open: Key[] = []
  for (const one of sent.slice(0, AT_ONCE)) open.push(await enter(member, one))
  const { desk } = await visitReview(open[0] as Key)
  const items = desk.items.slice(0, QUESTIONS)
  expect(items).toHaveLength(QUESTIONS)

  let conflicts = 0
  await Promise.all(
    open.map(async (key, index) => {
      const { questionId, basisSha256: basis } = items[index % QUESTIONS] as (typeof items)[number]
      // All saw the same page; whoever is told of a conflict looks again and decides anew.
      for (let seen = 0; ; ) {
        const note = `Decision of ${index}`
        const said = { questionId, seen, basis, kind: 'accepted-with-note', ground: null, note } as const
        const made = await decide(key, said)
        if (made.outcome === 'decided') return
        conflicts += 1
        seen = made.latest?.sequence ?? 0
      }
    }),
  )

  const after = (await getReviews(member, applicationId)).desk.items
  const notes = after.flatMap(({ decisions }) => decisions.map(({ note }) => note))
  expect(new Set(notes).size).toBe(AT_ONCE)
  for (const { questionId } of items) {
    const decisions = after.find((item) => item.questionId === questionId)?.decisions ?? []
    expect(decisions.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5])
  }
  // Without contention this would prove nothing.
  expect(conflicts).toBeGreaterThan(0)
}, 300_000)
