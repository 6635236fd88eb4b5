/** The roles that everything runs as: none owns a table, none can sign in by itself. */
import type postgres from 'postgres'
import { DatabaseStartError } from './start-error.ts'

/** Reads and writes one organisation's rows. */
export const APP_ROLE = 'attested_app'
/** Reads and writes accounts and sessions. */
export const SIGN_IN_ROLE = 'attested_sign_in'
/** Reads how the report of one file stands, whosever it is. */
export const STATUS_ROLE = 'attested_status'

/**
 * Makes the roles and lets the connected user become them. They belong to the server, so other databases may
 * have them already.
 *
 * @throws DatabaseStartError `privilege-missing`
 */
export async function ensureRoles(tx: postgres.TransactionSql, serverVersion: number): Promise<void> {
  for (const role of [APP_ROLE, SIGN_IN_ROLE, STATUS_ROLE]) {
    // The roles are never inherited: a connection has either the owner's rights or the role's.
    const isFinelyGranted = serverVersion >= 160000
    const options = isFinelyGranted ? 'with inherit false, set true' : ''
    try {
      await tx.savepoint(async (step) => {
        // Not "create if not exists", which there is none of: two databases of one server may be set up at once.
        await step.unsafe(`do $$ begin
          if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
        exception when duplicate_object or unique_violation then null; end $$`)
        const [member] = await step<{ canSet: boolean }[]>`
          select pg_has_role(current_user, ${role}, ${isFinelyGranted ? 'set' : 'member'}) as "canSet"`
        if (!member?.canSet) await step.unsafe(`grant ${role} to current_user ${options}`)
      })
    } catch (error) {
      throw new DatabaseStartError(
        'privilege-missing',
        `The database user may not make the role ${role}. Let it (alter role … createrole), or as an administrator run: ` +
          `create role ${role} nologin; grant ${role} to <the user of DATABASE_URL>`,
        { cause: error },
      )
    }
  }
}
