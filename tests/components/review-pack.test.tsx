import { expect, test } from 'vitest'
import { PackView } from '#app/components/review-pack/pack-view.tsx'
import { emptyPack, extremePack } from '../report/review-pack-example.ts'
import { render } from './render.tsx'

const textOf = (markup: string) => markup.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

test('a pack tells how many answers came first, and that they are neither progress nor drift', async () => {
  const text = textOf(await render(<PackView pack={extremePack('en')} />))
  expect(text).toContain('First answered 1,234')
  expect(text).toContain('so they count neither as improved nor as drifted')
  expect(text).toContain('Evidence speaks against 12 of these answers.')
})

test('a pack says what it reads on the day it is made, also where there is nothing to compare', async () => {
  const text = textOf(await render(<PackView pack={emptyPack('en')} />))
  expect(text).toContain('Read on the day this was made: findings and their fixes, policies')
  expect(text).not.toContain('First answered')
})
