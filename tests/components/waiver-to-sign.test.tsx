import { expect, test } from 'vitest'
import { type ShownWaiverToSign, WaiverToSign } from '#app/components/waiver/waiver-to-sign.tsx'
import { declarationOf } from '#app/report/waiver/declaration.ts'
import type { WaiverText } from '#app/report/waiver/waiver-text.ts'
import { attributes, render } from './render.tsx'

const text: WaiverText = {
  type: 'https://attested.example/declined-service-waiver/v1',
  waiverId: '7b0c2f4e-3a91-4c55-9d1e-52f3c8a6b001',
  provider: { id: '7b0c2f4e-3a91-4c55-9d1e-52f3c8a6b002', name: 'Fjord IT Services' },
  client: { id: '7b0c2f4e-3a91-4c55-9d1e-52f3c8a6b003', legalName: 'Marlow & Finch <Vets>' },
  service: 'A backup copy out of reach',
  controls: [{ id: 'backup-offline-immutable', label: 'A backup copy out of reach' }],
  serviceOfferedOn: '2026-11-02',
  risk: 'Whoever deletes the data deletes its backup, too.',
  consequence: 'The question about backups has to be answered no.',
  answers: [
    { form: 'Core', edition: '2', item: '6.1', prompt: 'Is one copy offline?', effect: 'no', isSigned: true },
  ],
  reason: 'It is too dear for us.',
  decisionMaker: { name: 'Ada Approver', role: 'Owner', email: 'ada@client.example' },
  reviewOn: '2027-02-01',
  template: null,
  offeredAt: '2026-11-03T10:00:00.000Z',
  offeredBy: 'Mia Member',
}
const waiver = (more: Partial<ShownWaiverToSign> = {}): ShownWaiverToSign => ({
  id: text.waiverId,
  state: 'offered',
  text,
  textSha256: 'a'.repeat(64),
  declaration: declarationOf(text),
  signedAt: null,
  refusedAt: null,
  refusedReason: null,
  withdrawnReason: null,
  ...more,
})

test('an offered waiver says everything and offers both decisions as plain posts', async () => {
  const markup = await render(<WaiverToSign waiver={waiver()} />)
  for (const words of [text.risk, text.consequence, text.reason, 'Is one copy offline?', 'ask the broker'])
    expect(markup).toContain(words)
  expect(markup).toContain('Marlow &amp; Finch &lt;Vets&gt;')
  expect(attributes(markup, 'name')).toEqual([
    ...['intent', 'waiverId', 'agree', 'typedName'],
    ...['intent', 'waiverId', 'reason'],
  ])
  expect(markup).toContain('value="sign-waiver"')
  expect(markup).toContain('value="refuse-waiver"')
})

test('what went wrong stands at its field, and what was typed is still there', async () => {
  const markup = await render(
    <WaiverToSign
      waiver={waiver()}
      fieldErrors={{ agree: 'Tick it', reason: 'Say why' }}
      typed={{ typedName: 'Ada A', reason: 'x' }}
      refusal="Your name is another"
    />,
  )
  for (const words of ['Tick it', 'Say why', 'value="Ada A"', 'Your name is another'])
    expect(markup).toContain(words)
  expect(markup).toContain('<details open=""')
})

test.each([
  ['signed', { state: 'signed', signedAt: '2026-11-04T10:00:00.000Z' }, 'You signed this'],
  [
    'refused',
    { state: 'refused', refusedAt: '2026-11-04T10:00:00.000Z', refusedReason: 'We want it.' },
    'We want it.',
  ],
  ['withdrawn', { state: 'withdrawn', withdrawnReason: 'A mistake.' }, 'A mistake.'],
] as const)('one that is %s says so and asks nothing', async (_, more, words) => {
  const markup = await render(<WaiverToSign waiver={waiver(more)} />)
  expect(markup).toContain(words)
  expect(markup).not.toContain('<form')
})
