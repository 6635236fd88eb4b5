// Builds the scripts of threads when their sources changed since the last time, and only then.
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LaunchError } from './launch-error.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { fingerprint, ROOT, readIfThere } from './project.mjs'

// Not below build/, which each build of the pages empties. One folder for each state of the sources: a server that
// still runs on an older one goes on finding its own.
const FOLDER = '.cache/threads'
const KEPT_MS = 7 * 24 * 60 * 60_000
const STAMP = '.attested-built'
const SOURCES = [
  ...['documents', 'jobs', 'language', 'mail', 'readiness', 'report', 'services', 'threads'].map(
    (folder) => `app/${folder}`,
  ),
  ...['app/launch/build-threads.mjs', 'db', 'evidence', 'questionnaires'],
  ...['package.json', 'package-lock.json', 'tsconfig.json'],
]
/** Every script that a thread of the server runs. */
export const THREADS = [
  'app/documents/document-worker.ts',
  'app/documents/workbook-worker.ts',
  'app/jobs/import-worker.ts',
  'app/report/archive-worker.ts',
  'app/report/document-worker.ts',
  'app/report/own-certificate/pkcs12-worker.ts',
  'app/report/render-worker.ts',
  'app/report/sign-worker.ts',
  'app/services/calendar-feed-worker.ts',
]

/** @returns the folder in which they stand as they do in the project, as `.mjs` */
export async function ensureThreadsBuilt() {
  const folder = `${FOLDER}/${fingerprint(SOURCES).slice(0, 16)}`
  if (!isBuilt(folder)) {
    await oneAtATime('threads', async () => {
      if (!isBuilt(folder)) await buildThreads(folder)
    })
  }
  return join(ROOT, folder)
}

const isBuilt = (folder) => readIfThere(`${folder}/${STAMP}`) !== null

async function buildThreads(folder) {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    // The same whoever builds: a test run would otherwise ask for what only React's development build has.
    esbuild: { jsx: 'automatic', jsxDev: false },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      copyPublicDir: false,
      target: 'node20',
      rollupOptions: {
        input: Object.fromEntries(THREADS.map((script) => [script.replace(/\.ts$/, ''), join(ROOT, script)])),
        output: { entryFileNames: '[name].mjs', chunkFileNames: 'parts/[name]-[hash].mjs' },
      },
    },
  }).catch((error) => {
    if (error.code === 'ENOSPC')
      throw new LaunchError('disk-full', 'The disk is full. Free some space and try again.')
    throw error
  })
  removeOld()
  writeFileSync(join(ROOT, folder, STAMP), '')
}

function removeOld() {
  for (const name of readdirSync(join(ROOT, FOLDER))) {
    const folder = join(ROOT, FOLDER, name)
    if (Date.now() - statSync(folder).mtimeMs > KEPT_MS) rmSync(folder, { recursive: true, force: true })
  }
}
