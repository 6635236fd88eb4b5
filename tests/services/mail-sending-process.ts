/** A process of its own that sends one mail, for a test that kills it half way. */
import { openMailer } from '#app/mail/smtp.server.ts'
import { sendMailJob } from '#app/services/mail-delivery.server.ts'
import { setRuntime } from '#app/services/runtime.server.ts'
import { openDatabase } from '#db/client.server.ts'
import { openLocalFolderStore } from '#evidence/store/local-folder.server.ts'

const { DATABASE_URL = '', DATA_DIR = '', SMTP_URL = '', ORGANISATION = '', MAIL = '' } = process.env

setRuntime({
  database: await openDatabase({ url: DATABASE_URL, dataDir: DATA_DIR, migrate: false }),
  store: await openLocalFolderStore(DATA_DIR),
  mailer: openMailer({ url: SMTP_URL, from: 'Attested <attested@mail.msp.example>' }),
  settings: {
    root: '',
    dataDir: DATA_DIR,
    secret: 'a secret of the tests, 32 bytes at least',
    maxUploadBytes: 1,
    publicUrl: null,
    demoAlways: false,
  },
  clock: () => new Date(),
  newId: () => crypto.randomUUID(),
  jobs: { enqueue: async () => undefined },
})
await sendMailJob(ORGANISATION, MAIL)
process.exit(0)
