import { describe, expect, it } from 'vitest'
import { CoverageBar, controlCoverage } from '#app/components/coverage-bar.tsx'
import { ReasonList } from '#app/components/reason-list.tsx'
import { SaveState, type SaveStatus } from '#app/components/save-state.tsx'
import { AnswerStatusBadge, ControlStatusBadge } from '#app/components/status-badge.tsx'
import type { AnswerStatus, ControlStatus } from '#app/readiness/status.ts'
import { attributes, render } from './render.tsx'

const visibleText = (markup: string) => markup.replace(/<[^>]*>/g, '').trim()

describe('a status', () => {
  it.each([
    ['supported', 'Supported'],
    ['unsupported', 'Unsupported'],
    ['stale', 'Stale'],
    ['contradicted', 'Contradicted'],
    ['not-claimed', 'Not claimed'],
  ] satisfies [AnswerStatus, string][])(
    'of an answer is told by a word and an icon: %s',
    async (status, word) => {
      const markup = await render(<AnswerStatusBadge status={status} />)
      expect(visibleText(markup)).toBe(word)
      expect(markup).toMatch(/<svg[^>]*aria-hidden="true"/)
    },
  )

  it.each([
    ['met', 'Met'],
    ['partly', 'Partly met'],
    ['unmet', 'Unmet'],
    ['unknown', 'Unknown'],
    ['not-applicable', 'Not applicable'],
  ] satisfies [ControlStatus, string][])(
    'of a control is told by a word and an icon: %s',
    async (status, word) => {
      const markup = await render(<ControlStatusBadge status={status} />)
      expect(visibleText(markup)).toBe(word)
      expect(markup).toMatch(/<svg[^>]*aria-hidden="true"/)
    },
  )
})

describe('the coverage bar', () => {
  it('names its counts and leaves out what is zero', async () => {
    const markup = await render(
      <CoverageBar label="24 controls" segments={controlCoverage({ met: 18, unmet: 6 })} legend={false} />,
    )
    expect(attributes(markup, 'aria-label')).toEqual(['24 controls: 18 met, 6 unmet'])
  })

  it('places segments by their share', async () => {
    const markup = await render(
      <CoverageBar label="x" segments={controlCoverage({ met: 1, partly: 1, unknown: 2 })} />,
    )
    expect(attributes(markup, 'x').slice(0, 2)).toEqual(['0%', '25%'])
    expect(markup).toContain('x="50%" width="50%"')
  })

  it('says so when nothing is counted', async () => {
    expect(await render(<CoverageBar label="0 controls" segments={controlCoverage({})} />)).toContain(
      '0 controls: nothing yet',
    )
  })
})

describe('reasons', () => {
  it('tell the outcome, the sentence and what would change it', async () => {
    const markup = await render(
      <ReasonList
        reasons={[
          {
            outcome: 'contradicts',
            sentence: 'Six accounts have no second factor.',
            remedy: 'Enforce it for them.',
            ruleId: 'r',
            factIds: [],
            revisionIds: [],
          },
        ]}
      />,
    )
    expect(visibleText(markup)).toBe(
      'Contradicts: Six accounts have no second factor.To change this: Enforce it for them.',
    )
  })

  it('print markup in a sentence as text', async () => {
    const markup = await render(
      <ReasonList
        reasons={[
          {
            outcome: 'stale',
            sentence: '<img src=x>',
            remedy: null,
            ruleId: null,
            factIds: [],
            revisionIds: [],
          },
        ]}
      />,
    )
    expect(markup).toContain('&lt;img src=x&gt;')
  })
})

describe('the saved state', () => {
  const at = '2026-11-24T14:05:00Z'
  it.each([
    [{ state: 'idle' }, ''],
    [{ state: 'unsaved' }, 'Not saved yet'],
    [{ state: 'saving' }, 'Saving'],
    [{ state: 'saved', at }, 'Saved 14:05 UTC'],
    [
      { state: 'conflict', by: 'Ines', at },
      'Not saved: Ines changed this answer at 14:05 UTC. Compare the two',
    ],
    [
      { state: 'error', sentence: 'the server did not answer.' },
      'Not saved: the server did not answer. Try again',
    ],
  ] satisfies [SaveStatus, string][])('is announced politely: %o', async (status, words) => {
    const markup = await render(<SaveState status={status} onRetry={() => {}} onReview={() => {}} />)
    expect(markup).toContain('aria-live="polite"')
    expect(visibleText(markup)).toBe(words)
  })
})
