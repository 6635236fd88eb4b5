/** The small form that stands in an empty template, so that each sheet shows a row done right. */
import { Edition } from '#questionnaires/definition.ts'

export const EXAMPLE_EDITION: Edition = Edition.parse({
  schema: 1,
  form: { code: 'our-form', title: 'Our form', issuer: 'The insurer', kind: 'application' },
  edition: '1',
  publishedOn: '2026-01-01',
  summary: 'Replace these rows by your own. They show how each sheet is filled in.',
  coverages: [{ id: 'payment-fraud', label: 'Payment fraud' }],
  terms: [
    {
      id: 'mfa',
      term: 'MFA',
      meaning:
        'A second proof of identity that is demanded at every sign-in. Having registered for it does not count.',
    },
  ],
  declaration: {
    text: 'I declare after reasonable inquiry that these answers are true and complete.',
    signerRoles: [{ id: 'chief-executive', label: 'Chief executive officer' }],
    maximumAgeDays: 30,
    notices: [{ jurisdiction: 'Everywhere', text: 'Knowingly false answers may be an offence.' }],
  },
  sections: [
    {
      id: 'access',
      title: 'Sign-in',
      intro: 'Answer for every company to be insured.',
      questions: [
        {
          id: 'mfa-mail',
          kind: 'yes-no',
          prompt: 'Is MFA demanded at every mailbox?',
          help: 'One mailbox that opens with a password alone makes the answer no.',
          terms: ['mfa'],
          control: 'mfa-email',
          scope: 'Every mailbox',
          reference: { item: '1' },
        },
        {
          id: 'mfa-mail-exceptions',
          kind: 'text',
          prompt: 'Which mailboxes are left out, and until when?',
          when: { question: 'mfa-mail', is: 'no' },
          reference: { item: '1a' },
        },
        {
          id: 'backup-interval',
          kind: 'single-choice',
          prompt: 'How often is everything backed up?',
          ordered: true,
          explain: ['less-often'],
          options: [
            { id: 'daily', label: 'Daily or more often' },
            { id: 'weekly', label: 'Weekly' },
            { id: 'less-often', label: 'Less often' },
          ],
          reference: { item: '2' },
        },
      ],
    },
    {
      id: 'payments',
      title: 'Payments',
      questions: [
        {
          id: 'largest-transfer',
          kind: 'currency',
          currency: 'USD',
          prompt: 'How large was the largest transfer of the last year?',
          when: { circumstance: 'coverage', includes: 'payment-fraud' },
          reference: { item: '3' },
        },
        {
          id: 'transfer-control',
          kind: 'product',
          prompt: 'Which product checks changed bank details?',
          suggestions: ['A product to offer'],
          when: {
            all: [
              { question: 'largest-transfer', atLeast: 2_500_000 },
              { not: { circumstance: 'renewal', is: 'yes' } },
            ],
          },
          reference: { item: '4' },
        },
        {
          id: 'payees',
          kind: 'table',
          prompt: 'Who receives the largest payments?',
          columns: [
            { id: 'name', label: 'Name', kind: 'text' },
            {
              id: 'region',
              label: 'Region',
              kind: 'choice',
              options: [
                { id: 'home', label: 'At home' },
                { id: 'abroad', label: 'Abroad' },
              ],
            },
            { id: 'paid', label: 'Paid last year', kind: 'currency', currency: 'USD' },
          ],
          reference: { item: '5' },
        },
      ],
    },
  ],
})
