import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ClientRecord, Point, RecordedEvidence } from '#app/readiness/record.ts'
import { viewRecord } from '#app/readiness/record.ts'
import type { Fact } from '#evidence/facts.ts'
import { campaign } from '../support/campaign.ts'
import { type Event, modelOf, seen, tables } from './record-model.ts'

const moment = fc.integer({ min: 0, max: 60 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day)))
const pick = fc.nat({ max: 5 })

/** What can happen, each drawn by small numbers; what makes no sense at its time does nothing in either model. */
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    type: fc.constant('answer' as const),
    question: pick,
    value: fc.option(fc.nat({ max: 9 })),
    back: pick,
  }),
  fc.record({ type: fc.constant('circumstances' as const), headcount: fc.nat({ max: 9 }) }),
  fc.record({ type: fc.constant('evidence' as const), observed: moment, scan: fc.boolean() }),
  fc.record({
    type: fc.constant('revision' as const),
    item: pick,
    observed: moment,
    scan: fc.boolean(),
    copy: fc.boolean(),
  }),
  fc.record({ type: fc.constant('read' as const), item: pick, fails: fc.boolean(), own: fc.option(moment) }),
  fc.record({ type: fc.constant('explain' as const), item: pick }),
  fc.record({ type: fc.constant('fact' as const), item: pick, observed: moment, value: fc.nat({ max: 9 }) }),
  fc.record({ type: fc.constant('supersede' as const), fact: pick }),
  fc.record({ type: fc.constant('link' as const), item: pick, control: pick }),
  fc.record({ type: fc.constant('withdraw' as const), item: pick }),
  fc.record({ type: fc.constant('withdraw-revision' as const), item: pick }),
  fc.record({
    type: fc.constant('except' as const),
    question: pick,
    starts: fc.option(moment),
    ends: moment,
  }),
  fc.record({ type: fc.constant('revoke' as const), exception: pick }),
)

const history = fc.array(fc.tuple(event, fc.nat({ max: 3 })), { maxLength: 60, size: 'max' }).map((drawn) => {
  let day = 0
  return drawn.map(([happened, later]) => {
    day += later
    return { ...happened, at: new Date(Date.UTC(2026, 0, 1 + day, 12)) }
  })
})
const point = fc
  .tuple(fc.integer({ min: 0, max: 140 }), fc.integer({ min: 0, max: 140 }))
  .map(([a, b]): Point => {
    const at = (day: number) => new Date(Date.UTC(2026, 0, 1 + day, 18))
    return { trueOn: at(Math.min(a, b)), knownOn: at(Math.max(a, b)) }
  })

const plain = (view: ReturnType<typeof viewRecord>) => view && seen(view)

describe('the record of a client', () => {
  test('shows at every point what a naive replay of its events shows', () => {
    fc.assert(
      fc.property(history, fc.array(point, { minLength: 15, maxLength: 25 }), (events, points) => {
        const record = tables(events)
        for (const at of points)
          expect(plain(viewRecord(record, 'application', at))).toEqual(modelOf(events, at))
      }),
      { numRuns: Number(process.env.ATTESTED_HISTORY_RUNS ?? campaign(100, 400)), seed: 20_261_126 },
    )
  })

  test('is not changed for an earlier day of knowledge by whatever happens later', () => {
    fc.assert(
      fc.property(history, history, point, (first, second, at) => {
        const end = first.at(-1)?.at.getTime() ?? Date.UTC(2026, 0, 1)
        const later = second.map((item) => ({
          ...item,
          at: new Date(item.at.getTime() + end - Date.UTC(2026, 0, 1)),
        }))
        const after = later.filter((item) => item.at > at.knownOn)
        const known = [...first, ...later.filter((item) => item.at <= at.knownOn)]
        const view = (events: typeof first) => plain(viewRecord(tables(events), 'application', at))
        expect(view([...known, ...after])).toEqual(view(known))
      }),
      { numRuns: 200, seed: 20_261_126 },
    )
  })
})

const day = (text: string) => new Date(`${text}T12:00:00Z`)
const fact: Fact = {
  key: 'vuln.kev_open_count',
  scope: { viewpoint: 'internal', subject: 'all' },
  value: 0,
  observedAt: '2026-03-01T12:00:00.000Z',
  completeness: 'complete',
  collector: 'test',
}

function recordOf(...evidence: RecordedEvidence[]): ClientRecord {
  return {
    applications: [
      {
        id: 'a',
        formCode: 'form',
        movedFrom: null,
        createdAt: day('2026-01-01'),
        discardedAt: null,
        versions: [{ state: 'draft', circumstances: {}, recordedAt: day('2026-01-01') }],
        answers: [],
      },
    ],
    evidence,
    facts: [
      {
        id: 'f',
        revisionId: 'r',
        fact,
        observedAt: day('2026-03-01'),
        recordedAt: day('2026-06-01'),
        supersededAt: null,
      },
    ],
    exceptions: [],
  }
}

const scanOf = (more: Partial<RecordedEvidence['revisions'][number]> = {}): RecordedEvidence => ({
  id: 'e',
  createdAt: day('2026-06-01'),
  withdrawnAt: null,
  versions: [
    {
      title: 'Scan',
      kind: 'vuln-scan-summary',
      controlIds: [],
      questionRefs: [],
      recordedAt: day('2026-06-01'),
    },
  ],
  revisions: [
    {
      id: 'r',
      sequence: 1,
      sha256: '0',
      fileName: 'scan.nessus',
      collector: 'test',
      observedAt: day('2026-03-01'),
      statedObservedAt: null,
      observedCorrectedAt: null,
      receivedAt: day('2026-06-01'),
      validUntil: null,
      withdrawnAt: null,
      isRedactedCopy: false,
      readings: [],
      ...more,
    },
  ],
})

