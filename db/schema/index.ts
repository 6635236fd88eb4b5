/** Every table, for Drizzle and for the test that demands row-level security on each. */
export * from './accounts.ts'
export * from './clients.ts'
export * from './evidence.ts'
export * from './ledger.ts'
export * from './questionnaires.ts'
