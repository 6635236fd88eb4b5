/** A process that holds a data folder, for tests that kill it. Arguments: data folder, `rows` to keep inserting. */
import { openDatabase } from '#db/client.server.ts'
import { insertOrganisation } from '#db/queries/accounts.server.ts'

const [dataDir = '', mode] = process.argv.slice(2)

try {
  const database = await openDatabase({ dataDir })
  process.stdout.write('open\n')
  process.on('SIGTERM', () => void database.close().then(() => process.exit(0)))
  setInterval(() => {}, 1000)
  while (mode === 'rows') {
    const id = crypto.randomUUID()
    await database.forSignIn((tx) =>
      insertOrganisation(tx, { id, name: 'Org', kind: 'msp', createdAt: new Date() }),
    )
    process.stdout.write(`row ${id}\n`)
  }
} catch (error) {
  process.stdout.write(`refused ${(error as { code?: string }).code} ${(error as Error).message}\n`)
  process.exit(1)
}
