import { describe, expect, it } from 'vitest'
import { whatWouldSupport } from '#app/readiness/what-would-support.ts'
import { listQuestions } from '#questionnaires/definition.ts'
import { ask, catalogue, form } from './situation.ts'

const supportFor = (control: string, claims: string[], more: Record<string, unknown> = {}) => {
  const [question] = listQuestions(form(ask(control, control, more)))
  return whatWouldSupport(question!, catalogue.controls.find(({ id }) => id === control)!, claims, catalogue)
}

describe('what would support an answer', () => {
  it('names facts with what they must say and where they are seen', () => {
    expect(supportFor('mfa-email', ['yes']).facts).toEqual([
      {
        key: 'mfa.user_enforced_percent',
        label: 'Users from whom MFA is demanded',
        needs: 'at least 100 %',
        seen: 'in the console',
      },
      {
        key: 'mfa.all_users_policy',
        label: 'A policy in force demands MFA of all users',
        needs: 'yes',
        seen: 'in the console',
      },
    ])
    expect(supportFor('backup-restore-test', ['within-12-months']).facts[0]?.needs).toBe(
      'a date within the last 365 days',
    )
  })

  it('names documents with how long they count', () => {
    expect(supportFor('edr-mdr-24x7', ['around-the-clock']).evidence).toContainEqual(
      expect.objectContaining({ kind: 'mdr-contract', keeps: 'counts until it ends' }),
    )
    expect(supportFor('mfa-email', ['yes']).evidence[0]).toMatchObject({
      label: 'Sign-in policy export',
      keeps: 'counts for 90 days',
    })
  })

  it('leaves out facts about another part than the question asks for', () => {
    const keysFor = (scope: string) =>
      supportFor('edr-coverage', ['all'], { scope }).facts.map(({ key }) => key)
    expect(keysFor('Workstations and laptops')).not.toContain('endpoint.edr_server_coverage_percent')
    expect(keysFor('Servers')).toContain('endpoint.edr_server_coverage_percent')
  })

  it('names nothing for what claims nothing', () => {
    expect(supportFor('mfa-email', ['no'])).toEqual({ facts: [], evidence: [] })
    expect(supportFor('mfa-email', [])).toEqual({ facts: [], evidence: [] })
  })

  it('has words for every rule of the catalogue', () => {
    for (const control of catalogue.controls) {
      for (const claimed of Object.keys(control.claims)) {
        for (const { needs, seen, label } of supportFor(control.id, [claimed]).facts)
          expect(`${label} ${needs} ${seen}`).not.toMatch(/undefined|NaN|\{/)
      }
    }
  })
})
