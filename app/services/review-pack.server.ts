/** The quarterly review pack of a client: two days of the record compared, each as it was known on it. */
import type { Language } from '#app/language/languages.ts'
import { DEFAULT_LANGUAGE } from '#app/language/languages.ts'
import { remediesOver } from '#app/readiness/actions.ts'
import type { Period } from '#app/readiness/reattestation-periods.ts'
import type { Point } from '#app/readiness/record.ts'
import type { PackAccount } from '#app/report/review-pack/pack-account.ts'
import { countFindingsOfPeriod } from '#db/queries/register-ages.server.ts'
import { findRegister } from '#db/queries/register-fixes.server.ts'
import { SEVERITIES_BY_RANK } from '#evidence/severity.ts'
import { RefusedError } from './errors.ts'
import { getFixPlan } from './fix-plan.server.ts'
import { type ClientHistory, forceOf, loadHistory, readinessAt } from './history.server.ts'
import { fieldErrorsOf } from './history-input.ts'
import { applicationsInForce } from './in-force.ts'
import type { Member } from './member.ts'
import { brandOf } from './report-look.server.ts'
import { comparePeriod, listCompared } from './review-pack-comparison.server.ts'
import { quarterAfter, quartersBefore, reviewPeriod } from './review-pack-input.ts'
import { listDated } from './review-pack-lists.server.ts'
import { getRuntime } from './runtime.server.ts'
import { addDays } from './subjectivity-input.ts'

const MOST_ACTIONS = 5
/** Where both the register and the questionnaire ask for something, neither crowds out the other. */
const MOST_FIXES = 3
const OFFERED_QUARTERS = 4

/** The end of a day, and nothing that was learned later. */
const knownOn = (day: string): Point => {
  const end = new Date(`${day}T23:59:59.999Z`)
  return { trueOn: end, knownOn: end }
}

/**
 * @throws NotFoundError also when the client is another organisation's
 * @throws RefusedError `period-not-over`: a pack of a running period could not be made again
 */
export async function getReviewPack(
  member: Member,
  clientId: string,
  period: Period,
  language: Language = DEFAULT_LANGUAGE,
): Promise<PackAccount> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  const end = knownOn(period.last)
  if (end.trueOn >= now) throw new RefusedError('period-not-over', 'Choose a period that is over.')
  const start = knownOn(addDays(period.first, -1))
  const next = quarterAfter(period)
  const read = await database.inOrganisation(organisationId, async (tx) => {
    const history = await loadHistory(tx, organisationId, clientId, now, end.knownOn)
    const hasRegister = (await findRegister(tx, organisationId, clientId)) !== null
    return {
      history,
      editions: await listCompared(tx, organisationId, history),
      brand: (await brandOf(tx, organisationId)) ?? null,
      findings: hasRegister
        ? await countFindingsOfPeriod(tx, organisationId, clientId, {
            after: start.trueOn,
            until: end.trueOn,
          })
        : null,
      dated: await listDated(tx, history, { organisationId, clientId, period, next, start, end }),
    }
  })
  const { history, findings } = read
  const plan = await getFixPlan(member, clientId)
  return {
    language,
    madeAt: now.toISOString(),
    organisation: member.organisationName,
    brand: read.brand,
    client: history.client.legalName,
    period,
    next,
    ...comparePeriod(history, { start, end, language, editions: read.editions }),
    findings:
      findings &&
      SEVERITIES_BY_RANK.map(
        (severity) =>
          findings.find((row) => row.severity === severity) ?? { severity, opened: 0, fixed: 0, open: 0 },
      ).filter(({ opened, fixed, open }) => opened + fixed + open > 0),
    ...read.dated,
    actions: chooseActions(
      (plan?.chosen ?? []).map(({ label, findings: count, assets }) => ({
        kind: 'fix' as const,
        title: label,
        findings: count,
        assets,
      })),
      remediesAt(history, end, language),
    ),
  }
}

type Actions = PackAccount['actions']

function chooseActions(fixes: Actions, remedies: Actions): Actions {
  const first = fixes.slice(0, MOST_FIXES)
  const then = remedies.slice(0, MOST_ACTIONS - first.length)
  return [...first, ...then, ...fixes.slice(MOST_FIXES)].slice(0, MOST_ACTIONS)
}

/** Of all forms in force: what a supplement asks for counts beside what the application does. */
function remediesAt(history: ClientHistory, point: Point, language: Language): Actions {
  const judged = applicationsInForce(forceOf(history), point).flatMap(
    ({ applicationId }) => readinessAt(history, applicationId, point, language) ?? [],
  )
  return remediesOver(judged.map(({ readiness }) => readiness)).map(({ remedy, answers }) => ({
    kind: 'remedy',
    title: remedy,
    answers,
  }))
}

/** From the address: the period it asks for, and the quarters that a page offers, newest first. */
export function readReviewPeriod(search: URLSearchParams) {
  const today = getRuntime().clock().toISOString().slice(0, 10)
  const asked = { from: search.get('from') ?? '', until: search.get('until') ?? '' }
  const parsed = reviewPeriod(today).safeParse(asked)
  return {
    asked: parsed.success ? { from: parsed.data.first, until: parsed.data.last } : asked,
    period: parsed.success ? parsed.data : null,
    errors: parsed.success ? {} : fieldErrorsOf(parsed.error),
    quarters: quartersBefore(today, OFFERED_QUARTERS),
    yesterday: addDays(today, -1),
  }
}
