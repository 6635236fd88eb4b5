/** Stops everything in the reverse order of its start: on a signal or on a fault. */

const DEADLINE_MS = 18_000
/** A terminal's Ctrl-C arrives twice under npm: once from the terminal, once passed on. */
const ECHO_MS = 1_000

export interface Shutdown {
  /** What to close later; the last one added is closed first. */
  add(name: string, close: () => Promise<void> | void): void
  /** Closes everything and ends the process. Later calls change nothing. */
  begin(exitCode: number): void
  isBegun(): boolean
}

/**
 * @param options.started settles when the start is over, so that nothing opens behind the back of the closing
 */
export function createShutdown(options: {
  log: (line: string) => void
  started: () => Promise<unknown>
  exit: (code: number) => void
  deadlineMs?: number
}): Shutdown {
  const closers: { name: string; close: () => Promise<void> | void }[] = []
  let isBegun = false

  async function closeAll(): Promise<boolean> {
    await options.started().catch(() => undefined)
    let isClean = true
    for (const { name, close } of closers.reverse()) {
      try {
        await close()
      } catch (error) {
        isClean = false
        options.log(`Could not close ${name}: ${error instanceof Error ? error.message : error}`)
      }
    }
    return isClean
  }

  return {
    add: (name, close) => closers.push({ name, close }),
    isBegun: () => isBegun,
    begin(exitCode) {
      if (isBegun) return
      isBegun = true
      const deadline = setTimeout(() => {
        options.log('Stopping took too long; ending now.')
        options.exit(1)
      }, options.deadlineMs ?? DEADLINE_MS)
      closeAll().then((isClean) => {
        clearTimeout(deadline)
        options.exit(isClean ? exitCode : exitCode || 1)
      })
    },
  }
}

/** Ctrl-C and SIGTERM stop cleanly; a second one, meant as such, stops at once. */
export function stopOnSignals(shutdown: Shutdown, log: (line: string) => void): void {
  let firstAt = 0
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!firstAt) {
        firstAt = Date.now()
        log('Stopping…')
        shutdown.begin(0)
      } else if (Date.now() - firstAt > ECHO_MS) {
        process.exit(signal === 'SIGINT' ? 130 : 143)
      }
    })
  }
}

/** After a fault that nobody caught the state is unknown: say it, close what can be closed, and end. */
export function stopOnFaults(shutdown: Shutdown): void {
  const stop = (fault: unknown) => {
    console.error('Attested stops because of a fault that nothing caught:', fault)
    shutdown.begin(1)
  }
  process.on('uncaughtException', stop)
  process.on('unhandledRejection', stop)
  // A log reader that went away (`npm start | head`) is no reason to stop serving.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}
