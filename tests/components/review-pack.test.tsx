import { expect, test } from 'vitest'
import { PackView } from '#app/components/review-pack/pack-view.tsx'
import { extremePack } from '../report/review-pack-example.ts'
import { render } from './render.tsx'

const textOf = (markup: string) => markup.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

test('a pack tells how many answers came first, and that they are neither progress nor drift', async () => {
  const text = textOf(await render(<PackView pack={extremePack('en')} />))
  expect(text).toContain('First answered 1,234')
  expect(text).toContain('so they count neither as improved nor as drifted')
  expect(text).toContain('Evidence speaks against 12 of these answers.')
})
