/** Live checks: begun by a person, done by a job, shown by domain and by permission. */
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import type { Tx } from '#db/client.server.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import * as rows from '#db/queries/live-checks.server.ts'
import type { MailReading } from '#evidence/checks/mail-reading.ts'
import { MAX_ADDRESSES, readTarget, sizeOf } from '#evidence/checks/targets.ts'
import { getPermission, refusalOf, stateOf } from './check-permissions.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime, type Job } from './runtime.server.ts'

/** Of one organisation, waiting or under way. */
const MAX_AT_ONCE = 3
const CHECKS_LISTED = 60

// Points: domains, and runs. Enough for a morning's work, too little to be a nuisance to anybody.
const domainsByOrganisation = new RateLimiterMemory({ points: 200, duration: 60 * 60 })
const runsByOrganisation = new RateLimiterMemory({ points: 15, duration: 60 * 60 })

export async function startMailCheck(member: Member, clientId: string, domains: string[]): Promise<string> {
  const wanted = [...new Set(domains)]
  return start(
    member,
    clientId,
    { kind: 'mail', subjects: wanted, permissionId: null },
    async (_tx, client) => {
      const strange = wanted.find((domain) => !client.domains.includes(domain))
      if (strange !== undefined)
        throw new RefusedError(
          'unknown-domain',
          `${strange} is not among this client’s domains. Add it to the client first.`,
        )
      await spend(domainsByOrganisation, member.organisationId, wanted.length)
    },
  )
}

/** @throws RefusedError without a valid permission that covers every target */
export async function startExposureCheck(
  member: Member,
  clientId: string,
  permissionId: string,
  targets: string[],
): Promise<string> {
  return start(member, clientId, { kind: 'exposure', subjects: targets, permissionId }, async (tx) => {
    const permission = await getPermission(tx, member.organisationId, clientId, permissionId)
    if (member.organisationIsDemo)
      throw new RefusedError(
        'demo',
        'The demo workspace contacts nobody’s machines. Sign up to check ports and certificates.',
      )
    const refusal = refusalOf(permission, targets, getRuntime().clock())
    if (refusal !== null) throw new RefusedError('not-permitted', refusal)
    const count = targets.reduce((sum, text) => sum + sizeOf(readTarget(text) ?? { kind: 'name', text }), 0)
    if (count > MAX_ADDRESSES)
      throw new RefusedError(
        'too-many-targets',
        `One check contacts at most ${MAX_ADDRESSES} addresses; these are ${count}. Check a part of them at a time.`,
      )
    await spend(runsByOrganisation, member.organisationId, 1)
  })
}

type Client = Awaited<ReturnType<typeof getClientRow>>
type Begun = Pick<rows.LiveCheckRow, 'kind' | 'subjects' | 'permissionId'>

async function start(
  member: Member,
  clientId: string,
  begun: Begun,
  decide: (tx: Tx, client: Client) => Promise<void>,
): Promise<string> {
  const { database, clock, newId, jobs } = getRuntime()
  const { organisationId } = member
  const id = newId()
  return database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    if (client.archivedAt)
      throw new RefusedError('client-archived', 'This client is archived. Restore it first.')
    if ((await rows.countUnfinished(tx, organisationId)) >= MAX_AT_ONCE)
      throw new RefusedError(
        'busy',
        `${MAX_AT_ONCE} checks of your organisation are under way. Wait for one to end.`,
      )
    await decide(tx, client)
    const createdAt = clock()
    await rows.insertCheck(tx, {
      ...begun,
      organisationId,
      id,
      clientId,
      state: 'queued',
      startedBy: member.userId,
      startedByName: member.name,
      createdAt,
    })
    // The queue retries until this transaction is visible; should it fail, the job finds nothing and ends.
    const name: Job['name'] = begun.kind === 'mail' ? 'run-mail-check' : 'run-exposure-check'
    await jobs.enqueue({ name, organisationId, checkId: id })
    return id
  })
}

