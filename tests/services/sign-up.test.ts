import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signUp } from '#app/services/accounts.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { findAccountByEmail } from '#db/queries/accounts.server.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const input = (email: string, organisationName: string) => ({
  organisationName,
  name: 'Otto Owner',
  email,
  password: 'correct horse battery',
})

describe('signing up', () => {
  test('begins the organisation’s ledger', async () => {
    const { member } = await world.signUpMember('Lena Ledger')
    const { entries } = await listLedger(member)
    expect(entries.map(({ sequence, kind }) => [sequence, kind])).toEqual([[1, 'organisation.created']])
  })

  test('leaves nothing behind when the ledger entry cannot be written', async () => {
    // A lone surrogate has no canonical form, so the entry is refused after the rows were written.
    await expect(signUp(input('otto@broken.example', 'Broken \ud800'))).rejects.toThrow()
    const account = await getRuntime().database.forSignIn((tx) =>
      findAccountByEmail(tx, 'otto@broken.example'),
    )
    expect(account).toBeNull()
    expect(await signUp(input('otto@broken.example', 'Whole'))).toMatchObject({ outcome: 'created' })
  })

  test('gives the connection back without the rights of the organisation', async () => {
    await signUp(input('nina@next.example', 'Next'))
    const role = await getRuntime().database.forSignIn(async (tx) => {
      const [row] = await tx.execute<{ role: string; organisation: string }>(
        `select current_user::text as role, current_setting('attested.organisation_id', true) as organisation`,
      )
      return row
    })
    expect(role?.role).toBe('attested_sign_in')
    expect(role?.organisation ?? '').toBe('')
  })
})
