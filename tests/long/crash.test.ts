// The campaign of tests/e2e/crash.test.ts at its full length.
process.env.ATTESTED_TEST_KILLS ??= '50'
await import('../e2e/crash.test.ts')

export {}