describe('back-dated evidence', () => {
  test('changes what was true on a day, and never what was known on it', () => {
    const record = recordOf(scanOf())
    const facts = (trueOn: string, knownOn: string) =>
      viewRecord(record, 'a', { trueOn: day(trueOn), knownOn: day(knownOn) })?.facts.length
    expect(facts('2026-04-01', '2026-07-01')).toBe(1)
    expect(facts('2026-04-01', '2026-04-01')).toBe(0)
    expect(facts('2026-04-01', '2026-05-31')).toBe(0)
    expect(facts('2026-02-01', '2026-07-01')).toBe(0)
  })

  test('whose date was corrected later is seen at the date that was believed then', () => {
    const corrected = scanOf({ statedObservedAt: day('2026-05-01'), observedCorrectedAt: day('2026-06-03') })
    const shown = (knownOn: string) =>
      viewRecord(recordOf(corrected), 'a', { trueOn: day('2026-04-01'), knownOn: day(knownOn) })?.evidence
        .length
    expect(shown('2026-06-02')).toBe(0)
    expect(shown('2026-06-03')).toBe(1)
  })

  test('that is dated after it came stays in sight, so that its date is told as wrong', () => {
    const wrong = scanOf({ observedAt: day('2026-09-01') })
    const at = { trueOn: day('2026-06-02'), knownOn: day('2026-06-02') }
    expect(viewRecord(recordOf(wrong), 'a', at)?.evidence).toHaveLength(1)
  })
})

describe('a newer version of evidence', () => {
  const may = { observedAt: day('2026-05-01'), receivedAt: day('2026-05-02') }
  const versions = (...revisions: Partial<RecordedEvidence['revisions'][number]>[]): ClientRecord => {
    const [scan] = [scanOf()]
    const rows = revisions.map((more, index) => ({
      ...(scan.revisions[0] as RecordedEvidence['revisions'][number]),
      id: `r${index + 1}`,
      sequence: index + 1,
      ...more,
    }))
    const record = recordOf({
      ...scan,
      createdAt: day('2026-05-02'),
      versions: [{ ...scan.versions[0], recordedAt: day('2026-05-02') } as never],
      revisions: rows,
    })
    const facts = rows.map(({ id, observedAt, receivedAt }) => ({
      id: `f of ${id}`,
      revisionId: id,
      fact,
      observedAt,
      recordedAt: receivedAt,
      supersededAt: null,
    }))
    return { ...record, facts }
  }
  const speaking = (record: ClientRecord, at: string) =>
    viewRecord(record, 'a', { trueOn: day(at), knownOn: day(at) })?.facts.map(({ fact: { id } }) => id)

  test('that shows an older state outdates nothing', () => {
    const record = versions(may, { observedAt: day('2026-04-20'), receivedAt: day('2026-05-10') })
    expect(speaking(record, '2026-05-20')).toEqual(['f of r1'])
    const view = viewRecord(record, 'a', { trueOn: day('2026-05-20'), knownOn: day('2026-05-20') })
    expect(view?.evidence[0]?.revision.id).toBe('r1')
  })

  test('of the same state replaces it, and so does one that follows a date that cannot be true', () => {
    const corrected = versions(may, { ...may, receivedAt: day('2026-05-10') })
    expect(speaking(corrected, '2026-05-20')).toEqual(['f of r2'])
    const misdated = versions(
      { observedAt: day('2027-05-01'), receivedAt: day('2026-05-02') },
      { observedAt: day('2026-05-01'), receivedAt: day('2026-05-10') },
    )
    expect(speaking(misdated, '2026-05-20')).toEqual(['f of r2'])
  })

  test('that cannot be dated so outdates nothing', () => {
    const record = versions(may, { observedAt: day('2027-01-01'), receivedAt: day('2026-05-10') })
    expect(speaking(record, '2026-05-20')).toContain('f of r1')
  })

  test('of a waiver that says until when it held leaves the days before as they were', () => {
    const record = versions(
      { observedAt: day('2026-01-10'), receivedAt: day('2026-01-10') },
      { observedAt: day('2026-06-05'), receivedAt: day('2026-06-05'), validUntil: day('2026-06-05') },
    )
    const shown = (trueOn: string) => {
      const view = viewRecord(record, 'a', { trueOn: day(trueOn), knownOn: day('2026-08-01') })
      return view?.evidence[0]?.revision.validUntil ?? null
    }
    expect(shown('2026-03-01')).toBeNull()
    expect(shown('2026-07-01')).toEqual(day('2026-06-05'))
  })
})

describe('a revoked exception', () => {
  const record: ClientRecord = {
    ...recordOf(),
    exceptions: [
      {
        id: 'x',
        applicationId: 'a',
        questionId: 'q',
        reason: '',
        compensatingControl: '',
        owner: '',
        approvedBy: '',
        startsOn: null,
        expiresOn: '2026-12-31',
        recordedAt: day('2026-01-10'),
        revokedAt: day('2026-06-01'),
      },
    ],
  }
  const covers = (trueOn: string, knownOn: string) =>
    viewRecord(record, 'a', { trueOn: day(trueOn), knownOn: day(knownOn) })?.exceptions.length === 1

  test('still covers the days before its end, whenever they are asked about', () => {
    expect(covers('2026-03-01', '2026-05-31')).toBe(true)
    expect(covers('2026-03-01', '2026-07-01')).toBe(true)
    expect(covers('2026-06-02', '2026-07-01')).toBe(false)
    expect(covers('2026-01-02', '2026-07-01')).toBe(false)
  })
})
