/** One form with every kind of question, answers to it, and a folder for its workbooks. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import {
  readApplicationWorkbook,
  writeApplicationWorkbook,
} from '#app/documents/application-workbook.server.ts'
import type { Answers } from '#questionnaires/answers.ts'
import { Edition } from '#questionnaires/definition.ts'

export const NOW = new Date('2026-11-24T09:00:00Z')
export const SHA256 = 'ab'.repeat(32)
export const APPLICATION = {
  id: '0190a1b2-0000-7000-8000-000000000001',
  clientName: 'Harbour & Sons Ltd',
  preparedBy: 'Ana Ruiz, Northwind IT',
}

/** @returns paths in a folder that is gone when the file's tests have run */
export function temporaryFiles(): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'attested-workbook-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return (name) => join(folder, name)
}

export const FORM: Edition = Edition.parse({
  schema: 1,
  form: { code: 'every-kind', title: 'Every kind of question', issuer: 'Juniper Mutual' },
  edition: '2.1',
  publishedOn: '2026-03-02',
  summary: 'One question of each kind.',
  terms: [{ id: 'mfa', term: 'MFA', meaning: 'A second proof of identity at every sign-in.' }],
  declaration: { text: 'True.', signerRoles: [{ id: 'owner', label: 'Owner' }], maximumAgeDays: 30 },
  sections: [
    {
      id: 'access',
      title: 'Sign-in: who / what? [a very long title that no tab can hold]',
      intro: 'Answer for every account.',
      questions: [
        {
          id: 'mfa',
          kind: 'yes-no',
          prompt: 'Is MFA demanded everywhere?',
          help: 'Registered is not enforced.',
          terms: ['mfa'],
          notApplicable: true,
          reference: { item: '1' },
        },
        {
          id: 'vpn',
          kind: 'yes-no',
          prompt: '=HYPERLINK("http://example.org","Is there a VPN?")',
          when: { question: 'mfa', is: 'yes' },
          reference: { item: '1.10' },
        },
        {
          id: 'interval',
          kind: 'single-choice',
          prompt: 'How often are backups made?',
          options: [
            { id: 'daily', label: 'Daily, or more often' },
            { id: 'weekly', label: 'Weekly' },
            { id: 'other', label: 'Other', describe: true },
          ],
          explain: ['weekly'],
          reference: { item: '2' },
        },
        {
          id: 'protections',
          kind: 'multiple-choice',
          prompt: 'Which of these protect e-mail?',
          options: [
            { id: 'links', label: 'Links are checked' },
            { id: 'sandbox', label: '-Attachments are opened apart' },
            { id: 'other', label: 'Another', describe: true },
            { id: 'none', label: 'None of these', exclusive: true },
          ],
          reference: { item: '3' },
        },
        {
          id: 'records',
          kind: 'band',
          prompt: 'How many records are held?',
          measure: 'count',
          options: [
            { id: 'few', label: 'Up to 999', atLeast: 0, below: 1000 },
            { id: 'many', label: '1,000 or more', atLeast: 1000 },
          ],
          reference: { item: '4' },
        },
      ],
    },
    {
      id: 'business',
      title: 'Business',
      questions: [
        {
          id: 'people',
          kind: 'number',
          prompt: 'How many people work there?',
          unit: 'people',
          min: 0,
          whole: true,
          reference: { item: '5' },
        },
        {
          id: 'online-share',
          kind: 'number',
          prompt: 'Which part is earned online?',
          unit: '%',
          min: 0,
          max: 100,
          required: false,
          reference: { item: '6' },
        },
        {
          id: 'edr',
          kind: 'percent',
          prompt: 'How many computers run EDR?',
          population: 'computers',
          reference: { item: '7' },
        },
        {
          id: 'revenue',
          kind: 'currency',
          prompt: 'What is the revenue?',
          currency: 'USD',
          reference: { item: '8' },
        },
        {
          id: 'tested',
          kind: 'date',
          prompt: 'When was a restore last tested?',
          past: true,
          reference: { item: '9' },
        },
        {
          id: 'edr-product',
          kind: 'product',
          prompt: 'Which EDR product?',
          suggestions: ['Kestrel EDR', 'Other, "quoted"'],
          reference: { item: '10' },
        },
        {
          id: 'plan',
          kind: 'text',
          prompt: 'Describe the plan.',
          maxLength: 4000,
          reference: { item: '11' },
        },
        {
          id: 'regions',
          kind: 'table',
          prompt: 'Revenue by region',
          minimumRows: 0,
          maximumRows: 4,
          columns: [
            { id: 'region', label: 'Region', kind: 'choice', options: REGIONS() },
            { id: 'year', label: 'Year', kind: 'number', whole: true },
            { id: 'revenue', label: 'Revenue', kind: 'currency', currency: 'JPY', required: false },
            { id: 'since', label: 'Since', kind: 'date', required: false },
            { id: 'online', label: 'Online', kind: 'yes-no', required: false },
            { id: 'remark', label: 'Remark', kind: 'text', required: false },
          ],
          reference: { item: '12' },
        },
        { id: 'accounts', kind: 'attachment', prompt: 'Attach the accounts.', reference: { item: '13' } },
      ],
    },
  ],
})

function REGIONS() {
  return [
    { id: 'here', label: 'Here' },
    { id: 'there', label: 'There' },
  ]
}

export const ANSWERS: Answers = {
  mfa: {
    state: 'answered',
    value: { kind: 'yes-no', choice: 'no' },
    explanation: '=1+1\nThe old VPN asks for a password only.',
  },
  vpn: { state: 'dont-know', gap: { owner: 'Ana Ruiz', dueOn: '2026-12-31' } },
  interval: {
    state: 'answered',
    value: { kind: 'single-choice', choice: 'other', description: '@home, by hand' },
  },
  protections: { state: 'answered', value: { kind: 'multiple-choice', choices: ['links', 'sandbox'] } },
  records: { state: 'answered', value: { kind: 'band', choice: 'many' } },
  people: { state: 'answered', value: { kind: 'number', number: 1234 } },
  'online-share': { state: 'answered', value: { kind: 'number', number: 12.5 } },
  edr: { state: 'answered', value: { kind: 'percent', covered: 2999, total: 3000 } },
  revenue: { state: 'answered', value: { kind: 'currency', amountMinor: 123456789, currency: 'USD' } },
  tested: { state: 'answered', value: { kind: 'date', date: '2026-05-31' } },
  'edr-product': { state: 'answered', value: { kind: 'product', product: "'Falcon" } },
  plan: { state: 'answered', value: { kind: 'text', text: 'مرحبا 👩‍🚒 <b>&amp;</b>' } },
  regions: {
    state: 'answered',
    value: {
      kind: 'table',
      rows: [
        { region: 'there', year: 2025, revenue: 1000, since: '1850-02-01', online: 'yes', remark: '+1' },
        { region: 'here', year: 2026 },
      ],
    },
  },
}

export async function exportForm(path: string, answers: Answers = ANSWERS, edition: Edition = FORM) {
  await writeApplicationWorkbook({
    path,
    application: APPLICATION,
    edition,
    editionSha256: SHA256,
    answers,
    circumstances: {},
    now: NOW,
  })
  return path
}

export function importForm(path: string, edition: Edition = FORM) {
  return readApplicationWorkbook({
    path,
    edition,
    editionSha256: SHA256,
    applicationId: APPLICATION.id,
    now: NOW,
  })
}
