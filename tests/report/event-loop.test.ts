import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { issueSigner } from '#app/report/keys.server.ts'
import { renderReport } from '#app/report/render.server.ts'
import { signReport } from '#app/report/sign.server.ts'
import { makeAttachments } from '#app/report/sign-envelope.server.ts'
import { signInThread } from '#app/report/sign-in-thread.server.ts'
import { slotsOf } from '#app/report/signing-order.ts'
import { verifyReport } from '#app/report/verify.ts'
import { largeStatement } from './large-statement.ts'
import { type Authority, makeAuthority, SIGNED_AT } from './signed-report.ts'

const statement = largeStatement()
/** Below, the system's own turns of its processes are most of what is seen. */
const FLOOR_MS = { p99: 10, longest: 50 }
const MOST = 3
const ROUNDS = 3

let authority: Authority
beforeAll(async () => {
  authority = await makeAuthority(statement)
})

/** Of the report that was measured: making another takes as long again. */
let rendered: Uint8Array
let report: Uint8Array

async function makeReport(): Promise<void> {
  rendered = await renderReport(statement)
  let pdf = rendered
  for (const [index, slot] of slotsOf(statement.signers).entries()) {
    const { signer } = slot
    const identity = await issueSigner({ authority, signer, now: SIGNED_AT })
    const at = new Date(SIGNED_AT.getTime() + index * 60_000)
    pdf = (await signInThread({ pdf, statement, identity, slot, reason: 'I sign', at })).pdf
  }
  report = pdf
}

async function delaysOf(work: () => Promise<unknown>) {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  // Delays are counted from the loop's first look on, and one that lasts to the end is seen on the next turn only.
  await sleep(5)
  await work()
  await sleep(5)
  delay.disable()
  return { p99: delay.percentile(99) / 1e6, longest: delay.max / 1e6 }
}

/** Whether the loop was as free as when idle, in one round of some: other processes add delays, nothing takes them away. */
async function leavesTheLoopFree(work: () => Promise<unknown>, rounds = ROUNDS): Promise<string | true> {
  const seen: string[] = []
  for (let round = 0; round < rounds; round += 1) {
    const idle = await delaysOf(() => sleep(2000))
    const busy = await delaysOf(work)
    const isFree = (['p99', 'longest'] as const).every(
      (kind) => busy[kind] <= MOST * Math.max(idle[kind], FLOOR_MS[kind]),
    )
    if (isFree) return true
    seen.push(JSON.stringify({ idle, busy }))
  }
  return seen.join('\n')
}

describe('a report of 300 questions with 500 pieces of evidence', () => {
  test('is drawn and signed while the event loop stays as free as it is when idle', async () => {
    expect(await leavesTheLoopFree(makeReport)).toBe(true)
  })

  test('holds when it is verified', async () => {
    const { checks } = await verifyReport(report)
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
  })

  test('would hold the loop up if it were signed in place, which the measurement sees', async () => {
    const [signer] = statement.signers
    if (!signer) throw new Error('The example has signers')
    const identity = await issueSigner({ authority, signer, now: SIGNED_AT })
    const signInPlace = async () => {
      const attachments = await makeAttachments(statement, identity, SIGNED_AT)
      await signReport({ pdf: rendered, attachments, identity, signer, reason: 'I sign', at: SIGNED_AT })
    }
    // Once is enough: neighbours can only add to it.
    expect(await leavesTheLoopFree(signInPlace, 1)).not.toBe(true)
  })
})
