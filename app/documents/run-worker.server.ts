/** Runs one task in a worker thread with bounded time and memory: a foreign file cannot take the process with it. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

export interface WorkerLimits {
  /** The worker's source below the project's root: `app/documents/workbook-worker.ts`. */
  source: string
  timeoutMs: number
  memoryMb: number
}

export type WorkerFailure = 'timeout' | 'memory' | 'crash'

// The heap's limit does not count what unpacked streams take beside it; the whole process shows it. Other requests
// grow too, so this is far above what any form needs.
const GROWTH_LIMIT_BYTES = 768 * 1024 * 1024
const LOOK_EVERY_MS = 100

/**
 * @returns the first message that the worker posts
 * @throws what `explain` makes of a worker that gave none
 */
export async function runWorker<Reply>(
  { source, timeoutMs, memoryMb }: WorkerLimits,
  task: unknown,
  explain: (failure: WorkerFailure, cause?: Error) => Error,
): Promise<Reply> {
  const worker = startWorker(source, task, memoryMb)
  const usedBefore = process.memoryUsage.rss()
  let timer: NodeJS.Timeout | undefined
  let watch: NodeJS.Timeout | undefined
  try {
    return await new Promise<Reply>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', (cause: NodeJS.ErrnoException) =>
        reject(explain(cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash', cause)),
      )
      worker.once('exit', () => reject(explain('crash')))
      timer = setTimeout(() => reject(explain('timeout')), timeoutMs)
      watch = setInterval(() => {
        if (process.memoryUsage.rss() - usedBefore > GROWTH_LIMIT_BYTES) reject(explain('memory'))
      }, LOOK_EVERY_MS)
    })
  } finally {
    clearTimeout(timer)
    clearInterval(watch)
    await worker.terminate()
  }
}

function startWorker(source: string, task: unknown, memoryMb: number): Worker {
  const root = findProjectRoot(source)
  return new Worker(pathToFileURL(join(root, source)), {
    workerData: task,
    execArgv: ['--import', pathToFileURL(join(root, 'app/report/register-tsx.mjs')).href],
    env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.json') },
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  })
}

/** This file runs from its source and, bundled, from the build folder; the worker's source is below the root in both. */
function findProjectRoot(source: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, source))) return folder
    if (folder === dirname(folder)) throw new Error(`${source} is missing. Install the application again.`)
  }
}
