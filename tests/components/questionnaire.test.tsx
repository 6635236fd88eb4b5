import { describe, expect, it } from 'vitest'
import { BlankRuleNotice } from '#app/components/questionnaire/blank-rule-notice.tsx'
import { QuestionCard, type QuestionCardProps } from '#app/components/questionnaire/question-card.tsx'
import { SectionForm } from '#app/components/questionnaire/section-form.tsx'
import type { Answer, AnswerValue } from '#questionnaires/answers.ts'
import { listQuestions } from '#questionnaires/definition.ts'
import { edition, evidenceChoices, NOW, proposals, questionOf } from './questionnaire-edition.ts'
import { attributes, render } from './render.tsx'

const answered = (value: AnswerValue): Answer => ({ state: 'answered', value })

function card(questionId: string, given: Partial<QuestionCardProps> & { answer?: Answer } = {}) {
  const { answer, ...props } = given
  return render(
    <QuestionCard
      question={questionOf(questionId)}
      terms={edition.terms}
      saveUrl={`/applications/a1/answers/${questionId}`}
      held={{
        answer: answer ?? null,
        version: answer ? 1 : 0,
        answeredAt: answer ? NOW.toISOString() : null,
      }}
      readiness={null}
      evidenceHref="/clients/c1/evidence#add"
      evidenceChoices={evidenceChoices}
      gapDefaults={{ owner: 'Wren Okafor', dueOn: '2026-12-08' }}
      now={NOW}
      isFrozen={false}
      onSaved={() => {}}
      {...props}
    />,
  )
}

/** Values of the choices that are checked. */
const checked = (markup: string) =>
  (markup.match(/<input[^>]*checked=""[^>]*>/g) ?? []).flatMap((input) => attributes(input, 'value'))

describe('a question of every kind', () => {
  it.each(listQuestions(edition).map(({ id, kind }) => [id, kind]))(
    '%s (%s) names and describes all its controls',
    async (id) => {
      const markup = await card(id)
      const ids = attributes(markup, 'id')
      expect(ids.filter((other, index) => ids.indexOf(other) !== index)).toEqual([])
      const targets = ['for', 'aria-labelledby', 'aria-describedby'].flatMap((name) =>
        attributes(markup, name).flatMap((value) => value.split(' ')),
      )
      expect(targets.filter((target) => !ids.includes(target))).toEqual([])
      const controls = markup.match(/<(?:input|select|textarea)[^>]* id="[^"]*"/g) ?? []
      expect(controls.length).toBeGreaterThan(0)
      const named = attributes(markup, 'for')
      expect(
        controls.flatMap((control) => attributes(control, 'id')).filter((id) => !named.includes(id)),
      ).toEqual([])
    },
  )

  it('does not share an id with another question, whatever the questions are called', async () => {
    const markup = (await Promise.all(listQuestions(edition).map(({ id }) => card(id)))).join('')
    const ids = attributes(markup, 'id')
    expect(new Set(ids).size).toBe(ids.length)
    // What an author may call a question, no field is called.
    const likeQuestions = ids.filter((id) => /^[a-z0-9-]+$/.test(id))
    expect(likeQuestions).toEqual(listQuestions(edition).map(({ id }) => id))
  })
})

describe('yes and no', () => {
  it('offers "sometimes" and "not applicable" where the form does', async () => {
    expect(attributes(await card('encryption'), 'value')).toEqual([
      'yes',
      'sometimes',
      'no',
      'not-applicable',
    ])
  })

  it('shows a saved "sometimes" in the first HTML', async () => {
    const answer = answered({ kind: 'yes-no', choice: 'sometimes' })
    expect(checked(await card('encryption', { answer }))).toEqual(['sometimes'])
  })

  it('is one box where only "yes" can be chosen, with what a blank says', async () => {
    const markup = await card('remote-mfa')
    expect(attributes(markup, 'value')).toEqual(['yes'])
    expect(markup).toContain('Left blank, this form reads “no”')
    const answer = answered({ kind: 'yes-no', choice: 'yes' })
    expect(checked(await card('remote-mfa', { answer }))).toEqual(['yes'])
  })
})

describe('radios', () => {
  it('are named by their question: on one page those of another must not untick them', async () => {
    const radiosOf = async (id: string) =>
      (await card(id)).match(/<input[^>]*type="radio"[^>]*>/g)?.flatMap((input) => attributes(input, 'name'))
    expect(new Set(await radiosOf('encryption'))).toEqual(new Set(['encryption_answer']))
    expect(new Set(await radiosOf('records'))).toEqual(new Set(['records_answer']))
  })
})

