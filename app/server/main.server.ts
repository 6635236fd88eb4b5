/** Starts Attested in order, each step with a line of its own, and stops it in reverse. */
import { relative } from 'node:path'
import { createFrontDoor } from './front-door.server.ts'
import { startListening } from './listener.server.ts'
import { openBuiltPages, openPagesInDevelopment } from './pages.server.ts'
import { readSettings, type ServerSettings } from './settings.server.ts'
import { createShutdown, type Shutdown, stopOnFaults, stopOnSignals } from './shutdown.server.ts'
import { explainStartFailure } from './start-failure.server.ts'
import { ROOT, startRuntime } from './start-runtime.server.ts'

const log = (line: string) => void process.stdout.write(`${line}\n`)

/** Thrown between two steps of a start that was told to stop. */
class StartAbandoned extends Error {}

export async function serve(options: { isDevelopment: boolean }): Promise<void> {
  let starting: Promise<unknown> = Promise.resolve()
  const shutdown = createShutdown({ log, started: () => starting, exit: (code) => process.exit(code) })
  stopOnSignals(shutdown, log)
  stopOnFaults(shutdown)
  const settings = tryReadSettings(shutdown)
  if (!settings) return
  starting = start(settings, options.isDevelopment, shutdown)
  try {
    await starting
  } catch (error) {
    if (error instanceof StartAbandoned) return
    const explained = explainStartFailure(error, settings)
    console.error(explained === null ? error : `\nAttested cannot start. ${explained}`)
    shutdown.begin(1)
  }
}

function tryReadSettings(shutdown: Shutdown): ServerSettings | null {
  try {
    return readSettings(process.env, ROOT)
  } catch (error) {
    console.error(`\nAttested cannot start. ${error instanceof Error ? error.message : error}`)
    shutdown.begin(1)
    return null
  }
}

async function start(settings: ServerSettings, isDevelopment: boolean, shutdown: Shutdown): Promise<void> {
  const goOn = () => {
    if (shutdown.isBegun()) throw new StartAbandoned()
  }
  const listener = await startListening(settings.port, settings.host)
  shutdown.add('the web server', listener.close)
  goOn()

  log(
    settings.databaseUrl
      ? 'Opening the database of DATABASE_URL…'
      : `Opening the database in ${shown(settings.dataDir)}…`,
  )
  const onCrash = (error: Error) => {
    if (shutdown.isBegun()) return
    console.error(error.message)
    shutdown.begin(1)
  }
  const ownUrl = addressOf(settings, listener.port)
  const { runtime, stop } = await startRuntime({ ...settings, ownUrl, log, onCrash, byTheClock: true })
  shutdown.add('the database and its jobs', stop)
  goOn()

  const pages = isDevelopment
    ? await openPagesInDevelopment(ROOT, listener.server)
    : await openBuiltPages(ROOT)
  shutdown.add('the pages', pages.close)
  goOn()
  const ping = () => runtime.database.signIn.execute('select 1')
  listener.open(createFrontDoor({ settings, isDevelopment, pages, ping, log }))
  // Requests end before what they use: the web server is closed first, though it was opened first.
  shutdown.add('the web server', listener.close)
  log(`Attested is ready: ${ownUrl}  (Ctrl-C stops it)`)
}

function addressOf({ publicUrl, host }: ServerSettings, port: number): string {
  if (publicUrl) return publicUrl
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

function shown(folder: string): string {
  const short = relative(ROOT, folder)
  return short.startsWith('..') ? folder : short
}
