/** A small form that an organisation publishes itself, in two editions: a split, a new threshold and a new word. */

const declaration = `declaration:
  text: To the best of my knowledge the answers are true.
  signerRoles: [{ id: owner, label: Owner }]
  maximumAgeDays: 45`

export const ownForm = (edition: '1' | '2', code = 'own-form') =>
  edition === '1'
    ? `schema: 1
form: { code: ${code}, title: Own form, issuer: Lakeside IT }
edition: "1"
publishedOn: 2026-01-05
summary: A form of our own.
${declaration}
sections:
  - id: access
    title: Access
    questions:
      - id: mfa
        kind: yes-no
        prompt: Is MFA demanded of everyone who signs in from outside?
        control: mfa-remote-access
        reference: { item: "1" }
      - id: patching
        kind: yes-no
        prompt: Are critical updates installed within 30 days?
        control: patch-critical-sla
        claims: { yes: within-30-days }
        threshold: { is: at-most, value: 30, unit: days }
        reference: { item: "2" }
      - id: owner
        kind: text
        prompt: Who answers for security?
        reference: { item: "3" }
      - id: retired
        kind: yes-no
        prompt: Is there a computer with an old operating system?
        reference: { item: "4" }
`
    : `schema: 1
form: { code: ${code}, title: Own form, issuer: Lakeside IT }
edition: "2"
follows: "1"
publishedOn: 2026-06-01
summary: A form of our own, asked more closely.
${declaration}
sections:
  - id: access
    title: Access
    questions:
      - id: mfa-staff
        kind: yes-no
        prompt: Is MFA demanded of every employee who signs in from outside?
        control: mfa-remote-access
        canonical: { scope: staff }
        formerly: [mfa]
        reference: { item: "1a" }
      - id: mfa-suppliers
        kind: yes-no
        prompt: Is MFA demanded of every supplier who signs in from outside?
        control: mfa-remote-access
        canonical: { scope: third-parties }
        formerly: [mfa]
        reference: { item: "1b" }
      - id: patching
        kind: yes-no
        prompt: Are critical updates installed within 14 days?
        control: patch-critical-sla
        claims: { yes: within-14-days }
        threshold: { is: at-most, value: 14, unit: days }
        reference: { item: "2" }
      - id: owner
        kind: text
        prompt: Who answers for security?
        reference: { item: "3" }
      - id: assistants
        kind: yes-no
        prompt: Is the use of AI assistants regulated in writing?
        reference: { item: "4" }
`
