/** One server of several on the same database, without pages: a process of its own, as anywhere else. */
import { tmpdir } from 'node:os'
import { handleJob } from '#app/jobs/handlers.server.ts'
import { startQueue } from '#app/jobs/queue.server.ts'
import { openMailer } from '#app/mail/smtp.server.ts'
import { getRuntime, setRuntime } from '#app/services/runtime.server.ts'
import { openDatabase } from '#db/client.server.ts'
import { openLocalFolderStore } from '#evidence/store/local-folder.server.ts'

const [url = '', mailServer = '', dataDir = '', now = ''] = process.argv.slice(2)

const database = await openDatabase({ url, dataDir: tmpdir(), migrate: false })
const mailer = openMailer({ url: mailServer, from: 'attested@msp.example' })
setRuntime({
  database,
  mailer,
  store: await openLocalFolderStore(dataDir),
  settings: {
    ...{
      root: process.cwd(),
      dataDir,
      secret: 'a secret of the tests, 32 bytes at least',
      maxUploadBytes: 1,
    },
    ...{ publicUrl: 'http://attested.test', demoAlways: false },
  },
  clock: () => new Date(now),
  newId: () => crypto.randomUUID(),
  jobs: { enqueue: async () => undefined },
})
const log = (line: string) => void process.stderr.write(`${line}\n`)
const queue = await startQueue({ url, soleOwner: false, handle: handleJob, log, byTheClock: true })
getRuntime().jobs = queue
process.send?.('ready')
// Far more looks than a clock would ask for, so that the two of them meet.
process.on('message', async () => {
  for (let turn = 0; turn < 15; turn += 1) await queue.enqueue({ name: 'look-for-reminders' })
})
process.on('SIGTERM', async () => {
  await queue.stop()
  mailer.close()
  await database.close()
  process.exit(0)
})