describe('an option that is described', () => {
  it('asks what it is as soon as it is chosen, and not before', async () => {
    const other = answered({ kind: 'single-choice', choice: 'other', description: 'Every two hours' })
    const markup = await card('backup-frequency', { answer: other })
    expect(markup).toContain('What is meant by “Other”')
    const weekly = answered({ kind: 'single-choice', choice: 'weekly' })
    expect(await card('backup-frequency', { answer: weekly })).not.toContain('What is meant by')
  })

  it('works the same among several choices', async () => {
    const answer = answered({
      kind: 'multiple-choice',
      choices: ['gateway', 'something-else'],
      description: 'A list of senders',
    })
    const markup = await card('mail-protection', { answer })
    expect(checked(markup)).toEqual(['gateway', 'something-else'])
    expect(markup).toContain('What is meant by “Something else”')
  })
})

describe('a table', () => {
  it('starts with the rows it needs and names each cell by column and row', async () => {
    const markup = await card('providers')
    expect(attributes(markup, 'for').filter((id) => id.endsWith('-service'))).toEqual([
      'providers_answer-0-service',
      'providers_answer-1-service',
    ])
    expect(markup).toMatch(/Provider<span class="sr-only">, row 2/)
    expect(markup).toContain('Fill in 2 rows or more.')
    // Fewer rows than the form needs cannot be made.
    expect(markup).not.toContain('Remove row')
  })

  it('shows amounts in major units and lets rows beyond the least be removed', async () => {
    const row = { service: 'Payroll', provider: 'Tern Ltd', spend: 1_250_050, access: 'no' }
    const answer = answered({ kind: 'table', rows: [row, row, row] })
    const markup = await card('providers', { answer })
    expect(attributes(markup, 'value')).toContain('12500.5')
    expect(markup.match(/Remove row/g)).toHaveLength(3)
  })

  it('takes no further row when it is full', async () => {
    const row = { service: 'Payroll', provider: 'Tern Ltd', spend: 1, access: 'no' }
    const markup = await card('providers', {
      answer: answered({ kind: 'table', rows: [row, row, row, row] }),
    })
    expect(/<button[^>]*id="providers_answer-add"[^>]*>/.exec(markup)?.[0]).toContain('disabled=""')
    expect(markup).toContain('4 rows at most')
  })
})

describe('an attachment', () => {
  it('offers the evidence that fits first, and leads to where more is added', async () => {
    const markup = await card('loss-runs')
    const [fits = '', others = ''] = [...markup.matchAll(/<optgroup[\s\S]*?<\/optgroup>/g)].map(
      ([group]) => group,
    )
    expect(fits).toMatch(/label="Fits this question"[\s\S]*Loss runs 2021[\s\S]*Loss run of the previous/)
    expect(others).toMatch(/label="Other evidence"[\s\S]*security policy/)
    expect(markup).toContain('href="/clients/c1/evidence#add"')
  })

  it('lists what is attached and no longer offers it', async () => {
    const [, file] = evidenceChoices
    if (!file) throw new Error('The fixture has no second file')
    const { revisionId, fileName, sha256 } = file
    const answer = answered({ kind: 'attachment', files: [{ revisionId, fileName, sha256 }] })
    const markup = await card('loss-runs', { answer })
    expect(markup).toContain('Remove file-2.pdf')
    expect(attributes(markup, 'value')).not.toContain(revisionId)
  })

  it('says so where the client has no evidence, and where a file is no longer among it', async () => {
    expect(await card('loss-runs', { evidenceChoices: [] })).toContain('This client has no evidence yet.')
    const gone = { revisionId: crypto.randomUUID(), fileName: 'old.pdf', sha256: 'a'.repeat(64) }
    const markup = await card('loss-runs', { answer: answered({ kind: 'attachment', files: [gone] }) })
    expect(markup).toContain('No longer among this client’s current evidence')
  })
})

describe('clearing', () => {
  it('is offered once there is an answer, unless the application is closed', async () => {
    const answer = answered({ kind: 'number', number: 12 })
    expect(await card('staff')).not.toContain('Clear answer')
    expect(await card('staff', { answer })).toContain('Clear answer')
    expect(await card('staff', { answer, isFrozen: true })).not.toContain('Clear answer')
  })
})