async function spend(limiter: RateLimiterMemory, organisationId: string, points: number): Promise<void> {
  try {
    await limiter.consume(organisationId, points)
  } catch (rejected) {
    if (rejected instanceof Error) throw rejected
    const minutes = Math.ceil((rejected as RateLimiterRes).msBeforeNext / 60_000)
    throw new RefusedError(
      'too-many-checks',
      `Your organisation has checked a lot within an hour. Try again in ${minutes} minutes.`,
    )
  }
}

export async function nameSelectors(member: Member, clientId: string, domain: string, selectors: string[]) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  await database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    if (!client.domains.includes(domain)) throw new NotFoundError('No such domain of this client')
    const at = clock()
    const row = { organisationId, clientId, domain, selectors, changedByName: member.name, changedAt: at }
    await rows.saveSelectors(tx, row)
    await recordInLedger(tx, organisationId, {
      kind: 'check.selectors-named',
      actor: actorOf(member),
      at,
      payload: { clientId, domain, selectors },
    })
  })
}

/** For the progress bar: cheap, asked every second. */
export async function getCheckProgress(member: Member, checkId: string) {
  const row = await getRuntime().database.inOrganisation(member.organisationId, (tx) =>
    rows.findCheck(tx, member.organisationId, checkId),
  )
  if (!row) throw new NotFoundError('No such check')
  const { id, kind, state, step, stepsDone, stepsTotal, failure } = row
  return { id, kind, state, step, stepsDone, stepsTotal, failure }
}

/** Everything that the page shows. */
export async function getLiveChecks(member: Member, clientId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    const checks = await rows.listChecks(tx, organisationId, clientId, CHECKS_LISTED)
    const permissions = await rows.listPermissions(tx, organisationId, clientId)
    const selectors = new Map(
      (await rows.listSelectors(tx, organisationId, clientId)).map((row) => [row.domain, row.selectors]),
    )
    const evidence = await evidenceRows.listEvidence(tx, organisationId, clientId)
    return {
      client,
      now,
      unfinished: checks.filter(({ check }) => check.state === 'queued' || check.state === 'running'),
      failed: lastFailure(checks),
      domains: client.domains.map((domain) => ({
        domain,
        selectors: selectors.get(domain) ?? [],
        latest: latestOf(checks, domain),
      })),
      permissions: permissions.map(({ permission, evidence: writing }) => ({
        ...permission,
        state: stateOf(permission, now),
        writing,
        latest: latestExposure(checks, permission.id),
      })),
      writings: evidence.map(({ evidence: { title }, revision }) => ({ id: revision.id, title })),
    }
  })
}

type ListedCheck = Awaited<ReturnType<typeof rows.listChecks>>[number]

/** The newest result of a domain, from whichever run looked at it last. */
export function latestOf(checks: readonly ListedCheck[], domain: string) {
  for (const { check, evidence } of checks) {
    if (check.state !== 'done' || check.outcome?.kind !== 'mail') continue
    const reading = check.outcome.domains.find((one: MailReading) => one.domain === domain)
    if (reading) return { checkId: check.id, at: check.createdAt, by: check.startedByName, evidence, reading }
  }
  return null
}

function latestExposure(checks: readonly ListedCheck[], permissionId: string) {
  for (const { check, evidence } of checks) {
    if (check.permissionId !== permissionId || check.outcome?.kind !== 'exposure') continue
    const { reading } = check.outcome
    return {
      checkId: check.id,
      at: check.createdAt,
      by: check.startedByName,
      subjects: check.subjects,
      evidence,
      reading,
    }
  }
  return null
}

/** A failure is told until something newer of its kind has been finished. */
function lastFailure(checks: readonly ListedCheck[]) {
  const ended = checks.filter(({ check }) => check.state === 'done' || check.state === 'failed')
  return (['mail', 'exposure'] as const).flatMap((kind) => {
    const newest = ended.find(({ check }) => check.kind === kind)?.check
    return newest?.state === 'failed' ? [newest] : []
  })
}
