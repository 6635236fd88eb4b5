/** Does one live check, off the request thread: asks, keeps what came back as evidence, and reads facts out of it. */
import { cutText } from '#app/language/cut-text.ts'
import * as rows from '#db/queries/live-checks.server.ts'
import { NoResolverError } from '#evidence/checks/dns-asker.server.ts'
import { checkExposure, type ExposureKind } from '#evidence/checks/exposure-check.server.ts'
import { exposureFacts } from '#evidence/checks/exposure-facts.ts'
import { checkMail, MAIL_STEPS } from '#evidence/checks/mail-check.server.ts'
import { knownKeys, mailFacts } from '#evidence/checks/mail-facts.ts'
import type { MailReading } from '#evidence/checks/mail-reading.ts'
import type { Observation } from '#evidence/checks/observation.ts'
import { refusalOf } from './check-permissions.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError } from './errors.ts'
import { type CheckResult, failLiveCheck, keepResult } from './live-check-keeping.server.ts'
import { latestOf } from './live-checks.server.ts'
import { getRuntime, networkOf } from './runtime.server.ts'

const DAY = 86_400_000
/** As long as a DNS lookup is fresh (domain/controls.md §0.2): what was seen within it still speaks for its domain. */
const FRESH_DAYS = 7
const PROGRESS_EVERY_MS = 400

interface Begun {
  check: rows.LiveCheckRow
  permission: rows.PermissionRow | null
  selectors: Record<string, string[]>
  /** Of the client's other domains, what was seen lately. */
  known: MailReading[]
  domains: string[]
}

/** Does nothing when it was done before. */
export async function runLiveCheck(organisationId: string, checkId: string): Promise<void> {
  const startedAt = getRuntime().clock()
  const begun = await begin(organisationId, checkId, startedAt)
  if (!begun) return
  const { check, permission } = begun
  const refusal =
    check.kind === 'exposure'
      ? permission
        ? refusalOf(permission, check.subjects, startedAt)
        : 'There is no permission.'
      : null
  if (refusal !== null) return failLiveCheck(organisationId, checkId, refusal)
  const note = progressNotes(organisationId, checkId)
  try {
    const result =
      check.kind === 'mail'
        ? await lookAtMail(begun, startedAt, note.save)
        : await lookAtExposure(begun, startedAt, note.save)
    await note.settled()
    await keepResult(begun.check, startedAt, result)
  } catch (error) {
    if (!(error instanceof NoResolverError)) throw error
    await failLiveCheck(organisationId, checkId, error.message)
  }
}

async function begin(organisationId: string, checkId: string, now: Date): Promise<Begun | null> {
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const check = await rows.lockCheck(tx, organisationId, checkId)
    if (!check) throw new NotFoundError('No such check yet')
    if (check.state === 'done' || check.state === 'failed') return null
    await rows.updateCheck(tx, organisationId, checkId, { state: 'running', stepsDone: 0 })
    const { clientId, permissionId } = check
    const client = await getClientRow(tx, organisationId, clientId)
    const lists = await rows.listSelectors(tx, organisationId, clientId)
    const earlier = (await rows.listChecks(tx, organisationId, clientId, 60)).filter(
      ({ check: one, evidence }) =>
        evidence?.withdrawnAt === null && now.getTime() - one.createdAt.getTime() <= FRESH_DAYS * DAY,
    )
    const others = client.domains.filter((domain) => !check.subjects.includes(domain))
    return {
      check,
      permission: permissionId ? await rows.findPermission(tx, organisationId, permissionId) : null,
      selectors: Object.fromEntries(lists.map(({ domain, selectors }) => [domain, selectors])),
      known: others.flatMap((domain) => latestOf(earlier, domain)?.reading ?? []),
      domains: client.domains,
    }
  })
}

type Note = (done: number, total: number, step: string) => void

/** A missed note is harmless; the next one tells more. */
function progressNotes(organisationId: string, checkId: string) {
  let last = 0
  let saving: Promise<unknown> = Promise.resolve()
  const save: Note = (stepsDone, stepsTotal, step) => {
    const now = performance.now()
    if (now - last < PROGRESS_EVERY_MS && stepsDone > 0) return
    last = now
    saving = saving.then(() =>
      getRuntime()
        .database.inOrganisation(organisationId, (tx) =>
          rows.updateCheck(tx, organisationId, checkId, { stepsDone, stepsTotal, step: cutText(step, 200) }),
        )
        .catch(() => undefined),
    )
  }
  return { save, settled: () => saving }
}

async function lookAtMail(
  { check, selectors, known, domains }: Begun,
  startedAt: Date,
  note: Note,
): Promise<CheckResult> {
  const runtime = getRuntime()
  const total = check.subjects.length * MAIL_STEPS
  const observations: Observation[] = []
  const readings: MailReading[] = []
  let done = 0
  for (const domain of check.subjects) {
    const onStep = (step: string) => {
      note(done, total, step)
      done += 1
    }
    const seen = await checkMail({
      domain,
      selectors: selectors[domain] ?? [],
      network: networkOf(runtime),
      clock: runtime.clock,
      onStep,
    })
    observations.push(...seen.observations)
    readings.push(seen.reading)
  }
  const all = [...readings, ...known]
  const facts = readings.flatMap((reading) =>
    mailFacts(reading, {
      observedAt: startedAt,
      otherDomainsUnknown: (key) =>
        domains.filter(
          (domain) =>
            domain !== reading.domain &&
            !all.some((one) => one.domain === domain && knownKeys(one).includes(key)),
        ),
    }),
  )
  const named = Object.fromEntries(check.subjects.map((domain) => [domain, selectors[domain] ?? []]))
  return {
    file: { basis: { selectorsNamed: named }, observations },
    facts,
    outcome: { kind: 'mail', domains: readings, factCount: facts.length },
  }
}

async function lookAtExposure(
  { check, permission }: Begun,
  startedAt: Date,
  note: Note,
): Promise<CheckResult> {
  const runtime = getRuntime()
  if (!permission) throw new Error('An exposure check has a permission')
  const { reading, observations } = await checkExposure({
    targets: check.subjects,
    kinds: permission.kinds as ExposureKind[],
    network: networkOf(runtime),
    clock: runtime.clock,
    onStep: note,
  })
  const notAsked = permission.targets.filter((target) => !check.subjects.includes(target))
  const facts = exposureFacts(reading, { observedAt: startedAt, permitted: permission.targets, notAsked })
  const { id, targets, grantedByName, grantedByTitle, reference, grantedOn, expiresOn } = permission
  return {
    file: {
      basis: { permission: { id, targets, grantedByName, grantedByTitle, reference, grantedOn, expiresOn } },
      observations,
    },
    facts,
    outcome: { kind: 'exposure', reading, factCount: facts.length },
  }
}