describe('a proposal', () => {
  it('stands beside the question with its origin and both wordings, and is not an answer', async () => {
    const markup = await card('remote-mfa', { proposal: proposals.reworded })
    expect(markup).toContain('Proposed, not yet confirmed')
    expect(markup).toMatch(/This form.*edition 1.*item.*2.*Ines Duarte.*12 Nov 2025/)
    expect(markup).toMatch(/<del [^>]*>access by staff\.<\/del>/)
    expect([...markup.matchAll(/<ins [^>]*>(.*?)<\/ins>/g)].map(([, text]) => text)).toEqual([
      'all',
      'access, third parties included.',
    ])
    expect(markup).toContain('Confirm this answer')
    expect(markup).toContain('Answer differently')
    expect(checked(markup)).toEqual([])
    expect(markup).not.toContain('Clear answer')
  })

  it('tells what got lost, and marks no words where the two wordings have little in common', async () => {
    const markup = await card('encryption', { proposal: proposals.unexplained })
    expect(markup).toContain('What got lost on the way')
    expect(markup).toContain('95 of 100 is not all')
    expect(markup).toMatch(/Core cyber application.*edition 1/)
    expect(markup).not.toContain('<ins')
    expect(markup).toContain('worded differently throughout')
  })

  it('tells what changed behind equal words', async () => {
    const [source] = proposals.reworded.sources
    if (source?.kind !== 'earlier-edition') throw new Error('The sample has another source')
    const question = questionOf('remote-mfa')
    const proposal = {
      ...proposals.reworded,
      sources: [{ ...source, prompt: question.prompt }],
      changed: ['“Remote access” is now defined differently.'],
    }
    const markup = await card('remote-mfa', { proposal })
    expect(markup).toContain('What changed since then')
    expect(markup).toContain('is now defined differently.')
    expect(markup).toContain('put in the same words')
  })

  it('from a fact shows what was observed and when', async () => {
    const markup = await card('edr-share', { proposal: proposals.fact })
    expect(markup).toContain('112 of 118 endpoints report to the EDR console')
    expect(markup).toContain('20 Nov 2026')
    expect(markup).toContain('112 of 118 (94.9 %)')
  })

  it('without an answer shows the old one and offers nothing to confirm', async () => {
    const markup = await card('backup-frequency', { proposal: proposals.changed })
    expect(markup).toContain('Answered differently before')
    expect(markup).toContain('The question changed; answer it anew.')
    expect(markup).not.toContain('Confirm this answer')
  })

  it('is gone once the question is answered, and cannot be confirmed in a closed application', async () => {
    const answer = answered({ kind: 'yes-no', choice: 'yes' })
    const proposal = proposals.reworded
    expect(await card('remote-mfa', { proposal, answer })).not.toContain('Proposed, not yet confirmed')
    expect(await card('remote-mfa', { proposal, isFrozen: true })).not.toContain(
      'Proposed, not yet confirmed',
    )
  })
})

describe('what a question means', () => {
  it('is told with the terms it rests on, and no others', async () => {
    const markup = await card('remote-mfa')
    expect(markup).toContain('What counts, and what does not')
    expect(markup).toContain('Any connection into the network')
    expect(markup).not.toContain('Unused term')
    expect(await card('staff')).not.toContain('What counts')
  })

  it('names the carrier’s own document where the item is another form’s', async () => {
    expect(await card('remote-mfa')).toContain('Item 2a of LM-114 edition 06-26')
  })

  it('says from when an answer is required, until that day', async () => {
    expect(await card('ai-use')).toMatch(/not required before.*1 Jan 2027/)
    expect(await card('ai-use', { now: new Date('2027-01-01T00:00:00Z') })).not.toContain(
      'not required before',
    )
  })

  it('is said once for the whole form where a blank means "no"', async () => {
    expect(await render(<BlankRuleNotice edition={edition} />)).toContain('left blank says “no”')
    expect(await render(<BlankRuleNotice edition={{ ...edition, blankMeans: 'unanswered' }} />)).toBe('')
  })
})

describe('a section', () => {
  const section = (given: Partial<Parameters<typeof SectionForm>[0]> = {}) =>
    render(
      <SectionForm
        applicationId="a1"
        clientId="c1"
        edition={edition}
        sectionId="kinds"
        held={{}}
        readiness={[]}
        gapDefaults={{ owner: 'Wren Okafor', dueOn: '2026-12-08' }}
        now={NOW}
        isFrozen={false}
        {...given}
      />,
    )

  it('shows its questions in order and never counts a proposal as an answer', async () => {
    const markup = await section({ proposals: { 'remote-mfa': proposals.reworded } })
    const shown = attributes(markup, 'id').filter((id) =>
      listQuestions(edition).some((question) => question.id === id),
    )
    expect(shown).toEqual(listQuestions(edition).map(({ id }) => id))
    expect(markup).toContain('Proposed, not yet confirmed')
    expect(markup).toMatch(/answered <\/span>0/)
  })

  it('asks what the circumstances open', async () => {
    const when = { circumstance: 'headcount' as const, atLeast: 250 }
    const [first] = edition.sections
    if (!first) throw new Error('The form has no section')
    const questions = first.questions.map((question) =>
      question.id === 'staff' ? { ...question, when } : question,
    )
    const gated = { ...edition, sections: [{ ...first, questions }] }
    expect(attributes(await section({ edition: gated }), 'id')).not.toContain('staff')
    const large = await section({ edition: gated, circumstances: { headcount: 300 } })
    expect(attributes(large, 'id')).toContain('staff')
  })
})
