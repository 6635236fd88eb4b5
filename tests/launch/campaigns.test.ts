import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { CAMPAIGNS } from '../support/campaign.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('what runs a share of a campaign with every change is run whole by the long run', () => {
  const asking = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .map((name) => `tests/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.test\.tsx?$/.test(name))
    .filter((name) => /\bcampaign\(/.test(readFileSync(join(root, name), 'utf8')))
  expect(asking.sort()).toEqual(CAMPAIGNS)
})
