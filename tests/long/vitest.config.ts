import { defineConfig } from 'vitest/config'
import { CAMPAIGNS, WHOLE_CAMPAIGNS } from '../support/campaign.ts'

/** Campaigns that take too long for every change: thousands of kills, fuzzing, load. */
export default defineConfig({
  test: {
    include: ['tests/long/**/*.test.ts', ...CAMPAIGNS],
    env: { [WHOLE_CAMPAIGNS]: 'yes' },
    globalSetup: ['tests/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 60 * 60_000,
    hookTimeout: 5 * 60_000,
  },
})
