/** Runs one task in a worker thread with bounded time and memory: a foreign file cannot take the process with it. */
import { Worker } from 'node:worker_threads'
import { threadSource } from '#app/threads/thread-source.server.ts'

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
  const { file, options } = threadSource(source)
  const resourceLimits = { maxOldGenerationSizeMb: memoryMb }
  const worker = new Worker(file, { ...options, workerData: task, resourceLimits })
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
