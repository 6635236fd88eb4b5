/** Renders a statement, or the cover of a claim pack, as a PDF off the request thread. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { sha256Hex } from '#evidence/canonical.ts'
import { ClaimCoverAccount } from './claim-pack/cover-account.ts'
import { Statement } from './statement.ts'

export class RenderError extends Error {
  override name = 'RenderError'
  constructor(
    readonly code: 'logo-mismatch' | 'render-failed' | 'render-timeout' | 'render-memory' | 'worker-missing',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

export type RenderTask =
  | { document: 'report'; statement: Statement; logo?: Uint8Array }
  | { document: 'claim-cover'; cover: ClaimCoverAccount }

const WORKER = 'app/report/render-worker.ts'

// 300 questions take about ten seconds on one slow core; whatever needs minutes has gone wrong.
const TIMEOUT_MS = 180_000

/**
 * The same statement always gives the same bytes.
 * @throws ZodError for what is no statement
 * @param logo the PNG whose digest the statement names
 * @throws RenderError `logo-mismatch`, `render-failed`, `render-timeout`, `render-memory`
 */
export async function renderReport(
  statement: Statement,
  { timeoutMs = TIMEOUT_MS, logo }: { timeoutMs?: number; logo?: Uint8Array } = {},
): Promise<Uint8Array> {
  const parsed = Statement.parse(statement)
  const named = parsed.brand?.logo?.sha256
  if (named !== (logo && sha256Hex(logo))) {
    throw new RenderError('logo-mismatch', 'The logo is not the one that the statement names.')
  }
  return render({ document: 'report', statement: parsed, ...(logo ? { logo } : {}) }, timeoutMs)
}

/** As `renderReport`, for the first pages of a claim pack. */
export async function renderClaimCover(cover: ClaimCoverAccount): Promise<Uint8Array> {
  return render({ document: 'claim-cover', cover: ClaimCoverAccount.parse(cover) }, TIMEOUT_MS)
}

async function render(task: RenderTask, timeoutMs: number): Promise<Uint8Array> {
  const worker = startWorker(task)
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', (cause: NodeJS.ErrnoException) => reject(explain(cause)))
      worker.once('exit', () =>
        reject(new RenderError('render-failed', 'The report could not be drawn. Try again.')),
      )
      timer = setTimeout(() => {
        const seconds = Math.round(timeoutMs / 1000)
        reject(
          new RenderError(
            'render-timeout',
            `The report took longer than ${seconds} seconds to draw. Try again when the machine is less busy.`,
          ),
        )
      }, timeoutMs)
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

function explain(cause: NodeJS.ErrnoException): RenderError {
  if (cause.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new RenderError(
      'render-memory',
      'The report needs more memory than it may use. Shorten very long answers.',
      { cause },
    )
  }
  return new RenderError('render-failed', `The report could not be drawn: ${cause.message}`, { cause })
}

function startWorker(task: RenderTask): Worker {
  const root = findProjectRoot()
  return new Worker(pathToFileURL(join(root, WORKER)), {
    workerData: task,
    execArgv: ['--import', pathToFileURL(join(root, 'app/report/register-tsx.mjs')).href],
    // tsx otherwise looks for the JSX settings where the command was typed.
    env: { ...process.env, NODE_ENV: 'production', TSX_TSCONFIG_PATH: join(root, 'tsconfig.json') },
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  })
}

/** This file runs from its source and, bundled, from the build folder; the worker's source is below the root in both. */
function findProjectRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, WORKER))) return folder
    if (folder === dirname(folder))
      throw new RenderError('worker-missing', `${WORKER} is missing. Install the application again.`)
  }
}
