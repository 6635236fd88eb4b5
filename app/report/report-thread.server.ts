/** Starts the threads in which reports are drawn and signed, and files of keys opened: seconds of work never hold up a request. */
import { Worker } from 'node:worker_threads'
import { threadSource } from '#app/threads/thread-source.server.ts'

type Script =
  | 'app/report/render-worker.ts'
  | 'app/report/sign-worker.ts'
  | 'app/report/archive-worker.ts'
  | 'app/report/document-worker.ts'
  | 'app/report/own-certificate/pkcs12-worker.ts'

const MEMORY_MB = 1024

interface Waiting<Message, Result> {
  timeoutMs: number
  /** Each message of the thread. @returns the result when this was it, else nothing. */
  receive: (message: Message, thread: Worker) => Result | undefined | Promise<undefined>
  /** What is thrown when the thread fails, when it ends without a result, and when it takes too long. */
  failed: (cause: NodeJS.ErrnoException) => Error
  ended: () => Error
  late: () => Error
}

/**
 * Runs a script in a thread of its own until it has a result; the thread ends with it.
 * @param task what the script finds as its `workerData`
 */
export async function runReportThread<Message, Result>(
  script: Script,
  task: unknown,
  { timeoutMs, receive, failed, ended, late }: Waiting<Message, Result>,
): Promise<Result> {
  const thread = startReportThread(script, task)
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Result>((resolve, reject) => {
      thread.on('message', (message: Message) => {
        const received = receive(message, thread)
        if (received instanceof Promise) received.catch(reject)
        else if (received !== undefined) resolve(received)
      })
      thread.once('error', (cause: NodeJS.ErrnoException) => reject(failed(cause)))
      thread.once('exit', () => reject(ended()))
      timer = setTimeout(() => reject(late()), timeoutMs)
    })
  } finally {
    clearTimeout(timer)
    await thread.terminate()
  }
}

function startReportThread(script: Script, task: unknown): Worker {
  const { file, options } = threadSource(script)
  return new Worker(file, {
    ...options,
    workerData: task,
    env: { ...options.env, NODE_ENV: 'production' },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  })
}
